import { canonicalJson, type Sha256 } from '../audit/chain.ts';
import type { AuditEvent } from '../audit/event.ts';
import type { Published } from '../audit/facts.ts';
import { type Holder, type Suppression, suppressionOf } from '../suppression.ts';
import type { ArticleId, ArticleRow, LiveArticle } from './article.ts';
import type { Candidate } from './candidate.ts';
import type { FeedEntry } from './source.ts';

/** Changes when the entry is worth reading again, and only then. */
export const entryHashOf = (
  { url, title, updatedAt, contentHtml, summary }: FeedEntry,
  sha256: Sha256,
): string => sha256(canonicalJson({ url, title, updatedAt, contentHtml, summary })).slice(0, 32);

/** Was this very entry read before, and dealt with? A tombstone remembers nothing. */
export const wasSeen = (row: ArticleRow | undefined, feedId: string, entryHash: string): boolean =>
  row !== undefined && row.state !== 'tombstone' && row.seen[feedId] === entryHash;

export type Standing = {
  entryId: ArticleId;
  /** What stands under the entry's id and under the page's, aliases followed. */
  atEntry: ArticleRow | undefined;
  atPage: ArticleRow | undefined;
  holder: Holder | undefined;
  /** The chain of the candidate's article. */
  history: readonly AuditEvent[];
  attempt: number;
};

type Decision =
  | { kind: 'publish' }
  | { kind: 'update'; row: LiveArticle }
  /** Nothing to write but that it was seen. */
  | { kind: 'unchanged'; id: ArticleId }
  | { kind: 'alias'; of: ArticleId }
  | ({ kind: 'keptOut' } & Suppression)
  /** Another run may be publishing the same text at this moment. */
  | { kind: 'wait' }
  | { kind: 'absent'; reason: string };

export const isArticle = (row: ArticleRow | undefined): row is LiveArticle =>
  row?.state === 'live' || row?.state === 'hidden';

/** The article the entry belongs to: its own, once it has one, else its page's. */
export const homeOf = ({ entryId, atEntry, atPage }: Omit<Standing, 'history'>) =>
  isArticle(atEntry) && atEntry.id === entryId ? atEntry : atPage;

/** What the log last said of the content; undefined before the first publication. */
export const lastLogged = (history: readonly AuditEvent[]): Published | undefined => {
  for (const event of history.toReversed()) {
    if (event.action === 'article.published' || event.action === 'article.updated') {
      return event.details;
    }
  }
  return undefined;
};

type Shown = Pick<LiveArticle, 'contentHash' | 'display'>;

export const isSameContent = (a: Shown | undefined, b: Shown): boolean =>
  a?.contentHash === b.contentHash && a.display === b.display;

const decideStanding = (row: LiveArticle, candidate: Candidate, standing: Standing): Decision => {
  const unchanged: Decision = { kind: 'unchanged', id: row.id };
  // A hidden article stands as the case found it.
  if (row.state === 'hidden') return unchanged;
  // It follows the terms and the text of its own source and page, not of a copy.
  const isOwn = row.id === candidate.id || row.id === standing.entryId;
  if (!isOwn || row.sourceId !== candidate.sourceId) return unchanged;
  const isSame =
    isSameContent(row, candidate) && isSameContent(lastLogged(standing.history), candidate);
  return isSame ? unchanged : { kind: 'update', row };
};

/** How often an entry waits for another run that holds its text and stands nowhere yet. */
const waits = 3;

/**
 * What to do with an entry that was read. The order is the law: a tombstone, of the
 * address or of the text, comes before everything; then what stands; then the text.
 */
export const decidePublication = (candidate: Candidate, standing: Standing): Decision => {
  const { atEntry, atPage, holder, attempt } = standing;
  const suppression = suppressionOf([atEntry, atPage], holder);
  if (suppression) return { kind: 'keptOut', ...suppression };
  if (candidate.title === '') return { kind: 'absent', reason: 'no headline' };
  const home = homeOf(standing);
  if (isArticle(home)) return decideStanding(home, candidate, standing);
  if (!holder || holder.id === candidate.id) return { kind: 'publish' };
  if (isArticle(holder.row)) return { kind: 'alias', of: holder.row.id };
  return attempt <= waits ? { kind: 'wait' } : { kind: 'publish' };
};
