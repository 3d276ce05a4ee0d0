import type { Sha256 } from '../audit/chain.ts';
import { suppressionOf } from '../suppression.ts';
import type { ArticleId, ArticleRow } from './article.ts';
import { articleIdOf } from './canonical-url.ts';
import { entryHashOf, wasSeen } from './entry.ts';
import type { FeedEntry } from './source.ts';

/** An entry as it came, under the id that its own address gives it. */
export type Arrival = { id: ArticleId; entry: FeedEntry; entryHash: string };

/** Newest first; entries without a date keep the feed's order, at the end. One per article. */
export const arrivalsOf = (entries: readonly FeedEntry[], sha256: Sha256): Arrival[] => {
  const arrivals = new Map<ArticleId, Arrival>();
  for (const entry of entries) {
    const id = articleIdOf(entry.url, sha256);
    if (id === null || arrivals.has(id)) continue;
    arrivals.set(id, { id, entry, entryHash: entryHashOf(entry, sha256) });
  }
  return [...arrivals.values()].sort(
    (a, b) => (b.entry.publishedAt ?? -Infinity) - (a.entry.publishedAt ?? -Infinity) || 0,
  );
};

type Rows = ReadonlyMap<ArticleId, ArticleRow>;

const isSeen = ({ id, entryHash }: Arrival, rows: Rows, feedId: string): boolean =>
  wasSeen(rows.get(id), feedId, entryHash);

/** Where the aliases among the unseen lead: rows that must be read too. */
export const aliasTargets = (
  arrivals: readonly Arrival[],
  rows: Rows,
  feedId: string,
): ArticleId[] => {
  const unseen = arrivals.filter((arrival) => !isSeen(arrival, rows, feedId));
  const targets = unseen.flatMap(({ id }) => {
    const row = rows.get(id);
    return row?.state === 'alias' ? [row.aliasOf] : [];
  });
  return [...new Set(targets)];
};

/** The unseen: those to be read, and the tombstones that refuse the others. */
export const sortOut = (
  arrivals: readonly Arrival[],
  rows: Rows,
  feedId: string,
): { due: Arrival[]; refusedBy: ArticleId[] } => {
  const due: Arrival[] = [];
  const refusedBy = new Set<ArticleId>();
  for (const arrival of arrivals.filter((one) => !isSeen(one, rows, feedId))) {
    const row = rows.get(arrival.id);
    const standing = row?.state === 'alias' ? rows.get(row.aliasOf) : row;
    const suppression = suppressionOf([standing]);
    if (suppression) refusedBy.add(suppression.by);
    else due.push(arrival);
  }
  return { due, refusedBy: [...refusedBy] };
};
