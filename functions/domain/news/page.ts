import type { Instant, Iso } from '../time.ts';
import type { Picture } from './article.ts';
import type { FeedEntry } from './source.ts';

export type FetchResult =
  | {
      kind: 'fetched';
      /** After redirects. */
      url: string;
      status: number;
      headers: Record<string, string>;
      /** Decoded, at most the asked number of bytes. */
      bytes: Uint8Array;
      /** Set where every redirect was 301 or 308. */
      movedTo: string | null;
    }
  | { kind: 'unchanged' }
  | { kind: 'gone'; status: number }
  | { kind: 'failed'; status: number | null; reason: string; retryAfter: Instant | null };

export type FetchAsk = {
  url: string;
  accept: string;
  etag?: string | null;
  lastModified?: string | null;
  maxBytes: number;
  now: Instant;
};

export type ParsedFeed =
  | {
      kind: 'feed';
      title: string;
      language: string | null;
      entries: FeedEntry[];
      problems: string[];
    }
  | { kind: 'unreadable'; reason: string };

export type ParsedPage = {
  canonicalUrl: string | null;
  title: string;
  byline: string;
  publishedAt: Iso | null;
  modifiedAt: Iso | null;
  language: string | null;
  excerpt: string;
  html: string;
  text: string;
  pictures: Omit<Picture, 'key'>[];
  /** Robots directives of the page's meta tags, lower case: 'noarchive', 'noindex', … */
  robots: string[];
};
