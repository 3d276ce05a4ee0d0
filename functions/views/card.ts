import type { LiveArticle } from '../domain/news/article.ts';
import { pagePathOf } from '../domain/news/article.ts';
import { shortTimeOf } from './dates.ts';
import { type Html, html } from './html.ts';
import { picturePathOf, sourcePathOf } from './site.ts';

type CardForm = 'lead' | 'card' | 'brief';

/** The headline beside it says what the picture is of, so the picture stays silent. */
const pictureOf = (article: LiveArticle, form: CardForm): Html | null =>
  article.display === 'full' && article.leadPicture !== null && form !== 'brief'
    ? html`<a class="thumb" href="${pagePathOf(article.id)}" tabindex="-1" aria-hidden="true"><img src="${picturePathOf(article.leadPicture)}" alt="" loading="${form === 'lead' ? 'eager' : 'lazy'}" decoding="async"></a>\n`
    : null;

const excerptOf = (article: LiveArticle, form: CardForm): Html | null =>
  article.display !== 'link' && article.excerpt !== '' && form !== 'brief'
    ? html`<p class="excerpt">${article.excerpt}</p>\n`
    : null;

/** One article in a list, under an `h2`; a 'brief' has the headline, source and time alone. */
export const card = (article: LiveArticle, form: CardForm): Html => {
  const headline = html`<a href="${pagePathOf(article.id)}">${article.title}</a>`;
  return html`<article class="${form}" lang="${article.language}" dir="${article.direction}">
${pictureOf(article, form)}<div class="words">
${form === 'brief' ? html`<h3>${headline}</h3>` : html`<h2>${headline}</h2>`}
${excerptOf(article, form)}<p class="byline"><a href="${sourcePathOf(article.sourceId)}"><bdi>${article.sourceTitle}</bdi></a> ${shortTimeOf(article.publishedAt)}</p>
</div>
</article>
`;
};
