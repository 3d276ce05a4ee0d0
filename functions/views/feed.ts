import type { LiveArticle } from '../domain/news/article.ts';
import { type Html, html, link } from './html.ts';
import { pageUrlOf, type Site } from './site.ts';

type FeedView = {
  site: Site;
  title: string;
  /** The list this feed follows, and the feed itself. */
  path: string;
  feedPath: string;
  articles: readonly LiveArticle[];
  /** Source id → the publisher's own feed. */
  feedUrls: ReadonlyMap<string, string>;
};

const rfc822 = (at: string): string => new Date(at).toUTCString();

const sourceOf = (article: LiveArticle, feedUrls: FeedView['feedUrls']): Html | null => {
  const url = link(feedUrls.get(article.sourceId) ?? '');
  return url === null ? null : html`<source url="${url}">${article.sourceTitle}</source>\n`;
};

const itemOf = (article: LiveArticle, { site, feedUrls }: FeedView): Html => {
  const mayQuote = article.display !== 'link';
  return html`<item>
<title>${article.title}</title>
<link>${pageUrlOf(site, article.id)}</link>
<guid isPermaLink="true">${pageUrlOf(site, article.id)}</guid>
<pubDate>${rfc822(article.publishedAt)}</pubDate>
${mayQuote && article.byline && html`<dc:creator>${article.byline}</dc:creator>\n`}${mayQuote && article.excerpt && html`<description>${html`${article.excerpt}`.toString()}</description>\n`}${sourceOf(article, feedUrls)}</item>
`;
};

/**
 * RSS 2.0. A description is HTML there, so the excerpt's text is escaped twice.
 * @see https://www.rssboard.org/rss-specification
 */
export const rssFeed = (view: FeedView): Html => {
  const { site, title, path, feedPath, articles } = view;
  const [newest] = articles;
  return html`<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>${title}</title>
<link>${site.origin}${path}</link>
<description>${title}: headlines with links to their sources.</description>
<atom:link rel="self" type="application/rss+xml" href="${site.origin}${feedPath}"/>
<ttl>5</ttl>
${newest && html`<lastBuildDate>${rfc822(newest.publishedAt)}</lastBuildDate>\n`}${articles.map((article) => itemOf(article, view))}</channel>
</rss>
`;
};
