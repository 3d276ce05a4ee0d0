import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  articleIdOf,
  canonicalUrl,
  identityKey,
} from '../../../functions/domain/news/canonical-url.ts';
import { sha256 } from './samples.ts';

const address = fc.oneof(
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  fc
    .tuple(
      fc.constantFrom('http', 'https', 'HTTPS'),
      fc.constantFrom('www.', 'm.', 'amp.www.', ''),
      fc.constantFrom('herald.example', 'Herald.Example.', 'user:pw@herald.example:8443', '[::1]'),
      fc.array(
        fc.constantFrom('/', '/news', '/amp', '.amp', '/index.html', '/%2e', '/%41', '//', '/ü'),
      ),
      fc.array(fc.constantFrom('?', '&', 'utm_source=x', 'a=1', 'b=%e4', 'amp=1', '=', '+', '%')),
    )
    .map(
      ([scheme, sub, host, path, query]) =>
        `${scheme}://${host.includes('@') ? host : sub + host}${path.join('')}?${query.join('')}#f`,
    ),
  fc.string(),
);

describe('canonicalUrl', () => {
  it.each([
    ['https://Herald.Example/a?ns_mchannel=rss&ito=1490', 'https://herald.example/a'],
    ['https://herald.example/a?id=7&utm_source=x&b=2', 'https://herald.example/a?id=7&b=2'],
    ['https://herald.example/a?q=caf%e9+au&fbclid=1', 'https://herald.example/a?q=caf%e9+au'],
    ['http://herald.example:80/a#comments', 'http://herald.example/a'],
    ['https://u:p@herald.example./a', 'https://herald.example/a'],
    ['https://herald.example/a?ref=rss', 'https://herald.example/a'],
    ['https://herald.example/a?ref=chapter-2', 'https://herald.example/a?ref=chapter-2'],
    [
      'https://herald.example/a?UTM_Campaign=x&at_medium=y&mc_cid=1&mc_eid=2&cmpid=3',
      'https://herald.example/a',
    ],
  ])('writes %s as %s', (url, expected) => {
    expect(canonicalUrl(url)).toBe(expected);
  });

  it.each([
    '',
    'mailto:a@b.example',
    'javascript:alert(1)',
    '/news',
    `https://a.example/${'x'.repeat(5000)}`,
  ])('takes no %s', (url) => {
    expect(canonicalUrl(url)).toBeNull();
    expect(identityKey(url)).toBeNull();
  });

  it('is its own canonical form, whatever the address', () => {
    fc.assert(
      fc.property(address, (url) => {
        const once = canonicalUrl(url);

        if (once !== null) expect(canonicalUrl(once)).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('identityKey', () => {
  const key = 'herald.example/news/ferry';

  it.each([
    'http://herald.example/news/ferry',
    'https://www.herald.example/news/ferry/',
    'https://m.herald.example/news/ferry/amp',
    'https://amp.herald.example/news/ferry',
    'https://herald.example/news/ferry?amp=1&print=1&outputType=amp',
    'https://herald.example/news/ferry/index.html?utm_medium=rss#top',
    'https://herald.example/news/%66erry',
  ])('knows %s as one page', (url) => {
    expect(identityKey(url)).toBe(key);
  });

  it('sorts parameters and the case of percent-encoding away', () => {
    const one = identityKey('https://herald.example/a?b=%e4&a=1');

    expect(identityKey('https://herald.example/a?a=1&b=%E4')).toBe(one);
  });

  it.each([
    ['https://herald.example/a?id=1', 'https://herald.example/a?id=2'],
    ['https://herald.example/A', 'https://herald.example/a'],
    ['https://sport.herald.example/a', 'https://herald.example/a'],
    ['https://herald.example:8443/a', 'https://herald.example/a'],
    ['https://herald.example/a%2Fb', 'https://herald.example/a/b'],
  ])('keeps %s apart from %s', (one, other) => {
    expect(identityKey(one)).not.toBe(identityKey(other));
  });

  it('leaves a host that is only a prefix and a suffix', () => {
    expect(identityKey('https://m.example/')).toBe('m.example');
  });

  it('folds what it folded to itself, whatever the address', () => {
    fc.assert(
      fc.property(address, (url) => {
        const once = identityKey(url);

        if (once !== null) expect(identityKey(`https://${once}`)).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });

  it('gives an id of 32 hex digits', () => {
    expect(articleIdOf('https://herald.example/a', sha256)).toMatch(/^[0-9a-f]{32}$/);
    expect(articleIdOf('no address', sha256)).toBeNull();
  });
});
