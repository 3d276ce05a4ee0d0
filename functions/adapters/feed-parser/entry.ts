import type { FeedEntry } from '../../domain/news/source.ts';
import type { Instant } from '../../domain/time.ts';
import { isFuture, parseDate } from '../dates.ts';
import { languageTag, oneLine, plainText, shortened } from '../plain-text.ts';
import type { Item } from './formats.ts';

/** A queue message holds one entry and may be 256 KiB. */
const maxContentBytes = 160 * 1024;
const maxUrl = 4_096;

const given = (text: string | undefined): text is string =>
  text !== undefined && text.trim() !== '';

const baseOf = (bases: readonly (string | undefined)[], feedUrl: string): string =>
  bases.filter(given).reduceRight((base, part) => URL.parse(part, base)?.href ?? base, feedUrl);

const absolute = (link: string, base: string): string | undefined => {
  const url = URL.parse(link.trim(), base);
  if (url === null || !/^https?:$/.test(url.protocol) || url.href.length > maxUrl) return undefined;
  return url.username === '' && url.password === '' ? url.href : undefined;
};

/** An id is a link only where it says so itself. */
const urlOf = ({ links, bases, guid }: Item, feedUrl: string): string | undefined => {
  const base = baseOf(bases, feedUrl);
  for (const link of links.filter(given)) {
    const isBareId = link === guid && !/^https?:\/\//i.test(link.trim());
    const url = isBareId ? undefined : absolute(link, base);
    if (url !== undefined) return url;
  }
  return undefined;
};

type Note = (problem: string) => void;

const dateOf = (
  texts: readonly (string | undefined)[],
  now: Instant,
  note: Note,
): Instant | null => {
  const text = texts.find(given);
  if (text === undefined) return null;
  const at = parseDate(text);
  if (at === null) note('a date that cannot be read; left out');
  else if (isFuture(at, now)) note('a date in the future; left out');
  else return at;
  return null;
};

const contentOf = (content: string | undefined, note: Note): string => {
  if (!given(content)) return '';
  if (Buffer.byteLength(JSON.stringify(content)) <= maxContentBytes) return content;
  note('content larger than 160 KiB; left to the page');
  return '';
};

/**
 * One entry, made absolute, decoded and capped; undefined where it leads nowhere.
 * @param note takes what was left out and why, without a word of the feed
 */
export const entryOf = (
  item: Item,
  feedUrl: string,
  now: Instant,
  note: Note,
): FeedEntry | undefined => {
  const url = urlOf(item, feedUrl);
  if (url === undefined) {
    note('no link of http or https; skipped');
    return undefined;
  }
  const title = item.titleIsPlain ? oneLine(item.title ?? '') : plainText(item.title ?? '');
  const authors = item.authors.filter(given).map(plainText);
  return {
    guid: shortened(oneLine(item.guid ?? ''), 1_000) || url,
    url,
    title: shortened(title, 500),
    author: shortened([...new Set(authors)].join(', '), 200),
    publishedAt: dateOf(item.published, now, note),
    updatedAt: dateOf(item.updated, now, note),
    language: item.languages.map(languageTag).find((tag) => tag !== null) ?? null,
    summary: shortened(plainText(item.summary ?? ''), 1_000),
    contentHtml: contentOf(item.content, note),
  };
};
