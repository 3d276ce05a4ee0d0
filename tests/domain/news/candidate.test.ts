import { describe, expect, it } from 'vitest';
import { candidateOf, type Reading } from '../../../functions/domain/news/candidate.ts';
import { articleIdOf } from '../../../functions/domain/news/canonical-url.ts';
import { directionOf } from '../../../functions/domain/news/direction.ts';
import type { FeedEntry, SourceTerms } from '../../../functions/domain/news/source.ts';
import { entryOf, feedOf, means, now, readingOf, sha256, story } from './samples.ts';

const candidate = (
  reading: Reading,
  entry: Partial<FeedEntry> = {},
  terms: Partial<SourceTerms> = {},
) => {
  const made = candidateOf(reading, entryOf(entry), feedOf(terms), now, means);
  if (made === null) throw new Error('no candidate');
  return made;
};

describe('candidateOf', () => {
  it('keeps the hyperlink of the publisher and drops its tracking from the identity', () => {
    const made = candidate(readingOf({ canonicalUrl: null }, { url: entryOf().url }));

    expect(made.url).toBe('https://herald.example/news/ferry?ns_mchannel=rss&ito=1490');
    expect(made.canonicalUrl).toBe('https://herald.example/news/ferry');
    expect(made.id).toBe(articleIdOf('https://www.herald.example/news/ferry/', sha256));
  });

  it('lets a page name its address within its own organisation', () => {
    const made = candidate(readingOf({ canonicalUrl: 'https://www.herald.example/2026/ferry' }));

    expect(made.canonicalUrl).toBe('https://www.herald.example/2026/ferry');
    expect(made.organisation).toBe('herald.example');
  });

  it.each(['https://courier.example/story', 'https://herald.example/', 'nonsense'])(
    'does not believe a page that names %s',
    (canonicalUrl) => {
      const made = candidate(readingOf({ canonicalUrl }));

      expect(made.canonicalUrl).toBe('https://herald.example/news/ferry');
    },
  );

  it("takes the feed's date before the page's, and neither from the future", () => {
    const both = candidate(readingOf());
    const page = candidate(readingOf(), { publishedAt: null });
    const future = candidate(readingOf(), { publishedAt: now + 1 });
    const neither = candidate(readingOf({ publishedAt: null }), { publishedAt: null });
    const ancient = candidate(readingOf(), { publishedAt: -1e15 });

    expect(both.publishedAt).toBe('2026-11-24T11:00:00.000Z');
    expect(page.publishedAt).toBe('2026-11-24T10:00:00.000Z');
    expect(future.publishedAt).toBe('2026-11-24T12:00:00.000Z');
    expect(neither.publishedAt).toBe('2026-11-24T12:00:00.000Z');
    expect(ancient.publishedAt).toBe('1970-01-01T00:00:00.000Z');
  });

  it.each([
    [{ robots: ['noarchive'] }, ''],
    [{ robots: [] }, 'noindex'],
  ])('keeps only the link where the page says %o or the header "%s"', (page, robotsHeader) => {
    const made = candidate(readingOf(page, { robotsHeader }));

    expect(made).toMatchObject({ display: 'link', excerpt: '', words: 0 });
    expect(made.body).toEqual({ html: '', text: '', pictures: [] });
    expect(made.title).toBe('Ferry returns to the island');
  });

  it('stores of an excerpt what it shows, and knows the whole text again', () => {
    const made = candidate(readingOf(), {}, { display: 'excerpt' });

    expect(made.body.text).toBe('The island ferry sails again after the storm.');
    expect(made.fingerprint).toBe(candidate(readingOf()).fingerprint);
  });

  it('changes its content hash with title, byline, text and captions, and not with markup', () => {
    const picture = { url: 'u', caption: 'c', credit: '', alt: '', width: null, height: null };
    const hash = (page: Reading['page'] | object) => candidate(readingOf(page)).contentHash;
    const changes = [
      {},
      { title: 'T' },
      { byline: 'B' },
      { text: story('x') },
      { pictures: [picture] },
    ];

    expect(new Set(changes.map(hash)).size).toBe(changes.length);
    expect(hash({ html: '<p>other</p>' })).toBe(hash({}));
  });

  it('falls back to the feed for what the page does not say', () => {
    const page = { title: '', byline: '', excerpt: '', language: null };
    const made = candidate(readingOf(page), { language: 'uk' });

    expect(made).toMatchObject({
      title: 'Ferry returns',
      byline: 'Ada Reed',
      excerpt: 'The island ferry sails again.',
      language: 'uk',
    });
    expect(candidate(readingOf(page), {}, { languages: ['ar'] })).toMatchObject({
      language: 'ar',
      direction: 'rtl',
    });
  });

  it('takes at most six pictures', () => {
    const picture = { url: 'u', caption: '', credit: '', alt: '', width: null, height: null };
    const made = candidate(readingOf({ pictures: Array.from({ length: 9 }, () => picture) }));

    expect(made.body.pictures).toHaveLength(6);
  });
});

describe('directionOf', () => {
  it.each([
    ['en', 'ltr'],
    ['ar-EG', 'rtl'],
    ['he', 'rtl'],
    ['az-Arab', 'rtl'],
    ['ur-Latn-PK', 'ltr'],
    ['zh-Hant-TW', 'ltr'],
    ['', 'ltr'],
  ])('writes %s %s', (language, direction) => {
    expect(directionOf(language)).toBe(direction);
  });
});
