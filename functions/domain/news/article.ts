import type { Iso } from '../time.ts';

/** The first 32 hex digits of SHA-256 over an article's identity key. */
export type ArticleId = string;

export type Display = 'full' | 'excerpt' | 'link';

export type Direction = 'ltr' | 'rtl';

export type Picture = {
  /** Where the publisher has it. */
  url: string;
  /** Our copy under the article's prefix; null = not kept, not shown. */
  key: string | null;
  caption: string;
  credit: string;
  alt: string;
  width: number | null;
  height: number | null;
};

/** What lies at `articles/<id>/body.json`. */
export type Body = {
  /** Sanitised; block elements only, no captions, no pictures. '' for display 'link'. */
  html: string;
  text: string;
  pictures: Picture[];
};

/** An article as readers see it, or would if no case hid it. */
export type LiveArticle = {
  state: 'live' | 'hidden';
  id: ArticleId;
  /** 1 when first published, +1 with each update. */
  version: number;
  /** The hyperlink to the primary source, exactly as its publisher gives it. */
  url: string;
  /** The page's own canonical URL without tracking parameters. */
  canonicalUrl: string;
  sourceId: string;
  sourceTitle: string;
  /** Registrable domain of the canonical URL: who may speak for the article. */
  organisation: string;
  title: string;
  byline: string;
  publishedAt: Iso;
  modifiedAt: Iso | null;
  fetchedAt: Iso;
  /** BCP 47. */
  language: string;
  direction: Direction;
  excerpt: string;
  display: Display;
  words: number;
  /** Key of the first kept picture, for lists; null = none. */
  leadPicture: string | null;
  /** SHA-256 over title, byline, text and captions. */
  contentHash: string;
  /** SHA-256 over the folded words of the text; '' where there are too few to tell. */
  fingerprint: string;
  /** Other keys in Articles that lead here. */
  aliases: ArticleId[];
  /** Feed id → hash of the entry as last read, so an unchanged entry costs nothing. */
  seen: Record<string, string>;
  /** Cases that hold it hidden. */
  holds: string[];
};

/** What stands in the article's place, under its own key, for ever. */
export type Tombstone = {
  state: 'tombstone';
  id: ArticleId;
  caseId: string;
  erasedAt: Iso;
};

/** Another URL of an article we hold (or held). */
export type Alias = {
  state: 'alias';
  id: ArticleId;
  aliasOf: ArticleId;
  seen: Record<string, string>;
};

/** An entry we looked at and do not publish, with the reason. */
export type Absent = {
  state: 'absent';
  id: ArticleId;
  reason: string;
  seen: Record<string, string>;
};

export type ArticleRow = LiveArticle | Tombstone | Alias | Absent;

export const prefixOf = (id: ArticleId): string => `articles/${id}/`;
export const bodyKeyOf = (id: ArticleId): string => `articles/${id}/body.json`;
export const pagePathOf = (id: ArticleId): string => `/article/${id}`;

/** The edge-cache tag that every page and list showing the article carries. */
export const tagOf = (id: ArticleId): string => `art-${id}`;
