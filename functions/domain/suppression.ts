import type { AuditEvent, Draft } from './audit/event.ts';
import type { Facts } from './audit/facts.ts';
import type { ArticleId, ArticleRow, Tombstone } from './news/article.ts';
import { type Instant, iso } from './time.ts';

/** What a takedown leaves in the article's place, under the article's own key. */
export const tombstoneOf = (id: ArticleId, caseId: string, now: Instant): Tombstone => ({
  state: 'tombstone',
  id,
  caseId,
  erasedAt: iso(now),
});

/** Who holds a text, and the row that stands for them now. */
export type Holder = { by: 'article' | 'tombstone'; id: ArticleId; row: ArticleRow | undefined };

/** The takedown that keeps an article out. */
export type Suppression = { by: ArticleId; reason: Facts['article.kept-out']['reason'] };

/**
 * Is an article kept out, by a tombstone under one of its addresses or under its text?
 * @param rows what stands under its addresses, aliases followed
 */
export const suppressionOf = (
  rows: readonly (ArticleRow | undefined)[],
  holder?: Holder,
): Suppression | null => {
  const tombstone = rows.find((row) => row?.state === 'tombstone');
  if (tombstone) return { by: tombstone.id, reason: 'tombstone' };
  if (holder?.by === 'tombstone' || holder?.row?.state === 'tombstone') {
    return { by: holder.row?.id ?? holder.id, reason: 'same-text-tombstone' };
  }
  return null;
};

/**
 * Says once per tombstone that it held; nothing while the erasure itself is under way,
 * whose events must follow each other.
 */
export const keptOut = (
  head: AuditEvent | undefined,
  details: Facts['article.kept-out'],
): Draft[] =>
  head?.action === 'article.kept-out' || head?.action === 'article.erasing'
    ? []
    : [{ action: 'article.kept-out', details }];
