import type { Article } from './edition.ts';
import { escaped, isFigure, markupOf, pictureUrl } from './markup.ts';
import { metadataOf } from './metadata.ts';
import type { Site } from './sites.ts';

const STYLE = `body{font:18px/1.6 Georgia,"Noto Naskh Arabic",serif;margin:0;color:#222;background:#fbfaf7}
header,main,footer{max-width:44rem;margin:auto;padding:1rem}header a{font-size:1.6rem;font-weight:700;color:#111;text-decoration:none}
img{max-width:100%;height:auto}figure{margin:1.5rem 0}figcaption,.meta,footer,aside{font:14px/1.5 system-ui,sans-serif;color:#555}
.cookie-bar{background:#222;color:#eee;padding:.5rem 1rem;font:14px system-ui}.share a{margin-inline-end:.8rem}h1{line-height:1.2}`;

const shell = (site: Site, title: string, head: string, main: string): string => `<!DOCTYPE html>
<html lang="${site.language}" dir="${site.direction}">
<head>
<meta charset="${site.charset}">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<link rel="alternate" type="${feedTypes[site.feed.kind]}" href="${site.feed.path}">
${head}
<style>${STYLE}</style>
</head>
<body>
<div class="cookie-bar" role="dialog"><p>${site.words.cookies}</p> <button>${site.words.accept}</button></div>
<header><a href="/">${site.name}</a> <p class="meta">${site.motto}</p></header>
<main>
${main}
</main>
<footer><p>© ${site.name}. ${site.words.rights} <a href="mailto:${site.legalDesk}">${site.legalDesk}</a></p></footer>
</body>
</html>
`;

export const feedTypes: Record<Site['feed']['kind'], string> = {
  rss: 'application/rss+xml',
  atom: 'application/atom+xml',
  json: 'application/feed+json',
};

const link = ({ path, title }: Article): string => `<a href="${path}">${escaped(title)}</a>`;

const shareBar = ({ words }: Site, { url }: Article): string => {
  const address = encodeURIComponent(url);
  return `<div class="share social-share" aria-label="${words.share}"><span>${words.share}</span>
<a href="https://social.test/share?u=${address}">Facebook</a> <a href="https://chat.test/send?text=${address}">WhatsApp</a> <a href="mailto:?body=${address}">E-mail</a></div>`;
};

const newsletter = ({ words }: Site): string =>
  `<aside class="newsletter-signup"><p>${words.newsletter}</p><form action="/account/newsletter" method="post">` +
  `<input type="email" name="email" aria-label="E-mail"><button>${words.subscribe}</button></form></aside>`;

const related = ({ words }: Site, others: readonly Article[]): string =>
  `<section class="related-stories"><h3>${words.related}</h3><ul>${others
    .map((other) => `<li>${link(other)}<p>${escaped(other.deck)}</p></li>`)
    .join('')}</ul></section>`;

/** The text with what pages put between its paragraphs. */
const bodyOf = (site: Site, article: Article, others: readonly Article[]): string => {
  const pieces = markupOf(article.blocks);
  const [next] = others;
  if (next) pieces.splice(4, 0, `<p class="read-more">${site.words.readMore} ${link(next)}</p>`);
  pieces.splice(6, 0, newsletter(site));
  return pieces.join('\n');
};

const dateLine = (site: Site, { publishedAt, updatedAt }: Article): string => {
  const time = (at: number): string => {
    const shown = new Date(at).toLocaleString(site.language, {
      timeZone: 'UTC',
      dateStyle: 'long',
      timeStyle: 'short',
    });
    return `<time datetime="${new Date(at).toISOString()}">${shown} UTC</time>`;
  };
  const update = updatedAt === publishedAt ? '' : ` · ${site.words.updated} ${time(updatedAt)}`;
  return `${time(publishedAt)}${update}`;
};

/** What a site links to: pages that stand, each once. */
const linked = (all: readonly Article[]): Article[] =>
  all.filter((article) => article.status === 200 && article.path !== article.also);

export const articlePage = (site: Site, article: Article, all: readonly Article[]): string => {
  const others = linked(all)
    .filter((other) => other.slug !== article.slug)
    .slice(0, 3);
  return shell(
    site,
    `${article.title} | ${site.name}`,
    metadataOf(site, article),
    `<nav class="breadcrumbs meta"><a href="/">${site.words.home}</a> › ${article.section}</nav>
<article>
<h1>${escaped(article.title)}</h1>
<p class="standfirst"><em>${escaped(article.deck)}</em></p>
<p class="meta byline">${site.words.by} <a rel="author" href="/authors">${escaped(article.byline)}</a> · ${dateLine(site, article)}</p>
${shareBar(site, article)}
<div class="article-body">
${bodyOf(site, article, others)}
</div>
${shareBar(site, article)}
${related(site, others)}
</article>`,
  );
};

export const homePage = (site: Site, all: readonly Article[]): string => {
  const teaser = (article: Article): string => {
    const picture = article.blocks.find(isFigure);
    const image = picture ? `<img src="${pictureUrl(picture.file)}" alt="" loading="lazy">` : '';
    return `<section>${image}<h2>${link(article)}</h2><p>${escaped(article.deck)}</p></section>`;
  };
  return shell(site, site.name, '', linked(all).map(teaser).join('\n'));
};

export const noticePage = (site: Site, text: string): string =>
  shell(site, site.name, '<meta name="robots" content="noindex">', `<h1>${text}</h1>`);
