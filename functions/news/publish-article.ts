import { dynamoClient } from '../adapters/dynamo.ts';
import { dynamoArticles } from '../adapters/dynamo-articles.ts';
import { dynamoAudit } from '../adapters/dynamo-audit.ts';
import { dynamoFeeds } from '../adapters/dynamo-feeds.ts';
import { organisationOf } from '../adapters/organisation.ts';
import { pageReader } from '../adapters/page-reader.ts';
import { politeHttp } from '../adapters/polite-http.ts';
import { s3Bodies } from '../adapters/s3-bodies.ts';
import { sqsQueue } from '../adapters/sqs-queue.ts';
import { candidateOf, type Reading } from '../domain/news/candidate.ts';
import { articleIdOf } from '../domain/news/canonical-url.ts';
import { decidePublication, isArticle, wasSeen } from '../domain/news/entry.ts';
import { remedyOf, textWaitSeconds } from '../domain/news/retry.ts';
import { suppressionOf } from '../domain/suppression.ts';
import type { Instant } from '../domain/time.ts';
import { Permanent } from '../errors.ts';
import type { EntryDue } from '../ports.ts';
import { env } from '../runtime/env.ts';
import { queued } from '../runtime/lambda.ts';
import { sha256 } from '../runtime/sha256.ts';
import { linkCopies, linkStanding } from './publish-article/copies.ts';
import { giveUp, tryLater } from './publish-article/give-up.ts';
import { keepOut } from './publish-article/keep-out.ts';
import { type Ports, type Work, workOf } from './publish-article/ports.ts';
import { readEntry } from './publish-article/read-entry.ts';
import { follow, standingOf } from './publish-article/standing.ts';
import { writeArticle } from './publish-article/write-article.ts';

export type Env = {
  FEEDS_TABLE: string;
  ARTICLES_TABLE: string;
  AUDIT_TABLE: string;
  CONTENT_BUCKET: string;
  ARTICLE_QUEUE_URL: string;
  CONTACT: string;
  PINNED_HOSTS: string;
};

const publish = async (work: Work, reading: Reading): Promise<void> => {
  const { ports, feed, message, now } = work;
  const means = { sha256, organisationOf: ports.organisationOf };
  const candidate = candidateOf(reading, message.entry, feed, now, means);
  if (candidate === null) return giveUp(work, 'its address cannot be published');
  const standing = await standingOf(work, candidate);

  const decision = decidePublication(candidate, standing);

  switch (decision.kind) {
    case 'publish':
      return writeArticle(work, candidate, standing, undefined);
    case 'update':
      return writeArticle(work, candidate, standing, decision.row);
    case 'unchanged':
      return linkStanding(work, decision.id, standing.history);
    case 'alias':
      return linkCopies(work, candidate.id, decision.of);
    case 'keptOut':
      return keepOut(work, decision.by, decision.reason);
    case 'wait':
      return tryLater(work, textWaitSeconds);
    case 'absent':
      return giveUp(work, decision.reason);
  }
};

const readAndPublish = async (work: Work, isStanding: boolean): Promise<void> => {
  const { page, feed, trouble, isGone, retryAfter } = await readEntry(work);
  if (page) return publish(work, page);

  const { now, message } = work;
  const isCarried = feed !== null;
  const { attempt } = message;
  const remedy = remedyOf({ attempt, isCarried, isStanding, isGone, retryAfter, now });

  if (remedy.kind === 'use-feed' && feed) return publish(work, feed);
  if (remedy.kind === 'retry') return tryLater(work, remedy.delaySeconds);
  return giveUp(work, trouble);
};

/** Reads one entry's page and publishes it, unless a tombstone or the same text stands. */
export const publishArticle =
  (ports: Ports) =>
  async (message: EntryDue, now: Instant): Promise<void> => {
    const { entry, feedId, entryHash } = message;
    const entryId = articleIdOf(entry.url, sha256);
    if (entryId === null) throw new Permanent('An entry without a web address was queued.');
    const feed = await ports.feeds.get(feedId);
    if (!feed) return;
    const work = workOf(ports, feed, message, entryId, now);
    const row = await ports.articles.get(entryId);
    const standing = await follow(ports.articles, row);
    const suppression = suppressionOf([standing]);
    if (suppression) return keepOut(work, suppression.by, suppression.reason);
    if (feed.state === 'removed' || wasSeen(row, feedId, entryHash)) return;
    return readAndPublish(work, isArticle(standing));
  };

export const handler = queued<EntryDue>(() => {
  const vars = env<Env>();
  const client = dynamoClient();
  return publishArticle({
    feeds: dynamoFeeds(client, vars.FEEDS_TABLE),
    articles: dynamoArticles(client, vars.ARTICLES_TABLE),
    audit: dynamoAudit(client, vars.AUDIT_TABLE),
    bodies: s3Bodies(vars.CONTENT_BUCKET),
    queue: sqsQueue<EntryDue>(vars.ARTICLE_QUEUE_URL),
    web: politeHttp({ contact: vars.CONTACT, pinnedHosts: vars.PINNED_HOSTS }),
    pages: pageReader,
    organisationOf,
  });
});
