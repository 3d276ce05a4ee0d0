import type { Means } from '../../domain/news/candidate.ts';
import type { Feed } from '../../domain/news/source.ts';
import type { Instant } from '../../domain/time.ts';
import type {
  ArticlesPort,
  AuditPort,
  BodiesPort,
  EntryDue,
  FeedsPort,
  PageReaderPort,
  QueuePort,
  WebPort,
} from '../../ports.ts';
import { type Journal, journal } from '../../runtime/journal.ts';

export type Ports = {
  feeds: FeedsPort;
  articles: ArticlesPort;
  audit: AuditPort;
  bodies: BodiesPort;
  queue: QueuePort<EntryDue>;
  web: WebPort;
  pages: PageReaderPort;
  organisationOf: Means['organisationOf'];
};

/** One entry on its way: what every part of the step needs to know. */
export type Work = {
  ports: Ports;
  log: Journal;
  feed: Feed;
  message: EntryDue;
  entryId: string;
  now: Instant;
};

export const workOf = (
  ports: Ports,
  feed: Feed,
  message: EntryDue,
  entryId: string,
  now: Instant,
): Work => ({ ports, log: journal(ports.audit, 'publish-article'), feed, message, entryId, now });
