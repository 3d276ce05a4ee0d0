import { type Iso, iso } from '../../domain/time.ts';
import { parseDate } from '../dates.ts';
import { organisationOf } from '../organisation.ts';
import { languageTag, oneLine, plainText, shortened } from '../plain-text.ts';
import { type Dom, textOf } from './dom.ts';
import type { NewsNode } from './json-ld.ts';

export type Metadata = {
  canonicalUrl: string | null;
  title: string;
  byline: string;
  publishedAt: Iso | null;
  modifiedAt: Iso | null;
  language: string | null;
  description: string;
  robots: string[];
  lead: { url: string; alt: string; width: number | null; height: number | null } | null;
};

type Meta = (...names: string[]) => string;

/** First non-empty content of the named meta elements, in the order of names. */
const metaOf = (dom: Dom): Meta => {
  const contents = new Map<string, string>();
  for (const meta of dom.querySelectorAll('meta[content]')) {
    const names = ['property', 'name', 'itemprop'].map((attribute) => meta.getAttribute(attribute));
    const content = plainText(meta.getAttribute('content') ?? '');
    for (const name of names) {
      const key = name?.trim().toLowerCase() ?? '';
      if (key !== '' && content !== '' && !contents.has(key)) contents.set(key, content);
    }
  }
  return (...names) =>
    names.map((name) => contents.get(name) ?? '').find((text) => text !== '') ?? '';
};

const firstText = (dom: Dom, ...selectors: string[]): string => {
  for (const selector of selectors) {
    const text = oneLine(textOf(dom.querySelector(selector)));
    if (text !== '') return text;
  }
  return '';
};

const titleOf = (dom: Dom, meta: Meta, news: NewsNode | undefined): string => {
  const heading = firstText(
    dom,
    'h1[itemprop~="headline"]',
    '[itemprop~="headline"]',
    'article h1',
    'h1',
  );
  const title =
    news?.title ||
    meta('og:title', 'twitter:title', 'headline') ||
    heading ||
    firstText(dom, 'title');
  const site = meta('og:site_name', 'application-name');
  const suffix = site === '' ? -1 : title.lastIndexOf(site);
  const bare =
    suffix > 0 && suffix + site.length === title.length
      ? title.replace(site, '').replace(/[\s|:•·–—-]+$/, '')
      : title;
  const isCutShort =
    /(?:…|\.{3})$/.test(bare) && heading.startsWith(bare.replace(/(?:…|\.{3})$/, '').trim());
  return shortened(isCutShort ? heading : bare, 500);
};

const by = /^(?:by|von|par|por|di|автор(?:ка|ы|и)?|текст|بقلم|كتب(?:ت)?)(?:\s*:\s*|\s+)/iu;

const bylineOf = (dom: Dom, meta: Meta, news: NewsNode | undefined): string => {
  const named = meta('author', 'article:author', 'dc.creator', 'parsely-author', 'sailthru.author');
  const text =
    [...new Set(news?.authors ?? [])].join(', ') ||
    (/^https?:/i.test(named) ? '' : named) ||
    firstText(
      dom,
      '[itemprop~="author"] [itemprop~="name"]',
      '[itemprop~="author"]',
      'a[rel~="author"]',
      '.byline',
      '.author-name',
      '.author',
    );
  return shortened(text.replace(by, ''), 200);
};

const datetime = (dom: Dom, selector: string): string => {
  const element = dom.querySelector(selector);
  return element?.getAttribute('datetime') ?? element?.getAttribute('content') ?? '';
};

const firstDate = (...texts: (string | undefined)[]): Iso | null => {
  const at = texts.map(parseDate).find((date) => date !== null);
  return at === undefined || at === null ? null : iso(at);
};

const publishedOf = (dom: Dom, meta: Meta, news: NewsNode | undefined): Iso | null =>
  firstDate(
    news?.published,
    meta('article:published_time', 'og:published_time'),
    meta('datepublished'),
    datetime(dom, '[itemprop~="datePublished"]'),
    meta(
      'parsely-pub-date',
      'sailthru.date',
      'dc.date.issued',
      'dc.date',
      'pubdate',
      'publishdate',
      'date',
    ),
    datetime(dom, 'article time[datetime]'),
    datetime(dom, 'time[datetime]'),
  );

const modifiedOf = (dom: Dom, meta: Meta, news: NewsNode | undefined): Iso | null =>
  firstDate(
    news?.modified,
    meta('article:modified_time', 'og:updated_time'),
    meta('datemodified'),
    datetime(dom, '[itemprop~="dateModified"]'),
  );

/** A page may name another address of its own house, but not somebody else's, nor the front door. */
const canonicalOf = (dom: Dom, meta: Meta, url: string): string | null => {
  const here = URL.parse(url);
  const link = dom.querySelector('link[rel~="canonical"][href]')?.getAttribute('href');
  const there = URL.parse(link || meta('og:url') || '', url);
  if (here === null || there === null || !/^https?:$/.test(there.protocol)) return null;
  if (`${link ?? ''}${meta('og:url')}` === '') return null;
  const house = organisationOf(here.hostname);
  const isFrontDoor = there.pathname === '/' && there.search === '' && here.pathname !== '/';
  if (house === null || organisationOf(there.hostname) !== house || isFrontDoor) return null;
  there.hash = '';
  return there.href;
};

const robotsOf = (dom: Dom): string[] => {
  const contents = [...dom.querySelectorAll('meta[name][content]')]
    .filter((meta) =>
      /^(?:robots|googlebot|googlebot-news|sundown)$/i.test(meta.getAttribute('name') ?? ''),
    )
    .map((meta) => meta.getAttribute('content') ?? '');
  const tokens = contents.flatMap((content) => content.toLowerCase().split(','));
  return [...new Set(tokens.map(oneLine).filter((token) => token !== ''))];
};

const positive = (text: string): number | null => (/^\d{1,5}$/.test(text) ? Number(text) : null);

/** JSON-LD first, then OpenGraph, then microdata, then what stands in the page. */
export const metadataOf = (dom: Dom, news: NewsNode | undefined, url: string): Metadata => {
  const meta = metaOf(dom);
  const publishedAt = publishedOf(dom, meta, news);
  const modifiedAt = modifiedOf(dom, meta, news);
  const image = meta('og:image:secure_url', 'og:image', 'og:image:url', 'twitter:image');
  const [width, height] = [positive(meta('og:image:width')), positive(meta('og:image:height'))];
  return {
    canonicalUrl: canonicalOf(dom, meta, url),
    title: titleOf(dom, meta, news),
    byline: bylineOf(dom, meta, news),
    publishedAt,
    modifiedAt: modifiedAt !== null && modifiedAt > (publishedAt ?? '') ? modifiedAt : null,
    language:
      languageTag(dom.documentElement?.getAttribute('lang')) ??
      languageTag(meta('og:locale')) ??
      languageTag(news?.language),
    description:
      meta('og:description', 'description', 'twitter:description') || (news?.description ?? ''),
    robots: robotsOf(dom),
    lead: image === '' ? null : { url: image, alt: meta('og:image:alt'), width, height },
  };
};
