import type { LiveArticle } from '../domain/news/article.ts';
import type { Instant } from '../domain/time.ts';
import { card } from './card.ts';
import { type Html, html, link } from './html.ts';
import { ownershipNotice } from './notice.ts';
import { page } from './page.ts';
import type { Site } from './site.ts';

type ListView = {
  site: Site;
  now: Instant;
  heading: string;
  /** Where the list stands: '/' or '/source/<id>'. */
  path: string;
  feedPath: string;
  homeUrl: string | null;
  articles: readonly LiveArticle[];
  isFirstPage: boolean;
  /** Cursor of the next page; null = this is the last. */
  older: string | null;
};

const emptyState = ({ isFirstPage, path }: ListView): Html =>
  isFirstPage
    ? html`<div class="empty"><p>No articles yet.</p>
<p>They appear here by themselves a minute or two after the feeds are first read. Articles that were deleted at their owner’s request never come back.</p></div>\n`
    : html`<div class="empty"><p>There is nothing older.</p><p><a href="${path}">Back to the newest</a></p></div>\n`;

const pagingOf = ({ isFirstPage, older, path }: ListView): Html | null =>
  isFirstPage && older === null
    ? null
    : html`<nav class="paging" aria-label="Pages">${!isFirstPage && html`<a href="${path}">Newest</a>`}${older !== null && html`<a href="${path}?before=${encodeURIComponent(older)}" rel="next">Older</a>`}</nav>\n`;

const headingOf = ({ heading, feedPath, homeUrl }: ListView): Html => html`<header class="heading">
<h1><bdi>${heading}</bdi></h1>
<p>${homeUrl && link(homeUrl) && html`<a href="${homeUrl}">Home page</a> `}<a href="${feedPath}" type="application/rss+xml">RSS feed</a></p>
</header>
`;

/** A page of cards, newest first; the first card of the first page leads. */
export const listPage = (view: ListView): Html => {
  const { site, now, articles, isFirstPage, feedPath } = view;
  const cards = articles.map((article, i) =>
    card(article, i === 0 && isFirstPage ? 'lead' : 'card'),
  );
  const main = html`${headingOf(view)}${cards.length > 0 ? html`<div class="cards">\n${cards}</div>\n` : emptyState(view)}${pagingOf(view)}${ownershipNotice(site, null)}<p class="back"><a href="#top">Back to top</a></p>
`;
  const head = html`<meta name="robots" content="noarchive">\n`;
  return page({ site, now, title: view.heading, main, feedPath, head });
};
