import type { Article } from './edition.ts';
import { escaped, isFigure, pictureSize, pictureUrl } from './markup.ts';
import type { Site } from './sites.ts';

const iso = (at: number): string => new Date(at).toISOString();

const newsArticle = (site: Site, article: Article): Record<string, unknown> => ({
  '@type': 'NewsArticle',
  '@id': `${article.url}#article`,
  headline: article.title,
  description: article.deck,
  inLanguage: site.language,
  datePublished: iso(article.publishedAt),
  dateModified: iso(article.updatedAt),
  mainEntityOfPage: article.url,
  author: [{ '@type': 'Person', name: article.byline }],
  publisher: { '@type': 'NewsMediaOrganization', name: site.name, url: `http://${site.host}/` },
  image: article.blocks.filter(isFigure).map(({ file, caption }) => ({
    '@type': 'ImageObject',
    url: `http://${site.host}${pictureUrl(file)}`,
    caption,
    ...pictureSize,
  })),
  articleSection: article.section,
});

const graph = (site: Site, article: Article): Record<string, unknown>[] => [
  { '@type': 'WebSite', '@id': `http://${site.host}/#site`, name: site.name },
  {
    '@type': 'BreadcrumbList',
    itemListElement: [
      { '@type': 'ListItem', position: 1, name: site.words.home, item: `http://${site.host}/` },
      { '@type': 'ListItem', position: 2, name: article.section },
    ],
  },
  newsArticle(site, article),
];

const jsonLd = (data: Record<string, unknown>): string => {
  const text = JSON.stringify({ '@context': 'https://schema.org', ...data });
  return `<script type="application/ld+json">${text.replaceAll('<', '\\u003c')}</script>`;
};

const openGraph = (site: Site, article: Article): string => {
  const picture = article.blocks.find(isFigure);
  const properties: [string, string][] = [
    ['og:type', 'article'],
    ['og:site_name', site.name],
    ['og:title', article.title],
    ['og:description', article.deck],
    ['og:url', article.url],
    ['article:published_time', iso(article.publishedAt)],
    ['article:modified_time', iso(article.updatedAt)],
    ['article:author', article.byline],
    ['article:section', article.section],
  ];
  if (picture) properties.push(['og:image', `http://${site.host}${pictureUrl(picture.file)}`]);
  return properties
    .map(([name, value]) => `<meta property="${name}" content="${escaped(value)}">`)
    .join('\n');
};

/** What the head of an article's page tells machines. */
export const metadataOf = (site: Site, article: Article): string =>
  [
    `<link rel="canonical" href="${escaped(article.url)}">`,
    `<meta name="description" content="${escaped(article.deck)}">`,
    article.robots ? `<meta name="robots" content="${escaped(article.robots)}">` : '',
    openGraph(site, article),
    site.metadata === 'json-ld' ? jsonLd(newsArticle(site, article)) : '',
    site.metadata === 'json-ld-graph' ? jsonLd({ '@graph': graph(site, article) }) : '',
  ]
    .filter((line) => line !== '')
    .join('\n');
