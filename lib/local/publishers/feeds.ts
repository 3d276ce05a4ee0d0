import type { Article } from './edition.ts';
import { escaped, isFigure, markupOf, pictureSize, pictureUrl } from './markup.ts';
import type { Site } from './sites.ts';

const linkOf = (site: Site, { url }: Article): string => `${url}?${site.feed.tracking}`;
const idOf = (site: Site, { path }: Article): string => `tag:${site.host},2024:${path}`;
const contentOf = ({ blocks }: Article): string => markupOf(blocks).join('\n');
const latest = (all: readonly Article[]): number => Math.max(...all.map((one) => one.updatedAt));
const iso = (at: number): string => new Date(at).toISOString();

const cdata = (html: string): string => `<![CDATA[${html.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;

const thumbnail = (site: Site, { blocks, feed }: Article): string => {
  const picture = feed === 'bare' ? undefined : blocks.find(isFigure);
  if (!picture) return '';
  const url = `http://${site.host}${pictureUrl(picture.file)}`;
  return `<media:content url="${escaped(url)}" medium="image" width="${pictureSize.width}" height="${pictureSize.height}"/>`;
};

const rssItem = (site: Site, article: Article): string => `<item>
<title>${escaped(article.title)}</title>
<link>${escaped(linkOf(site, article))}</link>
<guid isPermaLink="false">${idOf(site, article)}</guid>
<pubDate>${new Date(article.publishedAt).toUTCString()}</pubDate>
<dc:creator>${escaped(article.byline)}</dc:creator>
<category>${escaped(article.section)}</category>
${article.feed === 'bare' ? '' : `<description>${escaped(article.deck)}</description>`}
${article.feed === 'full' ? `<content:encoded>${cdata(contentOf(article))}</content:encoded>` : ''}
${thumbnail(site, article)}
</item>`;

const rss = (
  site: Site,
  all: readonly Article[],
): string => `<?xml version="1.0" encoding="${site.charset}"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel>
<title>${escaped(site.name)}</title>
<link>http://${site.host}/</link>
<description>${escaped(site.motto)}</description>
<language>${site.language}</language>
<lastBuildDate>${new Date(latest(all)).toUTCString()}</lastBuildDate>
<ttl>5</ttl>
<atom:link rel="self" type="application/rss+xml" href="http://${site.host}${site.feed.path}"/>
${all.map((article) => rssItem(site, article)).join('\n')}
</channel>
</rss>
`;

const atomEntry = (site: Site, article: Article): string => `<entry>
<id>${idOf(site, article)}</id>
<title>${escaped(article.title)}</title>
<link rel="alternate" href="${escaped(linkOf(site, article))}"/>
<published>${iso(article.publishedAt)}</published>
<updated>${iso(article.updatedAt)}</updated>
<author><name>${escaped(article.byline)}</name></author>
<category term="${escaped(article.section)}"/>
<summary>${escaped(article.deck)}</summary>
${article.feed === 'full' ? `<content type="html">${escaped(contentOf(article))}</content>` : ''}
</entry>`;

const atom = (
  site: Site,
  all: readonly Article[],
): string => `<?xml version="1.0" encoding="${site.charset}"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${site.language}">
<id>tag:${site.host},2024:/</id>
<title>${escaped(site.name)}</title>
<subtitle>${escaped(site.motto)}</subtitle>
<link rel="self" href="http://${site.host}${site.feed.path}"/>
<link rel="alternate" href="http://${site.host}/"/>
<updated>${iso(latest(all))}</updated>
${all.map((article) => atomEntry(site, article)).join('\n')}
</feed>
`;

const json = (site: Site, all: readonly Article[]): string =>
  JSON.stringify(
    {
      version: 'https://jsonfeed.org/version/1.1',
      title: site.name,
      description: site.motto,
      home_page_url: `http://${site.host}/`,
      feed_url: `http://${site.host}${site.feed.path}`,
      language: site.language,
      items: all.map((article) => ({
        id: idOf(site, article),
        url: linkOf(site, article),
        title: article.title,
        summary: article.deck,
        content_text: article.deck,
        date_published: iso(article.publishedAt),
        date_modified: iso(article.updatedAt),
        authors: [{ name: article.byline }],
        tags: [article.section],
      })),
    },
    null,
    2,
  );

const writers = { rss, atom, json };

/** @param all newest first */
export const feedOf = (site: Site, all: readonly Article[]): string =>
  writers[site.feed.kind](site, all);
