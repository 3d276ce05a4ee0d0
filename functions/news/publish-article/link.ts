import type { ArticleId } from '../../domain/news/article.ts';
import { isArticle } from '../../domain/news/entry.ts';
import { Retryable } from '../../errors.ts';
import type { Work } from './ports.ts';

/**
 * Makes `from` lead to `to` and remembers the entry there; where an article or a
 * tombstone stands under `from`, it stays.
 */
export const linkAlias = async (
  { ports: { articles }, message }: Work,
  from: ArticleId,
  to: ArticleId,
): Promise<void> => {
  const { feedId, entryHash } = message;
  const row = await articles.get(from);
  if (isArticle(row)) return articles.markSeen(from, feedId, entryHash);
  if (row?.state === 'tombstone' || from === to) return;
  const seen = { ...row?.seen, [feedId]: entryHash };
  const noted = await articles.note({ state: 'alias', id: from, aliasOf: to, seen });
  if (noted === 'taken') throw new Retryable('another run wrote the row of an address');
};
