/**
 * What each action may say: ids, hashes, hosts, times, counts and words of our own.
 * Never a title, a path, a text, a name or an address: the log is never erased.
 */
export type Facts = {
  'source.added': SourceTerms;
  'source.changed': SourceTerms;
  'source.removed': { host: string };
  'source.gone': { host: string; status: number };
  'source.moved': { host: string; newHost: string };

  'article.published': Published;
  'article.updated': Published & { previousHash: string };
  'article.aliased': { alias: string; reason: 'canonical' | 'same-text' };
  'article.given-up': { source: string; host: string; reason: string; attempts: number };
  'article.kept-out': { source: string; host: string; reason: 'tombstone' | 'same-text-tombstone' };
  'article.hidden': { case: string; automatic: boolean };
  'article.shown': { case: string };
  'article.erasing': { case: string };
  'article.erased': { case: string; locations: string[] };

  'mail.received': { receivedAt: string; bytes: number; commitment: string };
  'mail.joined': { case: string; reason: 'first' | 'copy' | 'reply' };
  'mail.set-aside': { reason: string };

  'case.opened': CaseOpened;
  'case.named': { articles: string[] };
  'case.person-called': { reason: PersonReason; times: number };
  'case.approved': { articles: string[] };
  'case.refused': { articles: string[]; ground: RefusalGround; note: string };
  'case.seen': { reason: PersonReason };
  'case.hiding': { article: string };
  'case.hidden': { article: string };
  'case.shown': { article: string; now: 'live' | 'hidden' | 'gone' };
  'case.erasing': { article: string };
  'case.erased': { article: string; locations: string[] };
  'case.delayed': { article: string; failures: number; reason: string; retryAt: string };
  'case.closed': { outcome: CaseOutcome; erased: number; refused: number; manifest: string[] };

  'letter.sending': { kind: LetterKind; attempt: number };
  'letter.sent': { kind: LetterKind; attempt: number; messageId: string };
  'letter.failed': { kind: LetterKind; attempt: number; reason: string; retryAt: string };
};

export type SourceTerms = {
  host: string;
  display: 'full' | 'excerpt' | 'link';
  intervalFloorMinutes: number;
  languages: string[];
};

export type Published = {
  source: string;
  host: string;
  contentHash: string;
  fingerprint: string;
  display: 'full' | 'excerpt' | 'link';
  words: number;
  pictures: number;
  from: 'page' | 'feed';
};

export type Authority = 'proven' | 'unproven';

/** Why a machine may not go on alone. */
export type PersonReason =
  | 'nothing-matched'
  | 'whole-source'
  | 'too-many-articles'
  | 'flood'
  | 'automatic-sender'
  | 'unreadable'
  | 'virus'
  | 'doubtful-sender'
  | 'reply';

export type CaseOpened = {
  mail: string;
  receivedAt: string;
  deadline: string;
  authority: Authority;
  /** How the sender was judged, in our own words. */
  evidence: string;
  /** Registrable domain of the sender, '' where there is none. */
  organisation: string;
  /** Salted hash of the sender's address; the salt is in Cases. */
  sender: string;
  articles: string[];
  /** How many addresses in the mail we hold nothing for. */
  unmatched: number;
  person: PersonReason | 'none';
  /** May the sender be answered at all (RFC 3834)? */
  answerable: boolean;
  language: string;
};

export type RefusalGround =
  | 'not-the-owner'
  | 'licensed'
  | 'not-the-work'
  | 'public-domain'
  | 'abusive'
  | 'other';

export type CaseOutcome = 'erased' | 'refused' | 'partly-erased' | 'nothing-held';

export type LetterKind = 'acknowledgement' | 'receipt';
