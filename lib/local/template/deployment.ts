import type { TableSpec } from '../endpoint/dynamo.ts';
import type { KeySpec } from '../endpoint/kms.ts';
import type { SesSpec } from '../endpoint/ses.ts';
import type { TopicSpec } from '../endpoint/sns.ts';
import type { FunctionSpec } from '../functions/types.ts';
import type { ReceiptRule } from '../mail/receipt.ts';
import type { BucketSpec } from '../s3/types.ts';
import type { QueueSpec } from '../sqs/queue.ts';
import type { Assembly } from './assembly.ts';
import { type DistributionSpec, distributionOf } from './distribution.ts';
import { isTrue, objectOf, objectsOf, textOf, textsOf } from './json.ts';
import { notRun } from './known.ts';
import { arnOf, keyIdOf, type Named, nameOf, type Places } from './naming.ts';
import { resolveAll } from './resolve.ts';
import { bucketOf, queueOf, tableOf } from './stores.ts';
import { type MappingSpec, mappingOf, type ScheduleSpec, schedulesOf } from './triggers.ts';

/** A synthesized app as this machine can run it. */
export type Deployment = {
  tables: TableSpec[];
  buckets: BucketSpec[];
  queues: QueueSpec[];
  topics: TopicSpec[];
  keys: KeySpec[];
  ses: SesSpec;
  receiptRules: ReceiptRule[];
  functions: FunctionSpec[];
  mappings: MappingSpec[];
  schedules: ScheduleSpec[];
  distribution: DistributionSpec | undefined;
  notRun: ReturnType<typeof notRun>;
};

const lastOf = (arn: string): string => arn.split(':').at(-1) ?? '';

const topicOf = (topic: Named, subscriptions: readonly Named[]): TopicSpec => {
  const arn = arnOf(topic);
  const queues = subscriptions
    .map(({ properties }) => properties)
    .filter((one) => one['TopicArn'] === arn && one['Protocol'] === 'sqs')
    .map((one) => ({
      name: lastOf(textOf(one['Endpoint'])),
      raw: isTrue(one['RawMessageDelivery']),
    }));
  return { arn, queues };
};

const keyOf = (key: Named, aliases: readonly Named[]): KeySpec => {
  const [id, arn] = [keyIdOf(key), arnOf(key)];
  const ours = aliases.filter(({ properties }) =>
    [id, arn].includes(textOf(properties['TargetKeyId'])),
  );
  return { id, arn, aliases: ours.map(nameOf) };
};

const functionOf = (named: Named, assembly: Assembly): FunctionSpec => {
  const { properties } = named;
  const variables = objectOf(objectOf(properties['Environment'])['Variables']);
  return {
    name: nameOf(named),
    codeDir: assembly.assetDir(textOf(objectOf(properties['Code'])['S3Key'])),
    handler: textOf(properties['Handler']),
    environment: Object.fromEntries(
      Object.entries(variables).map(([name, value]) => [name, textOf(value)]),
    ),
    timeoutMs: Number(properties['Timeout'] ?? 3) * 1000,
    memoryMiB: Number(properties['MemorySize'] ?? 128),
    deadLetterQueue: lastOf(textOf(objectOf(properties['DeadLetterConfig'])['TargetArn'])) || null,
  };
};

const rulesOf = ({ properties }: Named): ReceiptRule[] => {
  const rule = objectOf(properties['Rule']);
  const topicOrNull = (arn: string): string | null => (arn === '' ? null : arn);
  return objectsOf(rule['Actions'])
    .map((action) => objectOf(action['S3Action']))
    .filter((action) => action['BucketName'] !== undefined)
    .map((action) => ({
      recipients: textsOf(rule['Recipients']),
      bucket: textOf(action['BucketName']),
      prefix: textOf(action['ObjectKeyPrefix']),
      topicArn: topicOrNull(textOf(action['TopicArn'])),
    }));
};

/** What starts functions; a function that nothing starts is not run. */
const startersOf = (of: (...types: string[]) => Named[], all: readonly Named[], places: Places) => {
  const [distribution] = of('AWS::CloudFront::Distribution');
  return {
    mappings: of('AWS::Lambda::EventSourceMapping').map(mappingOf),
    schedules: of('AWS::Scheduler::Schedule', 'AWS::Events::Rule').flatMap(schedulesOf),
    distribution: distribution && distributionOf(distribution, all, places),
  };
};

export const deploymentOf = (assembly: Assembly, places: Places): Deployment => {
  const all = resolveAll(assembly.stacks, places);
  const of = (...types: string[]): Named[] => all.filter(({ type }) => types.includes(type));
  const starters = startersOf(of, all, places);
  const { mappings, schedules, distribution } = starters;
  const started = new Set(
    [...mappings, ...schedules, distribution].map((one) => one?.functionName),
  );
  const functions = of('AWS::Lambda::Function');
  const run = functions.filter((one) => started.has(nameOf(one)));
  return {
    ...starters,
    tables: of('AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table').map(tableOf),
    buckets: of('AWS::S3::Bucket').map(bucketOf),
    queues: of('AWS::SQS::Queue').map(queueOf),
    topics: of('AWS::SNS::Topic').map((topic) => topicOf(topic, of('AWS::SNS::Subscription'))),
    keys: of('AWS::KMS::Key').map((key) => keyOf(key, of('AWS::KMS::Alias'))),
    ses: {
      identities: of('AWS::SES::EmailIdentity').map(nameOf),
      configurationSets: of('AWS::SES::ConfigurationSet').map(nameOf),
    },
    receiptRules: of('AWS::SES::ReceiptRule').flatMap(rulesOf),
    functions: run.map((one) => functionOf(one, assembly)),
    notRun: notRun(
      all.map(({ type }) => type),
      functions.length - run.length,
    ),
  };
};
