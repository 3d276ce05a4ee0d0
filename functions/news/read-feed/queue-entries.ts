import { type Arrival, aliasTargets, arrivalsOf, sortOut } from '../../domain/news/arrivals.ts';
import { hostOf } from '../../domain/news/canonical-url.ts';
import type { Queued } from '../../domain/news/poll.ts';
import type { Feed, FeedEntry } from '../../domain/news/source.ts';
import { keptOut } from '../../domain/suppression.ts';
import type { Instant } from '../../domain/time.ts';
import type { EntryDue } from '../../ports.ts';
import { journal } from '../../runtime/journal.ts';
import { sha256 } from '../../runtime/sha256.ts';
import type { Ports } from './ports.ts';

const mostEntries = 100;

/** SQS counts bytes of the whole message; a quarter MiB is its classic limit. */
const mostContent = 200_000;
const mostMessage = 240_000;

/** Content that does not fit is dropped: the page has it too. */
const fitted = (message: EntryDue): EntryDue => {
  const { entry } = message;
  const isFitting =
    Buffer.byteLength(entry.contentHtml) <= mostContent &&
    Buffer.byteLength(JSON.stringify(message)) <= mostMessage;
  return isFitting ? message : { ...message, entry: { ...entry, contentHtml: '' } };
};

const readRows = async ({ articles }: Ports, arrivals: readonly Arrival[], feedId: string) => {
  const rows = await articles.getMany(arrivals.map(({ id }) => id));
  const targets = aliasTargets(arrivals, rows, feedId);
  return targets.length === 0 ? rows : new Map([...rows, ...(await articles.getMany(targets))]);
};

/** Queues what is new or changed, newest first; a tombstone refuses without a message. */
export const queueEntries = async (
  ports: Ports,
  { terms }: Feed,
  entries: readonly FeedEntry[],
  now: Instant,
): Promise<Queued> => {
  const arrivals = arrivalsOf(entries, sha256);
  if (arrivals.length === 0) return { count: 0, isMore: false };
  const rows = await readRows(ports, arrivals, terms.id);

  const { due, refusedBy } = sortOut(arrivals, rows, terms.id);

  const log = journal(ports.audit, 'read-feed');
  const details = { source: terms.id, host: hostOf(terms.feedUrl), reason: 'tombstone' } as const;
  for (const id of refusedBy) {
    const head = await log.head(`article:${id}`);
    await log.append(`article:${id}`, head, keptOut(head, details), now);
  }
  const first = due.slice(0, mostEntries);
  for (const { entry, entryHash } of first) {
    await ports.queue.send(fitted({ feedId: terms.id, entry, entryHash, attempt: 1 }));
  }
  return { count: first.length, isMore: due.length > first.length };
};
