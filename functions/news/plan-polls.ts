import { dynamoClient } from '../adapters/dynamo.ts';
import { dynamoAudit } from '../adapters/dynamo-audit.ts';
import { dynamoFeeds } from '../adapters/dynamo-feeds.ts';
import { organisationOf } from '../adapters/organisation.ts';
import { sourcesFile } from '../adapters/sources-file.ts';
import { sqsQueue } from '../adapters/sqs-queue.ts';
import { type Change, planSources, unlessSaid } from '../domain/news/sources.ts';
import { type Instant, minute } from '../domain/time.ts';
import type { AuditPort, FeedDue, FeedsPort, QueuePort, SourcesPort } from '../ports.ts';
import { env } from '../runtime/env.ts';
import { type Journal, journal } from '../runtime/journal.ts';
import { scheduled } from '../runtime/lambda.ts';

export type Env = {
  FEEDS_TABLE: string;
  AUDIT_TABLE: string;
  FEED_QUEUE_URL: string;
  SOURCES_FILE: string;
};

type Ports = {
  sources: SourcesPort;
  feeds: FeedsPort;
  audit: AuditPort;
  queue: QueuePort<FeedDue>;
  organisationOf: (host: string) => string | null;
};

const mostPolls = 200;

/** A poll that is lost with its message comes again after this. */
const lease = 10 * minute;

const apply = async (feeds: FeedsPort, log: Journal, change: Change, now: Instant) => {
  const subject = `source:${change.feed.terms.id}` as const;
  const head = await log.head(subject);
  await log.append(subject, head, unlessSaid(change.draft, head), now);
  await feeds.put(change.feed);
};

const followSources = async (ports: Ports, now: Instant): Promise<void> => {
  const terms = await ports.sources.read();
  const log = journal(ports.audit, 'plan-polls');
  const changes = planSources(terms, await ports.feeds.all(), now, ports.organisationOf);
  for (const change of changes) await apply(ports.feeds, log, change, now);
};

/** Follows the sources file, then queues the feeds that are due. */
export const planPolls =
  (ports: Ports) =>
  async (_message: undefined, now: Instant): Promise<void> => {
    // A fault in the file must not stop the sources that we know.
    const fault = await followSources(ports, now).then(
      () => null,
      (error: unknown) => ({ error }),
    );

    for (const feed of await ports.feeds.due(now, mostPolls)) {
      await ports.queue.send({ feedId: feed.terms.id });
      await ports.feeds.put({ ...feed, poll: { ...feed.poll, dueAt: now + lease } });
    }

    if (fault) throw fault.error;
  };

export const handler = scheduled(() => {
  const { FEEDS_TABLE, AUDIT_TABLE, FEED_QUEUE_URL, SOURCES_FILE } = env<Env>();
  const client = dynamoClient();
  return planPolls({
    sources: sourcesFile(SOURCES_FILE),
    feeds: dynamoFeeds(client, FEEDS_TABLE),
    audit: dynamoAudit(client, AUDIT_TABLE),
    queue: sqsQueue<FeedDue>(FEED_QUEUE_URL),
    organisationOf,
  });
});
