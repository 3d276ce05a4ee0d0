import { Duration } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Env as PlanPolls } from '../../functions/news/plan-polls.ts';
import type { Env as PublishArticle } from '../../functions/news/publish-article.ts';
import type { Env as ReadFeed } from '../../functions/news/read-feed.ts';
import { grantsOf } from './grants.ts';
import { LambdaStep } from './lambda-step.ts';
import { namesOf } from './names.ts';
import type { Settings } from './settings.ts';
import { StepSchedule } from './step-schedule.ts';
import { workQueue } from './work-queue.ts';

/** The OPML file lies beside the bundle under this name. */
const sourcesFile = 'sources.opml';

/** Some fetches of up to 20 s each; at most five of a kind at once, for the publishers' sake. */
const fetching = {
  timeout: Duration.minutes(3),
  polite: { batchSize: 5, maxConcurrency: 5, reportBatchItemFailures: true },
};

const addPlanPolls = (scope: Construct, settings: Settings, feeds: IQueue, dead: IQueue): void => {
  const grants = grantsOf(scope, settings);
  const { table } = namesOf(settings);
  const step = new LambdaStep<PlanPolls>(scope, {
    settings,
    step: 'news/plan-polls',
    env: {
      FEEDS_TABLE: table.feeds,
      AUDIT_TABLE: table.audit,
      FEED_QUEUE_URL: feeds.queueUrl,
      SOURCES_FILE: sourcesFile,
    },
    timeout: Duration.minutes(1),
    memoryMiB: 256,
    files: { [sourcesFile]: settings.sources },
    deadLetters: dead,
    may: [
      grants.rows('feeds', 'BatchGetItem', 'PutItem', 'Scan'),
      grants.index('feeds', 'byDue'),
      grants.appendToAudit(),
      grants.send('feed'),
    ],
  });
  new StepSchedule(scope, 'PlanPollsSchedule', {
    expression: 'rate(1 minute)',
    step,
    deadLetters: dead,
    staleAfterSeconds: 300,
  });
};

const addReadFeed = (
  scope: Construct,
  settings: Settings,
  feeds: IQueue,
  articles: IQueue,
): void => {
  const grants = grantsOf(scope, settings);
  const { table } = namesOf(settings);
  const step = new LambdaStep<ReadFeed>(scope, {
    settings,
    step: 'news/read-feed',
    env: {
      FEEDS_TABLE: table.feeds,
      ARTICLES_TABLE: table.articles,
      AUDIT_TABLE: table.audit,
      ARTICLE_QUEUE_URL: articles.queueUrl,
      CONTACT: settings.contact,
      PINNED_HOSTS: '',
    },
    timeout: fetching.timeout,
    memoryMiB: 512,
    may: [
      grants.rows('feeds', 'GetItem', 'PutItem'),
      grants.rows('articles', 'BatchGetItem'),
      grants.appendToAudit(),
      grants.send('article'),
    ],
  });
  step.function.addEventSource(new SqsEventSource(feeds, fetching.polite));
};

const addPublishArticle = (scope: Construct, settings: Settings, articles: IQueue): void => {
  const grants = grantsOf(scope, settings);
  const { table, bucket } = namesOf(settings);
  const step = new LambdaStep<PublishArticle>(scope, {
    settings,
    step: 'news/publish-article',
    env: {
      FEEDS_TABLE: table.feeds,
      ARTICLES_TABLE: table.articles,
      AUDIT_TABLE: table.audit,
      CONTENT_BUCKET: bucket.content,
      ARTICLE_QUEUE_URL: articles.queueUrl,
      CONTACT: settings.contact,
      PINNED_HOSTS: '',
    },
    timeout: fetching.timeout,
    memoryMiB: 1024,
    may: [
      grants.rows('feeds', 'GetItem'),
      grants.rows('articles', 'GetItem', 'PutItem', 'UpdateItem'),
      grants.objects('content', 'articles', 'PutObject'),
      ...grants.eraseArticles(),
      grants.appendToAudit(),
      grants.send('article'),
    ],
  });
  step.function.addEventSource(new SqsEventSource(articles, fetching.polite));
};

/** plan-polls ─▶ read-feed ─▶ publish-article */
export const addNewsRiver = (scope: Construct, settings: Settings, dead: IQueue): void => {
  const { timeout } = fetching;
  const feeds = workQueue(scope, 'FeedQueue', settings, { purpose: 'feed', timeout });
  const articles = workQueue(scope, 'ArticleQueue', settings, { purpose: 'article', timeout });
  addPlanPolls(scope, settings, feeds, dead);
  addReadFeed(scope, settings, feeds, articles);
  addPublishArticle(scope, settings, articles);
};
