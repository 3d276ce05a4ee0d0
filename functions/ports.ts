import type { Head } from './domain/audit/checkpoint.ts';
import type { AuditEvent, Subject } from './domain/audit/event.ts';
import type {
  Absent,
  Alias,
  ArticleId,
  ArticleRow,
  LiveArticle,
  Tombstone,
} from './domain/news/article.ts';
import type { FetchAsk, FetchResult, ParsedFeed, ParsedPage } from './domain/news/page.ts';
import type { Feed, FeedEntry, SourceTerms } from './domain/news/source.ts';
import type { Case } from './domain/takedown/case.ts';
import type { Correspondence } from './domain/takedown/correspondence.ts';
import type { Arrival, ReadMail } from './domain/takedown/mail.ts';
import type { Instant } from './domain/time.ts';

/** The Audit table. Appending is the only way to write it. */
export type AuditPort = {
  /** All events of a subject, first to last; strongly consistent. */
  history(subject: Subject): Promise<AuditEvent[]>;
  /** The last event of a subject; strongly consistent. */
  head(subject: Subject): Promise<AuditEvent | undefined>;
  /** One conditional put; 'taken' where (subject, seq) exists already. */
  append(event: AuditEvent): Promise<'appended' | 'taken'>;
  /** Events of one UTC day, in order of time; eventually consistent. */
  ofDay(day: string): AsyncIterable<AuditEvent>;
  /** Where every chain ends, in no order; holds one head a chain, never the log. */
  heads(): Promise<Head[]>;
  /** The whole log, grouped by subject, each in order of seq. */
  all(): AsyncIterable<AuditEvent>;
};

export type Page<T> = { items: T[]; next: string | null };

export type Claim = { by: 'article' | 'tombstone'; id: ArticleId };

export type ArticlesPort = {
  /** Strongly consistent. */
  get(id: ArticleId): Promise<ArticleRow | undefined>;
  getMany(ids: readonly ArticleId[]): Promise<Map<ArticleId, ArticleRow>>;
  /** Writes a new row where none stands (or only an 'absent' one). */
  publish(row: LiveArticle): Promise<'stored' | 'taken'>;
  /** Writes the next version where `version - 1` stands live. */
  replace(row: LiveArticle): Promise<'stored' | 'taken'>;
  /** Writes where nothing, or an alias or absent row, stands. */
  note(row: Alias | Absent): Promise<'stored' | 'taken'>;
  /** Remembers the entry hash of one feed on a live or alias row, if it still stands. */
  markSeen(id: ArticleId, feedId: string, entryHash: string): Promise<void>;
  addAlias(id: ArticleId, alias: ArticleId): Promise<void>;
  /** Adds a case's hold; the row leaves every list. Does nothing to a tombstone. */
  hide(id: ArticleId, caseId: string): Promise<void>;
  /** Lifts a case's hold; the row is live again when no other case holds it. */
  show(id: ArticleId, caseId: string): Promise<void>;
  /** Replaces the row in place, whatever stands there. */
  entomb(tombstone: Tombstone): Promise<void>;
  /** First come, first served: who owns this text? Idempotent for the owner. */
  claimFingerprint(fingerprint: string, id: ArticleId): Promise<Claim>;
  readFingerprint(fingerprint: string): Promise<Claim | undefined>;
  entombFingerprint(fingerprint: string, id: ArticleId): Promise<void>;
  /** Live articles, newest first. `cursor` is a former page's `next`. */
  newest(limit: number, cursor: string | null): Promise<Page<LiveArticle>>;
  ofSource(sourceId: string, limit: number, cursor: string | null): Promise<Page<LiveArticle>>;
};

/** How much of a prefix is left: counts of objects, of versions or delete markers, of uploads. */
export type Remains = { objects: number; versions: number; uploads: number };

/** The content bucket. */
export type BodiesPort = {
  put(key: string, bytes: Uint8Array, contentType: string): Promise<void>;
  get(key: string): Promise<{ bytes: Uint8Array; contentType: string } | undefined>;
  /** Removes all of a prefix: objects, versions, delete markers, unfinished uploads. */
  erase(prefix: string): Promise<void>;
  survey(prefix: string): Promise<Remains>;
};

