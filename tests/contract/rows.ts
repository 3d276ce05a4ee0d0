import type { LiveArticle, Tombstone } from '../../functions/domain/news/article.ts';
import type { Feed } from '../../functions/domain/news/source.ts';
import type { Case } from '../../functions/domain/takedown/case.ts';
import { day, hour, type Instant, iso } from '../../functions/domain/time.ts';
import type { CaseRow } from '../../functions/ports.ts';

export const now: Instant = Date.UTC(2026, 10, 24, 12);

/** A hex id made of one digit or two, so that tests read well. */
export const idOf = (n: number): string => n.toString(16).padStart(32, '0');

export const liveArticle = (n: number, change: Partial<LiveArticle> = {}): LiveArticle => ({
  state: 'live',
  id: idOf(n),
  version: 1,
  url: `https://herald.example/news/${n}?utm_source=feed`,
  canonicalUrl: `https://herald.example/news/${n}`,
  sourceId: 'herald',
  sourceTitle: 'The Herald',
  organisation: 'herald.example',
  title: `Мост ${n} – “opened”`,
  byline: '',
  publishedAt: iso(now - n * hour),
  modifiedAt: null,
  fetchedAt: iso(now),
  language: 'uk',
  direction: 'ltr',
  excerpt: 'The bridge opened.',
  display: 'full',
  words: 321,
  leadPicture: null,
  contentHash: 'c'.repeat(64),
  fingerprint: '',
  aliases: [],
  seen: { herald: 'h1' },
  holds: [],
  ...change,
});

export const tombstone = (n: number): Tombstone => ({
  state: 'tombstone',
  id: idOf(n),
  caseId: 'case-1',
  erasedAt: iso(now),
});

export const feed = (id: string, change: Partial<Feed> = {}): Feed => ({
  terms: {
    id,
    title: `The ${id}`,
    feedUrl: `https://${id}.example/feed.xml`,
    homeUrl: `https://${id}.example/`,
    display: 'full',
    languages: ['en', 'uk'],
    intervalFloorMinutes: 15,
  },
  organisation: `${id}.example`,
  state: 'active',
  poll: { dueAt: now, lastPolledAt: null, etag: null, lastModified: null, failures: 0 },
  ...change,
});

export const openCase = (id: string, change: Partial<Case> = {}): Case => ({
  id,
  seq: 1,
  receivedAt: now,
  deadline: now + day,
  authority: 'unproven',
  evidence: 'freemail',
  organisation: '',
  sender: 'a'.repeat(64),
  language: 'en',
  answerable: true,
  unmatched: 0,
  holds: {
    [idOf(1)]: {
      stage: 'named',
      approved: false,
      ground: null,
      failures: 1,
      retryAt: now + hour,
      manifest: [],
      erasedAt: null,
    },
  },
  person: 'doubtful-sender',
  calls: 0,
  lastCallAt: null,
  letters: { acknowledgement: { state: 'owed', attempts: 0, at: now } },
  refusal: null,
  outcome: null,
  closedAt: null,
  ...change,
});

export const caseRow = (
  id: string,
  dueAt: Instant | null,
  change: Partial<Case> = {},
): CaseRow => ({
  case: openCase(id, change),
  correspondence: {
    salt: 'salt',
    mailKey: 'mail/1',
    address: 'owner@herald.example',
    name: '',
    subject: 'Please remove',
    messageId: '<1@herald.example>',
    references: [],
    recipient: 'admin@news.example',
    urls: [
      { url: 'https://herald.example/news/1', taken: 'article', article: idOf(1) },
      { url: 'https://herald.example/none', taken: 'unknown', article: null },
    ],
    notes: {},
  },
  dueAt,
});
