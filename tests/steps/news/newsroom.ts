import { createHash } from 'node:crypto';
import { memoryPorts } from '../../../functions/adapters/memory.ts';
import { articleIdOf } from '../../../functions/domain/news/canonical-url.ts';
import { entryHashOf } from '../../../functions/domain/news/entry.ts';
import type { FetchAsk, FetchResult, ParsedPage } from '../../../functions/domain/news/page.ts';
import type { Feed, FeedEntry } from '../../../functions/domain/news/source.ts';
import type { EntryDue, PageReaderPort, WebPort } from '../../../functions/ports.ts';

export const now = Date.parse('2026-11-24T12:00:00.000Z');

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export const idOf = (url: string): string => articleIdOf(url, sha256) ?? '';

export const story = (seed: string): string =>
  Array.from({ length: 60 }, (_, at) => `${seed}word${at}`).join(' ');

export const feedOf = (id = 'herald', host = `${id}.example`): Feed => ({
  terms: {
    id,
    title: id,
    feedUrl: `https://${host}/feed.xml`,
    homeUrl: `https://${host}/`,
    display: 'full',
    languages: ['en'],
    intervalFloorMinutes: 15,
  },
  organisation: host,
  state: 'active',
  poll: { dueAt: now, lastPolledAt: null, etag: null, lastModified: null, failures: 0 },
});

export const entryOf = (url: string, change: Partial<FeedEntry> = {}): FeedEntry => ({
  guid: url,
  url,
  title: 'Ferry returns',
  author: '',
  publishedAt: now - 60_000,
  updatedAt: null,
  language: null,
  summary: '',
  contentHtml: '',
  ...change,
});

export const pageOf = (change: Partial<ParsedPage> = {}): ParsedPage => ({
  canonicalUrl: null,
  title: 'Ferry returns to the island',
  byline: 'Ada Reed',
  publishedAt: null,
  modifiedAt: null,
  language: 'en',
  excerpt: '',
  html: `<p>${story('ferry')}</p>`,
  text: story('ferry'),
  pictures: [],
  robots: [],
  ...change,
});

export const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 7]);

export const picture = (url: string) => ({
  url,
  caption: 'The ferry',
  credit: '',
  alt: '',
  width: null,
  height: null,
});

const missing: FetchResult = { kind: 'gone', status: 404 };

export const answer = (
  bytes: Uint8Array,
  change: Partial<Extract<FetchResult, { kind: 'fetched' }>> = {},
): FetchResult => ({
  kind: 'fetched',
  url: '',
  status: 200,
  headers: {},
  movedTo: null,
  ...change,
  bytes,
});

/** Pages travel as JSON of what the reader shall find: reading HTML is tested elsewhere. */
export const pageAnswer = (page: ParsedPage, url = '', headers = {}): FetchResult =>
  answer(Buffer.from(JSON.stringify(page)), { url, headers });

const reader: PageReaderPort = {
  read: ({ bytes }) => {
    const text = Buffer.from(bytes).toString();
    return text.startsWith('{') ? (JSON.parse(text) as ParsedPage) : undefined;
  },
  readFragment: (html) =>
    pageOf({ title: '', byline: '', language: null, html, text: html.replace(/<[^>]*>/g, '') }),
};

/** Memory ports with a web of our own: set `web.pages` by address. */
export const newsroom = (...feeds: Feed[]) => {
  const memory = memoryPorts();
  for (const feed of feeds) memory.feeds.rows.set(feed.terms.id, structuredClone(feed));
  const pages = new Map<string, FetchResult>();
  const asked: FetchAsk[] = [];
  const web: WebPort = {
    fetch: async (ask) => {
      asked.push(ask);
      const found = pages.get(ask.url) ?? missing;
      return found.kind === 'fetched' && found.url === '' ? { ...found, url: ask.url } : found;
    },
  };
  return {
    memory,
    pages,
    asked,
    ports: {
      feeds: memory.feeds,
      articles: memory.articles,
      audit: memory.audit,
      bodies: memory.bodies,
      queue: memory.queues.articles,
      web,
      pages: reader,
      organisationOf: (host: string) => host.split('.').slice(-2).join('.'),
    },
  };
};

export type Newsroom = ReturnType<typeof newsroom>;

export const messageOf = (entry: FeedEntry, feedId = 'herald', attempt = 1): EntryDue => ({
  feedId,
  entry,
  entryHash: entryHashOf(entry, sha256),
  attempt,
});

export const actionsOf = ({ memory }: Newsroom, id: string): string[] =>
  (memory.audit.chains.get(`article:${id}`) ?? []).map(({ action }) => action);

/** Everything stored, for comparison of one run with another. */
export const stateOf = ({ memory }: Newsroom) => ({
  rows: Object.fromEntries([...memory.articles.rows].sort()),
  fingerprints: Object.fromEntries([...memory.articles.fingerprints].sort()),
  objects: [...memory.bodies.objects.keys()].sort(),
  bodies: [...memory.bodies.objects.values()]
    .map(({ bytes }) => Buffer.from(bytes).toString())
    .sort(),
  events: [...memory.audit.chains].sort(),
});
