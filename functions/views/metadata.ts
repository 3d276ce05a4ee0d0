import type { Body, LiveArticle } from '../domain/news/article.ts';
import { type Html, html, link, raw } from './html.ts';
import { pageUrlOf, picturePathOf, type Site } from './site.ts';

/** '<' in no form that an HTML parser could take for the end of the script. */
const dataScript = (data: object): Html =>
  raw(
    `<script type="application/ld+json">${JSON.stringify(data).replace(/</g, '\\u003c')}</script>\n`,
  );

const pictureUrls = (site: Site, body: Body | null): string[] =>
  (body?.pictures ?? []).flatMap(({ key }) => (key ? [site.origin + picturePathOf(key)] : []));

const originOf = (url: string): string | undefined =>
  link(url) ? URL.parse(url)?.origin : undefined;

const authorOf = ({ byline }: LiveArticle): object | undefined =>
  byline ? { '@type': 'Person', name: byline.replace(/^by\s+/i, '') } : undefined;

/** @see https://schema.org/NewsArticle */
const newsArticle = (site: Site, article: LiveArticle, body: Body | null): object => {
  const mayQuote = article.display !== 'link';
  const pictures = pictureUrls(site, body);
  return {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    headline: article.title,
    url: pageUrlOf(site, article.id),
    isBasedOn: link(article.url) ?? undefined,
    datePublished: article.publishedAt,
    dateModified: article.modifiedAt ?? undefined,
    inLanguage: article.language,
    description: (mayQuote && article.excerpt) || undefined,
    image: pictures.length > 0 ? pictures : undefined,
    author: mayQuote ? authorOf(article) : undefined,
    publisher: {
      '@type': 'Organization',
      name: article.sourceTitle,
      url: originOf(article.canonicalUrl),
    },
    creditText: article.sourceTitle,
  };
};

/** What machines read of an article: the original is the canonical page, not ours. */
export const metadataOf = (site: Site, article: LiveArticle, body: Body | null): Html => {
  const canonical = link(article.canonicalUrl) ?? link(article.url);
  const description = article.display === 'link' ? '' : article.excerpt;
  const [image] = pictureUrls(site, body);
  return html`${canonical && html`<link rel="canonical" href="${canonical}">\n`}<meta name="robots" content="noarchive">
${
  description &&
  html`<meta name="description" content="${description}">
<meta property="og:description" content="${description}">\n`
}<meta property="og:type" content="article">
<meta property="og:title" content="${article.title}">
<meta property="og:url" content="${pageUrlOf(site, article.id)}">
<meta property="og:site_name" content="${site.title}">
<meta property="article:published_time" content="${article.publishedAt}">
${image && html`<meta property="og:image" content="${image}">\n`}${dataScript(newsArticle(site, article, body))}`;
};
