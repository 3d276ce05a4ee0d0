import { parseFeed } from 'feedsmith';
import type { ParsedFeed } from '../domain/news/page.ts';
import type { FeedEntry } from '../domain/news/source.ts';
import type { Instant } from '../domain/time.ts';
import type { Document, FeedParserPort } from '../ports.ts';
import { decodeText } from './charset.ts';
import { entryOf } from './feed-parser/entry.ts';
import { type Channel, channelOf } from './feed-parser/formats.ts';
import { refusalOf } from './feed-parser/refusal.ts';
import { languageTag, plainText, shortened } from './plain-text.ts';

const maxEntries = 500;

const unreadable = (reason: string): ParsedFeed => ({ kind: 'unreadable', reason });

const whyNoFeed = (text: string): string =>
  /^\s*(?:<!doctype html|<html)/i.test(text)
    ? 'this is a web page, not a feed; look on it for the address of its RSS, Atom or JSON feed'
    : 'this is neither RSS, Atom nor JSON Feed; check the address of the feed in a browser';

const channelIn = (text: string): Channel | undefined => {
  try {
    return channelOf(parseFeed(text.replace(/^\s+/, ''), { maxItems: maxEntries + 1 }));
  } catch {
    return undefined;
  }
};

/** @param now dates after it are left out, and noted; without it none are */
const parse = (
  { bytes, url, contentType }: Document,
  now: Instant = Number.POSITIVE_INFINITY,
): ParsedFeed => {
  const text = decodeText(bytes, contentType);
  const refusal = refusalOf(bytes.byteLength, text);
  if (refusal !== undefined) return unreadable(refusal);
  const channel = channelIn(text);
  if (channel === undefined) return unreadable(whyNoFeed(text));
  const problems: string[] = [];
  const entries: FeedEntry[] = [];
  for (const [index, item] of channel.items.slice(0, maxEntries).entries()) {
    const entry = entryOf(item, url, now, (problem) => {
      problems.push(`entry ${index + 1}: ${problem}`);
    });
    if (entry !== undefined) entries.push(entry);
  }
  if (channel.items.length > maxEntries) {
    problems.push(`more than ${maxEntries} entries; only the first ${maxEntries} were read`);
  }
  const title = shortened(plainText(channel.title ?? ''), 300);
  const language = channel.languages.map(languageTag).find((tag) => tag !== null) ?? null;
  return { kind: 'feed', title, language, entries, problems };
};

/** RSS 2.0 and 1.0, Atom and JSON Feed in any encoding. Never throws. */
export const feedParser: FeedParserPort & { parse: typeof parse } = { parse };
