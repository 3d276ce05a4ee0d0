import { describe, expect, it } from 'vitest';
import { unwrapLink } from '../../../functions/domain/takedown/unwrap-link.ts';

describe('unwrapping links', () => {
  const safe = (url: string): string =>
    `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(url)}&data=05`;

  it.each([
    ['Safe Links', safe('https://pub.example/a')],
    ['Google', 'https://www.google.com/url?q=https://pub.example/a&sa=D'],
    ['Proofpoint v2', 'https://urldefense.proofpoint.com/v2/url?u=https-3A__pub.example_a&d=x'],
    ['Proofpoint v3', 'https://urldefense.com/v3/__https://pub.example/a__;!!AbC!xyz$'],
    [
      'Safe Links around Proofpoint',
      safe('https://urldefense.com/v3/__https://pub.example/a__;!!A!x$'),
    ],
  ])('takes off %s', (_name, wrapped) => {
    expect(unwrapLink(wrapped)).toBe('https://pub.example/a');
  });

  it('fills in the characters that Proofpoint v3 keeps apart', () => {
    const kept = Buffer.from('#é%').toString('base64url');

    expect(
      unwrapLink(`https://urldefense.com/v3/__https://pub.example/a*b**A__;${kept}!!A!x$`),
    ).toBe('https://pub.example/a#bé%');
  });

  it.each([
    'https://safelinks.protection.outlook.com.evil.test/?url=https%3A%2F%2Fpub.example%2Fa',
    'https://google.evil.test/url?q=https://pub.example/a',
    'https://www.google.com/url?q=javascript:alert(1)',
    'https://urldefense.com/v3/broken',
    'https://urldefense.com/v2/url?u=%25E0%25A4%25A',
  ])('leaves %s alone', (url) => {
    expect(unwrapLink(url)).toBe(url);
  });
});
