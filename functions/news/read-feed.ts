import { dynamoClient } from '../adapters/dynamo.ts';
import { dynamoArticles } from '../adapters/dynamo-articles.ts';
import { dynamoAudit } from '../adapters/dynamo-audit.ts';
import { dynamoFeeds } from '../adapters/dynamo-feeds.ts';
import { feedParser } from '../adapters/feed-parser.ts';
import { politeHttp } from '../adapters/polite-http.ts';
import { sqsQueue } from '../adapters/sqs-queue.ts';
import type { FetchResult, ParsedFeed } from '../domain/news/page.ts';
import { pollOf } from '../domain/news/poll.ts';
import type { Feed } from '../domain/news/source.ts';
import { unlessSaid } from '../domain/news/sources.ts';
import { type Instant, second } from '../domain/time.ts';
import type { EntryDue, FeedDue } from '../ports.ts';
import { env } from '../runtime/env.ts';
import { journal } from '../runtime/journal.ts';
import { logger, queued } from '../runtime/lambda.ts';
import type { Ports } from './read-feed/ports.ts';
import { queueEntries } from './read-feed/queue-entries.ts';

export type Env = {
  FEEDS_TABLE: string;
  ARTICLES_TABLE: string;
  AUDIT_TABLE: string;
  ARTICLE_QUEUE_URL: string;
  CONTACT: string;
  PINNED_HOSTS: string;
};

const accept =
  'application/rss+xml, application/atom+xml, application/rdf+xml, application/feed+json, application/xml;q=0.9, application/json;q=0.9, text/xml;q=0.9, */*;q=0.1';
const maxBytes = 5 * 1024 * 1024;

/** A message that comes twice asks the publisher once. */
const shortest = 30 * second;

const isDue = ({ state, poll }: Feed, now: Instant): boolean =>
  state === 'active' && (poll.lastPolledAt === null || now - poll.lastPolledAt >= shortest);

const poll = async ({ web, parser }: Ports, { terms, poll }: Feed, now: Instant) => {
  const { etag, lastModified } = poll;
  const url = poll.movedTo ?? terms.feedUrl;
  const answer = await web.fetch({ url, accept, etag, lastModified, maxBytes, now });
  if (answer.kind !== 'fetched') return { answer };
  const contentType = answer.headers['content-type'] ?? '';
  return {
    answer,
    parsed: parser.parse({ bytes: answer.bytes, url: answer.url, contentType }, now),
  };
};

/** What an operator may want to know of a poll that brought less than it could. */
const report = (feedId: string, answer: FetchResult, parsed: ParsedFeed | undefined): void => {
  if (answer.kind === 'failed') logger.warn('feed failed', { feedId, reason: answer.reason });
  if (answer.kind === 'gone') logger.warn('feed not found', { feedId, status: answer.status });
  if (parsed?.kind === 'unreadable') {
    logger.warn('feed unreadable', { feedId, reason: parsed.reason });
  }
  if (parsed?.kind === 'feed' && parsed.problems.length > 0) {
    logger.warn('feed has faults', { feedId, problems: parsed.problems.slice(0, 20) });
  }
};

/** Polls one feed and queues its entries that are new or changed. */
export const readFeed =
  (ports: Ports) =>
  async ({ feedId }: FeedDue, now: Instant): Promise<void> => {
    const feed = await ports.feeds.get(feedId);
    if (!feed || !isDue(feed, now)) return;
    const { answer, parsed } = await poll(ports, feed, now);
    report(feedId, answer, parsed);
    const entries = parsed?.kind === 'feed' ? parsed.entries : [];
    const queued = await queueEntries(ports, feed, entries, now);

    const { draft, next } = pollOf(feed, answer, parsed, queued, now);

    if (draft) {
      const log = journal(ports.audit, 'read-feed');
      const head = await log.head(`source:${feedId}`);
      await log.append(`source:${feedId}`, head, unlessSaid(draft, head), now);
    }
    await ports.feeds.put(next);
  };

export const handler = queued<FeedDue>(() => {
  const { FEEDS_TABLE, ARTICLES_TABLE, AUDIT_TABLE, ARTICLE_QUEUE_URL, CONTACT, PINNED_HOSTS } =
    env<Env>();
  const client = dynamoClient();
  return readFeed({
    feeds: dynamoFeeds(client, FEEDS_TABLE),
    articles: dynamoArticles(client, ARTICLES_TABLE),
    audit: dynamoAudit(client, AUDIT_TABLE),
    queue: sqsQueue<EntryDue>(ARTICLE_QUEUE_URL),
    web: politeHttp({ contact: CONTACT, pinnedHosts: PINNED_HOSTS }),
    parser: feedParser,
  });
});
