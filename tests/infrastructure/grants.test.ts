import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mayOf, variablesOf } from './rights.ts';
import { listOf, plain, type Resource, root, stepsOf, synthesize } from './synthesize.ts';

const synth = synthesize();
const steps = [...stepsOf(synth)];

type Need = { on: string; actions: string[] };

const db = (table: string, ...actions: string[]): Need => ({
  on: `table/sundown-${table}`,
  actions: actions.map((action) => `dynamodb:${action}`),
});
const lists: Need[] = ['byDay', 'bySource'].map((index) => db(`articles/index/${index}`, 'Query'));
const listing = [...lists, db('articles', 'GetItem', 'BatchGetItem')];
const due = (table: string): Need[] => [
  db(`${table}/index/byDue`, 'Query'),
  db(table, 'BatchGetItem'),
];
const objects = (bucket: string, prefix: string, ...actions: string[]): Need => ({
  on: `sundown-${bucket}-<AWS::AccountId>-<AWS::Region>${prefix}`,
  actions: actions.map((action) => `s3:${action}`),
});
const remains = objects(
  'content',
  '',
  'ListBucket',
  'ListBucketVersions',
  'ListBucketMultipartUploads',
);
const removal = ['DeleteObject', 'DeleteObjectVersion', 'AbortMultipartUpload'];
const update = [db('articles', 'UpdateItem')];
// a row that goes live is entered in the row of days
const store = [db('articles', 'PutItem', 'UpdateItem')];
const head = [db('audit', 'Query')];
const append = [db('audit', 'PutItem')];

/** What each method of a port asks of AWS, as the adapters of functions/adapters ask it. */
const needs: Record<string, Need[]> = {
  'articles.get': [db('articles', 'GetItem')],
  'articles.getMany': [db('articles', 'BatchGetItem')],
  'articles.publish': store,
  'articles.replace': store,
  'articles.note': [db('articles', 'PutItem')],
  'articles.markSeen': update,
  'articles.addAlias': update,
  'articles.hide': update,
  'articles.show': update,
  'articles.entomb': [db('articles', 'PutItem')],
  'articles.claimFingerprint': [db('articles', 'PutItem', 'GetItem')],
  'articles.readFingerprint': [db('articles', 'GetItem')],
  'articles.entombFingerprint': [db('articles', 'PutItem')],
  'articles.newest': listing,
  'articles.ofSource': listing,
  'feeds.get': [db('feeds', 'GetItem')],
  'feeds.put': [db('feeds', 'PutItem')],
  'feeds.due': due('feeds'),
  'feeds.all': [db('feeds', 'Scan')],
  'cases.get': [db('cases', 'GetItem')],
  'cases.put': [db('cases', 'PutItem')],
  'cases.due': due('cases'),
  'cases.open': due('cases'),
  'cases.admitHide': [db('cases', 'UpdateItem')],
  'bodies.put': [objects('content', '/articles/*', 'PutObject')],
  'bodies.get': [
    objects('content', '/articles/*', 'GetObject'),
    objects('content', '', 'ListBucket'),
  ],
  'bodies.erase': [objects('content', '/articles/*', ...removal), remains],
  'bodies.survey': [remains],
  'inbox.read': [objects('inbox', '/mail/*', 'GetObject'), objects('inbox', '', 'ListBucket')],
  'inbox.list': [objects('inbox', '', 'ListBucket')],
  'ledger.put': [objects('ledger', '/checkpoints/*', 'PutObject')],
  'audit.head': head,
  'audit.all': [db('audit', 'Scan')],
  'log.head': head,
  'log.history': head,
  'log.append': append,
};

const ports = [...new Set(Object.keys(needs).map((need) => need.split('.')[0]))].join('|');
const anyCall = new RegExp(`\\b(?:${ports})\\.\\w+(?=\\()`, 'g');

const sourceOf = (step: string): string => {
  const folder = join(root, 'functions', step);
  const parts = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
  return [`${folder}.ts`, ...parts].map((path) => readFileSync(path, 'utf8')).join('\n');
};

const flat = (all: Need[]): string[] =>
  [...new Set(all.flatMap(({ on, actions }) => actions.map((action) => `${action} ${on}`)))].sort();

const granted = (step: Resource): string[] =>
  flat(
    mayOf(synth, step).flatMap(({ Action, Resource }) =>
      listOf(Resource).map((arn) => ({
        on: plain(arn).replace(/^arn:.*?(?=table\/|sundown-)/, ''),
        actions: listOf(Action).filter((action) => /^(dynamodb|s3):/.test(action)),
      })),
    ),
  );

describe('what a step may do in tables and buckets', () => {
  it.each(steps)('is for %s what its ports ask, no less and no more', (name, step) => {
    const calls = [...new Set(sourceOf(name).match(anyCall))];

    expect(calls.filter((call) => !(call in needs))).toEqual([]);
    expect(calls.length).toBeGreaterThan(0);
    expect(granted(step)).toEqual(flat(calls.flatMap((call) => needs[call] ?? [])));
  });
});

describe('what a step may do elsewhere', () => {
  const elsewhere: Record<string, [action: string, resource: RegExp]> = {
    FEED_QUEUE_URL: ['sqs:SendMessage', /:sundown-feed$/],
    ARTICLE_QUEUE_URL: ['sqs:SendMessage', /:sundown-article$/],
    CASE_QUEUE_URL: ['sqs:SendMessage', /:sundown-case$/],
    LETTER_QUEUE_URL: ['sqs:SendMessage', /:sundown-letter$/],
    INBOX_QUEUE_URL: ['sqs:SendMessage', /:sundown-inbox$/],
    PAGER_TOPIC_ARN: ['sns:Publish', /:sundown-pager$/],
    DISTRIBUTION_ID: ['cloudfront:CreateInvalidation', /:distribution\//],
    SIGNING_KEY_ID: ['kms:Sign', /:key\/\*$/],
    CONFIGURATION_SET: ['ses:SendRawEmail', /:configuration-set\/sundown-letters$/],
  };

  it.each(steps)('follows for %s from the places it is told of', (_name, step) => {
    const told = variablesOf(step).filter((name) => name in elsewhere);
    const may = mayOf(synth, step);

    for (const [action, resource] of told.map((name) => elsewhere[name] ?? ['', /^$/]))
      expect(
        may.some(
          ({ Action, Resource }) =>
            listOf(Action).includes(action) &&
            listOf(Resource).some((arn) => resource.test(plain(arn))),
        ),
      ).toBe(true);
  });
});
