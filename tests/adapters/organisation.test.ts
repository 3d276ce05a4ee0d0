import { describe, expect, it } from 'vitest';
import { organisationOf } from '../../functions/adapters/organisation.ts';

describe('organisationOf', () => {
  it.each([
    ['herald.example', 'herald.example'],
    ['www.herald.example', 'herald.example'],
    ['WWW.Herald.TEST.', 'herald.test'],
    ['news.bulletin.co.uk', 'bulletin.co.uk'],
    ['anna.github.io', 'anna.github.io'],
    ['www.anna.github.io', 'anna.github.io'],
    ['новини.укр', 'xn--b1amarcd.xn--j1amh'],
    ['www.公司.cn', 'www.xn--55qx5d.cn'],
    ['a_b.herald.example', 'herald.example'],
  ])('finds the registrable domain of %s', (host, expected) => {
    expect(organisationOf(host)).toBe(expected);
  });

  it.each([
    '',
    ' ',
    '.',
    'com',
    'co.uk',
    'github.io',
    'example',
    'localhost',
    '127.0.0.1',
    '2130706433',
    '[::1]',
    '::1',
    'a..example',
    'https://herald.example/',
    'user@herald.example',
    'herald.example:80',
    'herald.example/x',
    'herald .example',
  ])('finds none in "%s"', (host) => {
    expect(organisationOf(host)).toBeNull();
  });
});
