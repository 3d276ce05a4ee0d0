import { Duration } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Env as EnforceCases } from '../../functions/takedown/enforce-cases.ts';
import type { Env as ReceiveMail } from '../../functions/takedown/receive-mail.ts';
import type { Env as SendLetters } from '../../functions/takedown/send-letters.ts';
import { grantsOf } from './grants.ts';
import { LambdaStep } from './lambda-step.ts';
import { namesOf, topicArn } from './names.ts';
import { adminAddress, type Settings } from './settings.ts';
import { StepSchedule } from './step-schedule.ts';
import { workQueue } from './work-queue.ts';

const timeouts = {
  mail: Duration.minutes(2),
  case: Duration.minutes(5),
  letter: Duration.minutes(1),
};

/** What a takedown must know of the site: where it is seen, and which cache to purge. */
export type Edge = { distributionId: string; siteOrigin: string };

type Queues = Record<'inbox' | 'cases' | 'letters', IQueue>;

const addReceiveMail = (scope: Construct, settings: Settings, edge: Edge, queues: Queues): void => {
  const grants = grantsOf(scope, settings);
  const { table, bucket } = namesOf(settings);
  const step = new LambdaStep<ReceiveMail>(scope, {
    settings,
    step: 'takedown/receive-mail',
    env: {
      INBOX_BUCKET: bucket.inbox,
      ARTICLES_TABLE: table.articles,
      FEEDS_TABLE: table.feeds,
      CASES_TABLE: table.cases,
      AUDIT_TABLE: table.audit,
      CASE_QUEUE_URL: queues.cases.queueUrl,
      LETTER_QUEUE_URL: queues.letters.queueUrl,
      SITE_ORIGIN: edge.siteOrigin,
      ADMIN_ADDRESS: adminAddress(settings),
    },
    timeout: timeouts.mail,
    // SES takes mails of 40 MB: parsed, that is some 300 MB
    memoryMiB: 1024,
    may: [
      grants.objects('inbox', 'mail', 'GetObject'),
      grants.list('inbox'),
      grants.rows('articles', 'BatchGetItem'),
      grants.rows('feeds', 'Scan'),
      grants.rows('cases', 'GetItem', 'PutItem'),
      grants.appendToAudit(),
      grants.send('case', 'letter'),
    ],
  });
  // one at a time: a mail that breaks the function takes no other with it. No maximum of
  // batches here and below: with one, Lambda polls an idle queue as if it were busy
  const source = { batchSize: 1, reportBatchItemFailures: true };
  step.function.addEventSource(new SqsEventSource(queues.inbox, source));
};

const addEnforceCases = (
  scope: Construct,
  settings: Settings,
  edge: Edge,
  queues: Queues & { dead: IQueue },
): void => {
  const grants = grantsOf(scope, settings);
  const { table, bucket, pagerTopic } = namesOf(settings);
  const step = new LambdaStep<EnforceCases>(scope, {
    settings,
    step: 'takedown/enforce-cases',
    env: {
      CASES_TABLE: table.cases,
      ARTICLES_TABLE: table.articles,
      AUDIT_TABLE: table.audit,
      CONTENT_BUCKET: bucket.content,
      DISTRIBUTION_ID: edge.distributionId,
      SITE_ORIGIN: edge.siteOrigin,
      LETTER_QUEUE_URL: queues.letters.queueUrl,
      PAGER_TOPIC_ARN: topicArn(scope, pagerTopic),
    },
    timeout: timeouts.case,
    memoryMiB: 512,
    deadLetters: queues.dead,
    may: [
      grants.rows('cases', 'GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'),
      grants.index('cases', 'byDue'),
      grants.rows('articles', 'GetItem', 'PutItem', 'UpdateItem'),
      grants.appendToAudit(),
      ...grants.eraseArticles(),
      grants.purge(edge.distributionId),
      grants.send('letter'),
      grants.callAPerson(),
    ],
  });
  const source = { batchSize: 5, reportBatchItemFailures: true };
  step.function.addEventSource(new SqsEventSource(queues.cases, source));
  new StepSchedule(scope, 'EnforceCasesSchedule', {
    expression: 'rate(1 minute)',
    step,
    deadLetters: queues.dead,
    staleAfterSeconds: 300,
  });
};

const addSendLetters = (
  scope: Construct,
  settings: Settings,
  edge: Edge,
  letters: IQueue,
): void => {
  const grants = grantsOf(scope, settings);
  const { table, letters: configurationSet } = namesOf(settings);
  const step = new LambdaStep<SendLetters>(scope, {
    settings,
    step: 'takedown/send-letters',
    env: {
      CASES_TABLE: table.cases,
      AUDIT_TABLE: table.audit,
      SITE_ORIGIN: edge.siteOrigin,
      ADMIN_ADDRESS: adminAddress(settings),
      CONFIGURATION_SET: configurationSet,
    },
    timeout: timeouts.letter,
    memoryMiB: 512,
    may: [
      grants.rows('cases', 'GetItem', 'PutItem'),
      grants.appendToAudit(),
      grants.writeLetters(),
    ],
  });
  const source = { batchSize: 5, reportBatchItemFailures: true };
  step.function.addEventSource(new SqsEventSource(letters, source));
};

/** SES says by a topic that a mail is stored; the topic's owner is mail-stack. */
const letMailIn = (scope: Construct, settings: Settings, inbox: IQueue): void => {
  inbox.addToResourcePolicy(
    new PolicyStatement({
      sid: 'MailTopic',
      principals: [new ServicePrincipal('sns.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [inbox.queueArn],
      conditions: { ArnEquals: { 'aws:SourceArn': topicArn(scope, namesOf(settings).mailTopic) } },
    }),
  );
};

/** receive-mail ─▶ enforce-cases ─▶ send-letters; @returns the queue that mail arrives in */
export const addTakedownRiver = (
  scope: Construct,
  settings: Settings,
  edge: Edge,
  dead: IQueue,
): IQueue => {
  const queue = (id: string, purpose: string, timeout: Duration): IQueue =>
    workQueue(scope, id, settings, { purpose, timeout });
  const queues: Queues = {
    inbox: queue('InboxQueue', 'inbox', timeouts.mail),
    cases: queue('CaseQueue', 'case', timeouts.case),
    letters: queue('LetterQueue', 'letter', timeouts.letter),
  };
  letMailIn(scope, settings, queues.inbox);
  addReceiveMail(scope, settings, edge, queues);
  addEnforceCases(scope, settings, edge, { ...queues, dead });
  addSendLetters(scope, settings, edge, queues.letters);
  return queues.inbox;
};
