import { Readability } from '@mozilla/readability';
import type { ParsedPage } from '../domain/news/page.ts';
import type { Document, PageReaderPort } from '../ports.ts';
import { decodeText } from './charset.ts';
import { type Block, blocksOf } from './page-reader/blocks.ts';
import { bodyHtml } from './page-reader/body-html.ts';
import { removeClutter } from './page-reader/clutter.ts';
import { type Dom, type Element, isBeyond, parseDom } from './page-reader/dom.ts';
import { newsNodeOf } from './page-reader/json-ld.ts';
import { type Known, ownLines } from './page-reader/lines.ts';
import { metadataOf } from './page-reader/metadata.ts';
import {
  choosePictures,
  type Found,
  findPictures,
  markName,
  withLines,
} from './page-reader/pictures.ts';
import { isTooDeep, stripInert } from './page-reader/strip.ts';
import { shortened } from './plain-text.ts';

const maxBytes = 3 * 1024 * 1024;
const limits = { depth: 250, elements: 20_000 };

/** Readability gives up on some documents by throwing. */
const articleOf = (dom: Dom): Element | undefined => {
  try {
    const reader = new Readability<Element>(dom, {
      serializer: (node: Element) => node,
      keepClasses: true,
      disableJSONLD: true,
      charThreshold: 250,
    });
    return reader.parse()?.content ?? undefined;
  } catch {
    return undefined;
  }
};

const excerptOf = (description: string, blocks: readonly Block[]): string => {
  if (description !== '') return shortened(description, 300);
  const text = blocks
    .filter(({ tag }) => tag === 'p')
    .map((block) => block.text)
    .join(' ');
  if (text.length <= 300) return text;
  const ends = [...text.slice(0, 301).matchAll(/[.!?…。！？؟]["'»”’)]*(?=\s)/gu)];
  const last = ends.at(-1);
  const end = last === undefined ? 0 : last.index + last[0].length;
  return end >= 80 ? text.slice(0, end) : shortened(text, 300);
};

const written = (blocks: readonly Block[]): Pick<ParsedPage, 'html' | 'text'> => ({
  html: bodyHtml(blocks),
  text: blocks.map((block) => block.text).join('\n'),
});

const captionsOf = (found: readonly Found[]): string[] => found.flatMap(({ says }) => says);

const survivors = (found: readonly Found[], article: Element): Found[] => {
  const marks = new Set(
    [...article.querySelectorAll(`[${markName}]`)].map((one) => one.getAttribute(markName)),
  );
  return found.filter(({ mark, isCaptioned }) => isCaptioned || marks.has(mark));
};

const read = ({ bytes, url, contentType }: Document): ParsedPage | undefined => {
  if (bytes.byteLength > maxBytes) return undefined;
  const { html, jsonLd } = stripInert(decodeText(bytes, contentType));
  if (isTooDeep(html)) return undefined;
  const dom = parseDom(html);
  if (dom.documentElement === null || isBeyond(dom.documentElement, limits)) return undefined;
  const news = newsNodeOf(jsonLd);
  const { lead, description, ...metadata } = metadataOf(dom, news, url);
  removeClutter(dom);
  const marked = findPictures(dom, url);
  const article = articleOf(dom);
  if (article === undefined) return undefined;
  const lines = blocksOf(article, url);
  const found = withLines(
    marked,
    lines.map(({ text }) => text),
  );
  const blocks = ownLines(lines, { ...metadata, captions: captionsOf(found) });
  if (blocks.length === 0) return undefined;
  const own = survivors(found, article).map(({ picture }) => picture);
  const pictures = choosePictures(own, lead, news?.images ?? [], url);
  return { ...metadata, excerpt: excerptOf(description, blocks), ...written(blocks), pictures };
};

const nothing: ParsedPage = {
  canonicalUrl: null,
  title: '',
  byline: '',
  publishedAt: null,
  modifiedAt: null,
  language: null,
  excerpt: '',
  html: '',
  text: '',
  pictures: [],
  robots: [],
};

const readFragment = (html: string, url: string): ParsedPage => {
  if (Buffer.byteLength(html) > maxBytes) return nothing;
  const inert = stripInert(html).html;
  if (isTooDeep(inert)) return nothing;
  const dom = parseDom(`<html><body>${inert}</body></html>`);
  if (isBeyond(dom.body, limits)) return nothing;
  removeClutter(dom);
  const marked = findPictures(dom, url);
  const lines = blocksOf(dom.body, url);
  const found = withLines(
    marked,
    lines.map(({ text }) => text),
  );
  const known: Known = { title: '', byline: '', language: null, captions: captionsOf(found) };
  const blocks = ownLines(lines, known);
  const pictures = choosePictures(
    found.map(({ picture }) => picture),
    null,
    [],
    url,
  );
  return { ...nothing, excerpt: excerptOf('', blocks), ...written(blocks), pictures };
};

/**
 * Finds the article in a web page: what it says, who says it, and its pictures
 * with their captions. undefined = no article found, a page over 3 MiB or one
 * nested beyond reason; the feed's own text must do.
 */
export const pageReader: PageReaderPort = { read, readFragment };
