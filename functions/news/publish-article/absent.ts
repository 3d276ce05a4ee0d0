import { Retryable } from '../../errors.ts';
import type { Work } from './ports.ts';

/** Remembers an entry that is not published, with the reason, until it changes. */
export const noteAbsent = async (
  { ports: { articles }, entryId, message }: Work,
  reason: string,
): Promise<void> => {
  const { feedId, entryHash } = message;
  const row = await articles.get(entryId);
  if (row?.state === 'tombstone') return;
  if (row && row.state !== 'absent') return articles.markSeen(entryId, feedId, entryHash);
  const seen = { ...row?.seen, [feedId]: entryHash };
  const noted = await articles.note({ state: 'absent', id: entryId, reason, seen });
  if (noted === 'taken') throw new Retryable('another run wrote the row of an entry');
};
