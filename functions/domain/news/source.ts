import type { Instant } from '../time.ts';
import type { Display } from './article.ts';

/** What the deployer says of one feed: a row of the OPML file. */
export type SourceTerms = {
  /** Stable: from the OPML `id` attribute, else the slug of the title. */
  id: string;
  title: string;
  feedUrl: string;
  homeUrl: string;
  display: Display;
  /** BCP 47; the first is assumed where nothing on the page says better. */
  languages: string[];
  intervalFloorMinutes: number;
};

/** What we remember of polling, so that the next poll is polite. */
export type PollState = {
  dueAt: Instant;
  lastPolledAt: Instant | null;
  etag: string | null;
  lastModified: string | null;
  /** Failures in a row; 0 after a good poll. */
  failures: number;
  /** Good polls in a row that brought nothing new; not set = 0. */
  quietPolls?: number;
  /** Where permanent redirects led the last good poll; not set = the terms' address. */
  movedTo?: string | null;
};

/** A row of the Feeds table. */
export type Feed = {
  terms: SourceTerms;
  /** Registrable domain of the feed's and the home page's host. */
  organisation: string;
  state: 'active' | 'gone' | 'removed';
  poll: PollState;
};

/** One entry of a feed, already absolute, decoded and size-capped. */
export type FeedEntry = {
  guid: string;
  url: string;
  title: string;
  author: string;
  publishedAt: Instant | null;
  updatedAt: Instant | null;
  language: string | null;
  /** Plain text. */
  summary: string;
  /** As the feed has it: NOT sanitised. '' where the feed carries no content. */
  contentHtml: string;
};