export type FeedsPort = {
  get(id: string): Promise<Feed | undefined>;
  put(feed: Feed): Promise<void>;
  due(now: Instant, limit: number): Promise<Feed[]>;
  all(): Promise<Feed[]>;
};

/** The deployer's list of sources. */
export type SourcesPort = { read(): Promise<SourceTerms[]> };

export type CaseRow = {
  case: Case;
  correspondence: Correspondence;
  /** When something must be done next; null = nothing, ever. */
  dueAt: Instant | null;
};

export type CasesPort = {
  get(id: string): Promise<CaseRow | undefined>;
  /** Writes a projection; an older one (by seq) never replaces a newer. */
  put(row: CaseRow): Promise<void>;
  due(now: Instant, limit: number): Promise<CaseRow[]>;
  open(): AsyncIterable<CaseRow>;
  all(): AsyncIterable<CaseRow>;
  /** Counts one automatic hide against the day's limits, once per (case, article). */
  admitHide(hide: HideCount): Promise<'admitted' | 'flood'>;
};

export type HideCount = {
  day: string;
  /** Counted apart: strangers must not use up what proven owners may ask in a day. */
  pool: 'proven' | 'unproven';
  sender: string;
  caseId: string;
  article: ArticleId;
  perSender: number;
  perDay: number;
};

/** The inbox bucket. */
export type InboxPort = {
  read(key: string): Promise<Uint8Array | undefined>;
  /** Mails stored since `since`, oldest first. */
  list(since: Instant): AsyncIterable<{ key: string; storedAt: Instant; bytes: number }>;
};

export type QueuePort<T> = { send(message: T, delaySeconds?: number): Promise<void> };

export type FeedDue = { feedId: string };
export type EntryDue = { feedId: string; entry: FeedEntry; entryHash: string; attempt: number };
export type CaseDue = { caseId: string };
export type LetterDue = { caseId: string };
export type MailArrived = Arrival;

/** The guarded, polite HTTP client. Answers, never throws, whatever the far side does. */
export type WebPort = { fetch(ask: FetchAsk): Promise<FetchResult> };

export type Document = { bytes: Uint8Array; url: string; contentType: string };

/** Parsers: pure, but built on libraries, so behind ports. */
export type FeedParserPort = { parse(document: Document, now: Instant): ParsedFeed };
export type PageReaderPort = {
  read(page: Document): ParsedPage | undefined;
  /** The same for HTML that a feed carries. */
  readFragment(html: string, url: string): ParsedPage;
};
export type MailReaderPort = { read(raw: Uint8Array): Promise<ReadMail> };

export type OutgoingLetter = {
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
  inReplyTo: string;
  references: string[];
};

/** SES. */
export type LettersPort = { send(letter: OutgoingLetter): Promise<{ messageId: string }> };

/** The edge cache. A purge repeated under its `reference` is the same purge, and tells how far it is. */
export type EdgePort = {
  purge(tags: readonly string[], reference: string): Promise<'done' | 'under-way'>;
};

/** Our own public site, asked from outside as a reader would. */
export type FrontDoorPort = { get(path: string): Promise<{ status: number; text: string }> };

/** Calls a person: one message to the pager topic. */
export type PagerPort = { call(subject: string, text: string): Promise<void> };

/** Signed checkpoints under Object Lock. */
export type LedgerPort = {
  put(name: string, text: string): Promise<'stored' | 'taken'>;
  list(): Promise<string[]>;
  get(name: string): Promise<string | undefined>;
};

export type SignerPort = {
  /** @returns a DER ECDSA signature over SHA-256 of the text, base64 */
  sign(text: string): Promise<string>;
  verify(text: string, signature: string): Promise<boolean>;
};

/** Numbers for alarms. */
export type MetricsPort = { put(name: string, unit: 'Count' | 'Seconds', value: number): void };
