import { hostOf } from '../../domain/news/canonical-url.ts';
import { unlessSaid } from '../../domain/news/sources.ts';
import { noteAbsent } from './absent.ts';
import type { Work } from './ports.ts';

/** Ends the road of an entry with an event that says why. */
export const giveUp = async (work: Work, reason: string): Promise<void> => {
  const { log, feed, message, entryId, now } = work;
  const host = hostOf(message.entry.url);
  const details = { source: feed.terms.id, host, reason, attempts: message.attempt };
  const subject = `article:${entryId}` as const;
  const head = await log.head(subject);
  await log.append(subject, head, unlessSaid({ action: 'article.given-up', details }, head), now);
  await noteAbsent(work, reason);
};

export const tryLater = async (
  { ports: { queue }, message }: Work,
  delaySeconds: number,
): Promise<void> => queue.send({ ...message, attempt: message.attempt + 1 }, delaySeconds);
