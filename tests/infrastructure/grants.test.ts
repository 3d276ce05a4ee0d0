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
  'cases.all': [db('cases', 'Scan')],
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
  'ledger.get': [
    objects('ledger', '/checkpoints/*', 'GetObject'),
    objects('ledger', '', 'ListBucket'),
  ],
  'ledger.list': [objects('ledger', '', 'ListBucket')],
  'audit.head': head,
  'audit.history': head,
  'audit.append': append,
  'audit.ofDay': [db('audit/index/byDay', 'Query')],
  'audit.heads': [db('audit', 'Scan')],
  'audit.all': [db('audit', 'Scan')],
  'log.head': head,
  'log.history': head,
  'log.append': append,
};

const stores = ['Articles', 'Feeds', 'Cases', 'Bodies', 'Inbox', 'Ledger', 'Audit'];

const methodsOf = (store: string): string[] => {
  const source = readFileSync(join(root, 'functions/ports.ts'), 'utf8');
  const [, body = ''] = new RegExp(`type ${store}Port = \\{(.*?)\\n\\}`, 's').exec(source) ?? [];
  return [...body.matchAll(/^ {2}(\w+)\(/gm)].map(([, name]) => name ?? '');
};

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
  it.each(stores)('is known for every method of %s', (store) => {
    const methods = methodsOf(store).map((method) => `${store.toLowerCase()}.${method}`);

    expect(methods.length).toBeGreaterThan(0);
    expect(methods.filter((method) => !(method in needs))).toEqual([]);
  });

  it.each(steps)('is for %s what its ports ask, no less and no more', (name, step) => {
    const source = sourceOf(name);
    const calls = Object.keys(needs).filter((call) => source.includes(`${call}(`));

    expect(calls.length).toBeGreaterThan(0);
    expect(granted(step)).toEqual(flat(calls.flatMap((call) => needs[call] ?? [])));
  });
});

describe('what a step may do elsewhere', () => {
  const elsewhere = new Map<string, readonly [action: string, resource: RegExp]>(
    Object.entries({
      FEED_QUEUE_URL: ['sqs:SendMessage', /:sundown-feed$/],
      ARTICLE_QUEUE_URL: ['sqs:SendMessage', /:sundown-article$/],
      CASE_QUEUE_URL: ['sqs:SendMessage', /:sundown-case$/],
      LETTER_QUEUE_URL: ['sqs:SendMessage', /:sundown-letter$/],
      INBOX_QUEUE_URL: ['sqs:SendMessage', /:sundown-inbox$/],
      PAGER_TOPIC_ARN: ['sns:Publish', /:sundown-pager$/],
      DISTRIBUTION_ID: ['cloudfront:CreateInvalidation', /:distribution\//],
      SIGNING_KEY_ID: ['kms:Sign', /:key\/\*$/],
      CONFIGURATION_SET: ['ses:SendRawEmail', /:configuration-set\/sundown-letters$/],
    } as const),
  );

  it.each(steps)('follows for %s from the places it is told of', (_name, step) => {
    const told = variablesOf(step).flatMap((name) => {
      const place = elsewhere.get(name);
      return place ? [place] : [];
    });
    const may = mayOf(synth, step);
    const isAllowed = ([action, resource]: readonly [string, RegExp]): boolean =>
      may.some(
        ({ Action, Resource }) =>
          listOf(Action).includes(action) &&
          listOf(Resource).some((arn) => resource.test(plain(arn))),
      );

    expect(told.filter((place) => !isAllowed(place))).toEqual([]);
  });
});
