import { createHash } from 'node:crypto';
import type { LiveArticle } from '../../../functions/domain/news/article.ts';
import type { Means, Reading } from '../../../functions/domain/news/candidate.ts';
import type { ParsedPage } from '../../../functions/domain/news/page.ts';
import type { Feed, FeedEntry, SourceTerms } from '../../../functions/domain/news/source.ts';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export const now = Date.parse('2026-11-24T12:00:00.000Z');

export const means: Means = {
  sha256,
  organisationOf: (host) => host.split('.').slice(-2).join('.') || null,
};

/** A text of 60 words, another for each seed. */
export const story = (seed: string): string =>
  Array.from({ length: 60 }, (_, at) => `${seed}word${at}`).join(' ');

export const terms = (change: Partial<SourceTerms> = {}): SourceTerms => ({
  id: 'herald',
  title: 'The Herald',
  feedUrl: 'https://herald.example/feed.xml',
  homeUrl: 'https://herald.example/',
  display: 'full',
  languages: ['en'],
  intervalFloorMinutes: 15,
  ...change,
});

export const feedOf = (change: Partial<SourceTerms> = {}): Feed => ({
  terms: terms(change),
  organisation: 'herald.example',
  state: 'active',
  poll: { dueAt: now, lastPolledAt: null, etag: null, lastModified: null, failures: 0 },
});

export const entryOf = (change: Partial<FeedEntry> = {}): FeedEntry => ({
  guid: 'tag:herald.example,2026:1',
  url: 'https://herald.example/news/ferry?ns_mchannel=rss&ito=1490',
  title: 'Ferry returns',
  author: 'Ada Reed',
  publishedAt: now - 3_600_000,
  updatedAt: null,
  language: null,
  summary: 'The island ferry sails again.',
  contentHtml: '',
  ...change,
});

const pageOf = (change: Partial<ParsedPage> = {}): ParsedPage => ({
  canonicalUrl: 'https://herald.example/news/ferry',
  title: 'Ferry returns to the island',
  byline: 'Ada Reed',
  publishedAt: '2026-11-24T10:00:00.000Z',
  modifiedAt: null,
  language: 'en',
  excerpt: 'The island ferry sails again after the storm.',
  html: `<p>${story('ferry')}</p>`,
  text: story('ferry'),
  pictures: [],
  robots: [],
  ...change,
});

export const readingOf = (
  page: Partial<ParsedPage> = {},
  change: Partial<Reading> = {},
): Reading => ({
  from: 'page',
  url: 'https://herald.example/news/ferry',
  page: pageOf(page),
  robotsHeader: '',
  ...change,
});

export const liveOf = (change: Partial<LiveArticle> = {}): LiveArticle => ({
  state: 'live',
  id: 'a'.repeat(32),
  version: 1,
  url: 'https://herald.example/news/ferry',
  canonicalUrl: 'https://herald.example/news/ferry',
  sourceId: 'herald',
  sourceTitle: 'The Herald',
  organisation: 'herald.example',
  title: 'Ferry returns',
  byline: '',
  publishedAt: '2026-11-24T10:00:00.000Z',
  modifiedAt: null,
  fetchedAt: '2026-11-24T10:00:00.000Z',
  language: 'en',
  direction: 'ltr',
  excerpt: '',
  display: 'full',
  words: 60,
  leadPicture: null,
  contentHash: 'old',
  fingerprint: '',
  aliases: [],
  seen: {},
  holds: [],
  ...change,
});
