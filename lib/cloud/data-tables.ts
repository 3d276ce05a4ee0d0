import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  type GlobalSecondaryIndexPropsV2,
  ProjectionType,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { namesOf, tableArn } from './names.ts';
import type { Settings } from './settings.ts';

const text = (name: string) => ({ name, type: AttributeType.STRING });

const sparse = (
  indexName: string,
  partition: string,
  sort: string,
): GlobalSecondaryIndexPropsV2 => ({
  indexName,
  partitionKey: text(partition),
  sortKey: text(sort),
  projectionType: ProjectionType.KEYS_ONLY,
});

const keep = (recoveryPeriodInDays: number) => ({
  deletionProtection: true,
  removalPolicy: RemovalPolicy.RETAIN,
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays },
});

/**
 * What is logged cannot be changed. The policy itself can (CloudFormation must
 * be able to mend it): that is what the checkpoints under Object Lock are for.
 */
const appendOnly = (table: string): PolicyDocument =>
  new PolicyDocument({
    statements: [
      new PolicyStatement({
        sid: 'AppendOnly',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: [
          'dynamodb:UpdateItem',
          'dynamodb:DeleteItem',
          'dynamodb:BatchWriteItem',
          'dynamodb:PartiQLUpdate',
          'dynamodb:PartiQLDelete',
          'dynamodb:UpdateTimeToLive',
          'dynamodb:DeleteTable',
        ],
        resources: [table],
      }),
    ],
  });

export const addTables = (scope: Construct, settings: Settings): void => {
  const { table } = namesOf(settings);
  // @NOTE one day for what can be fetched again: an erased text must leave the backups too
  new TableV2(scope, 'Articles', {
    ...keep(1),
    tableName: table.articles,
    partitionKey: text('pk'),
    globalSecondaryIndexes: [
      sparse('bySource', 'listSource', 'listedAt'),
      sparse('byDay', 'listDay', 'listedAt'),
    ],
  });
  new TableV2(scope, 'Feeds', {
    ...keep(1),
    tableName: table.feeds,
    partitionKey: text('pk'),
    globalSecondaryIndexes: [sparse('byDue', 'dueShard', 'dueAt')],
  });
  new TableV2(scope, 'Cases', {
    ...keep(35),
    tableName: table.cases,
    partitionKey: text('pk'),
    // only the flood guard's counters carry it; a case never expires by itself
    timeToLiveAttribute: 'expiresAt',
    globalSecondaryIndexes: [sparse('byDue', 'dueShard', 'dueAt')],
  });
  new TableV2(scope, 'Audit', {
    ...keep(35),
    tableName: table.audit,
    partitionKey: text('subject'),
    sortKey: { name: 'seq', type: AttributeType.NUMBER },
    globalSecondaryIndexes: [
      { indexName: 'byDay', partitionKey: text('day'), sortKey: text('at') },
    ],
    resourcePolicy: appendOnly(tableArn(scope, table.audit)),
  });
};
