import { parseRssFeed } from 'feedsmith';
import { describe, expect, it } from 'vitest';
import { rssFeed } from '../../../functions/views/feed.ts';
import { idOf, liveArticle, site } from './live-article.ts';

const feedUrls = new Map([['herald', 'https://herald.example/rss?a=1&b=2']]);

const written = (...articles: ReturnType<typeof liveArticle>[]): string =>
  rssFeed({
    site,
    title: 'Sundown',
    path: '/',
    feedPath: '/feed.xml',
    articles,
    feedUrls,
  }).toString();

describe('the feed', () => {
  it('is read back by a feed reader as it was meant', () => {
    const title = 'Cats & <b>dogs</b> ]]> "quoted"\u0000';

    const feed = parseRssFeed(written(liveArticle(1, { title })));

    expect(feed).toMatchObject({
      title: 'Sundown',
      link: 'https://news.example/',
      atom: { links: [{ rel: 'self', href: 'https://news.example/feed.xml' }] },
    });
    expect(feed.items?.[0]).toMatchObject({
      title: 'Cats & <b>dogs</b> ]]> "quoted"',
      link: `https://news.example/article/${idOf(1)}`,
      guid: { value: `https://news.example/article/${idOf(1)}`, isPermaLink: true },
      pubDate: 'Tue, 24 Nov 2026 05:59:00 GMT',
      description: 'The islands have their boat again.',
      source: { title: 'Harbour Herald', url: 'https://herald.example/rss?a=1&b=2' },
    });
  });

  it('gives an excerpt with markup signs as text, not as markup', () => {
    expect(written(liveArticle(1, { excerpt: '1 < 2 <script>' }))).toContain(
      '<description>1 &amp;lt; 2 &amp;lt;script&amp;gt;</description>',
    );
  });

  it('says no more than the headline where the terms allow a link', () => {
    const text = written(liveArticle(1, { display: 'link' }));

    expect(text).not.toMatch(/boat again|Ada Marsh/);
  });

  it('leaves the source element out where the feed is not known', () => {
    expect(written(liveArticle(1, { sourceId: 'other' }))).not.toContain('<source');
  });

  it('is well formed when it is empty', () => {
    expect(parseRssFeed(written()).title).toBe('Sundown');
  });
});
