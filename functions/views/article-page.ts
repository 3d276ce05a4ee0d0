import type { Body, LiveArticle } from '../domain/news/article.ts';
import type { Instant } from '../domain/time.ts';
import { card } from './card.ts';
import { timeOf } from './dates.ts';
import { type Html, html, link, raw } from './html.ts';
import { metadataOf } from './metadata.ts';
import { ownershipNotice } from './notice.ts';
import { page } from './page.ts';
import { figuresOf } from './pictures.ts';
import { type Site, sourcePathOf } from './site.ts';

type ArticleView = {
  site: Site;
  now: Instant;
  article: LiveArticle;
  /** null where the article is not shown in full, or its body cannot be read. */
  body: Body | null;
  related: readonly LiveArticle[];
};

const hostOf = (url: string): string => (URL.parse(url)?.hostname ?? '').replace(/^www\./, '');

const originalLink = ({ url, sourceTitle }: LiveArticle, words: string): Html | null =>
  link(url) === null
    ? null
    : html`<p class="original"><span lang="en" dir="ltr"><a href="${url}">${words} <bdi>${sourceTitle}</bdi></a> <span class="host">${hostOf(url)}</span></span></p>\n`;

const datesOf = ({ publishedAt, modifiedAt, fetchedAt }: LiveArticle): Html =>
  html`<ul class="dates" lang="en"><li dir="ltr">Published ${timeOf(publishedAt)}</li>${modifiedAt && modifiedAt !== publishedAt && html`<li dir="ltr">Updated ${timeOf(modifiedAt)}</li>`}<li dir="ltr">Fetched ${timeOf(fetchedAt)}</li></ul>\n`;

const headerOf = (article: LiveArticle): Html => html`<header>
<p class="source"><a href="${sourcePathOf(article.sourceId)}"><bdi>${article.sourceTitle}</bdi></a></p>
<h1>${article.title}</h1>
${article.display !== 'link' && article.byline && html`<p class="author"><bdi>${article.byline}</bdi></p>\n`}${datesOf(article)}${originalLink(article, 'Read the original at')}</header>
`;

const fullText = (body: Body): Html => {
  const [lead, ...others] = figuresOf(body.pictures);
  return html`${lead}<div class="text">
${raw(body.html)}
</div>
${others.length > 0 && html`<div class="pictures">\n${others}</div>\n`}`;
};

/** As much of the text as the source's terms, and what we hold, allow. */
const contentOf = ({ article, body }: ArticleView): Html | null => {
  if (article.display === 'link') return null;
  if (article.display === 'full' && body !== null) return fullText(body);
  return article.excerpt === '' ? null : html`<div class="text"><p>${article.excerpt}</p></div>\n`;
};

const relatedOf = (related: readonly LiveArticle[]): Html | null =>
  related.length === 0
    ? null
    : html`<section class="related" aria-labelledby="related">
<h2 id="related" lang="en">Related articles</h2>
<div class="briefs">
${related.map((article) => card(article, 'brief'))}</div>
</section>
`;

export const articlePage = (view: ArticleView): Html => {
  const { site, now, article, related } = view;
  const body = article.display === 'full' ? view.body : null;
  const { language, direction } = article;
  const main = html`<article class="story" lang="${language}" dir="${direction}">
${headerOf(article)}${contentOf({ ...view, body })}<footer>
${originalLink(article, body ? 'Read the original at' : 'Read on at the source:')}</footer>
</article>
${ownershipNotice(site, article)}${relatedOf(related)}<p class="back" lang="en"><a href="#top">Back to top</a></p>
`;
  const head = metadataOf(site, article, body);
  return page({ site, now, title: article.title, language, direction, head, main });
};
