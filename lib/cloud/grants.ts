import { Aws, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { bucketArn, namesOf, queueArn, tableArn, topicArn } from './names.ts';
import { adminAddress, type Settings } from './settings.ts';

type Tables = ReturnType<typeof namesOf>['table'];
type Buckets = ReturnType<typeof namesOf>['bucket'];

type ItemAction = 'GetItem' | 'BatchGetItem' | 'PutItem' | 'UpdateItem' | 'Scan';
type ObjectAction = 'GetObject' | 'PutObject';

/** A statement, and why its resource may end in a wildcard where it does. */
export type Permit = { statement: PolicyStatement; wildcard?: { resource: string; why: string } };

const allow = (actions: string[], ...resources: string[]): Permit => ({
  statement: new PolicyStatement({ actions, resources }),
});

const allowUnder = (actions: string[], resource: string, why: string): Permit => ({
  ...allow(actions, resource),
  wildcard: { resource, why },
});

const under = (permit: Permit, conditions: Record<string, Record<string, string>>): Permit => {
  permit.statement.addConditions(conditions);
  return permit;
};

const whyObjects = 'Objects are named while we run; the prefix is all that a template can know.';

const onTables = (scope: Construct, { table: names }: ReturnType<typeof namesOf>) => {
  const arnOf = (table: keyof Tables): string => tableArn(scope, names[table]);
  return {
    rows: (table: Exclude<keyof Tables, 'audit'>, ...actions: ItemAction[]) =>
      allow(
        actions.map((action) => `dynamodb:${action}`),
        arnOf(table),
      ),
    index: (table: keyof Tables, ...indexes: string[]) =>
      allow(['dynamodb:Query'], ...indexes.map((index) => `${arnOf(table)}/index/${index}`)),
    /** IAM cannot demand the condition of the put: the chain shows an overwrite. */
    appendToAudit: () => allow(['dynamodb:PutItem', 'dynamodb:Query'], arnOf('audit')),
    readAudit: () => allow(['dynamodb:Query'], arnOf('audit')),
    readWholeAudit: () => allow(['dynamodb:Scan'], arnOf('audit')),
  };
};

const onBuckets = (scope: Construct, { bucket: names }: ReturnType<typeof namesOf>) => {
  const arnOf = (bucket: keyof Buckets): string => bucketArn(scope, names[bucket]);
  return {
    objects: (bucket: keyof Buckets, prefix: string, ...actions: ObjectAction[]) =>
      allowUnder(
        actions.map((action) => `s3:${action}`),
        `${arnOf(bucket)}/${prefix}/*`,
        whyObjects,
      ),
    /** Without it S3 answers 403 for what is not there, and an error is not an absence. */
    list: (bucket: keyof Buckets) => allow(['s3:ListBucket'], arnOf(bucket)),
    /** To remove all of an article, and to see that nothing is left. */
    eraseArticles: () => [
      allow(
        ['s3:ListBucket', 's3:ListBucketVersions', 's3:ListBucketMultipartUploads'],
        arnOf('content'),
      ),
      allowUnder(
        ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:AbortMultipartUpload'],
        `${arnOf('content')}/articles/*`,
        whyObjects,
      ),
    ],
  };
};

/** What a step may do: each a statement with its actions and resources spelt out. */
export const grantsOf = (scope: Construct, settings: Settings) => {
  const names = namesOf(settings);
  const arn = (service: string, resource: string, resourceName: string): string =>
    Stack.of(scope).formatArn({ service, resource, resourceName });
  return {
    ...onTables(scope, names),
    ...onBuckets(scope, names),
    send: (...queues: string[]) =>
      allow(['sqs:SendMessage'], ...queues.map((queue) => queueArn(scope, names.queue(queue)))),
    callAPerson: () => allow(['sns:Publish'], topicArn(scope, names.pagerTopic)),
    purge: (distributionId: string) =>
      allow(
        ['cloudfront:CreateInvalidation'],
        `arn:${Aws.PARTITION}:cloudfront::${Aws.ACCOUNT_ID}:distribution/${distributionId}`,
      ),
    /** While the account is in the sandbox, SES asks for the recipient's identity as well. */
    writeLetters: () => {
      const identities = arn('ses', 'identity', '*');
      const permit = allowUnder(
        ['ses:SendRawEmail'],
        identities,
        'Who is written to is known while we run; the condition leaves one address to write from.',
      );
      permit.statement.addResources(arn('ses', 'configuration-set', names.letters));
      return under(permit, { StringEquals: { 'ses:FromAddress': adminAddress(settings) } });
    },
    sign: () =>
      under(
        allowUnder(
          ['kms:Sign'],
          arn('kms', 'key', '*'),
          'Only the data stack knows the id of the key; the condition on its alias leaves one key.',
        ),
        { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': names.signingKey } },
      ),
  };
};
