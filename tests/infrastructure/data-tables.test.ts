import { describe, expect, it } from 'vitest';
import { listOf, plain, resourcesOf, statementsOf, synthesize } from './synthesize.ts';

const { Data: data } = synthesize().templates;

const table = (name: string): Record<string, unknown> => {
  const found = resourcesOf(data, 'AWS::DynamoDB::GlobalTable').find(
    ([, { Properties }]) => Properties['TableName'] === name,
  );
  return found?.[1].Properties ?? {};
};

const replica = (name: string) =>
  listOf(table(name)['Replicas'] as Record<string, unknown>[])[0] ?? {};

describe('the audit table', () => {
  const [statement] = statementsOf(
    (replica('sundown-audit')['ResourcePolicy'] as { PolicyDocument: unknown }).PolicyDocument,
  );

  it('lets nobody change what is logged', () => {
    expect(statement).toMatchObject({ Effect: 'Deny', Principal: { AWS: '*' } });
    expect(statement?.Condition).toBeUndefined();
    expect(statement?.Action).toEqual(
      expect.arrayContaining([
        'dynamodb:UpdateItem',
        'dynamodb:DeleteItem',
        'dynamodb:BatchWriteItem',
        'dynamodb:PartiQLUpdate',
        'dynamodb:PartiQLDelete',
        'dynamodb:UpdateTimeToLive',
        'dynamodb:DeleteTable',
      ]),
    );
    expect(plain(statement?.Resource)).toMatch(/:table\/sundown-audit$/);
  });

  it('leaves CloudFormation able to mend the table and its policy', () => {
    for (const action of ['UpdateTable', 'PutResourcePolicy', 'DeleteResourcePolicy', 'PutItem'])
      expect(statement?.Action).not.toContain(`dynamodb:${action}`);
  });

  it('is keyed by subject and seq, with an index of days that holds whole events', () => {
    expect(table('sundown-audit')).toMatchObject({
      KeySchema: [
        { AttributeName: 'subject', KeyType: 'HASH' },
        { AttributeName: 'seq', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byDay',
          KeySchema: [
            { AttributeName: 'day', KeyType: 'HASH' },
            { AttributeName: 'at', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    });
  });
});

describe('the tables', () => {
  it.each(['sundown-articles', 'sundown-feeds', 'sundown-cases', 'sundown-audit'])(
    '%s is protected, kept and paid by request',
    (name) => {
      expect(replica(name)).toMatchObject({ DeletionProtectionEnabled: true });
      expect(table(name)).toMatchObject({ BillingMode: 'PAY_PER_REQUEST' });
    },
  );

  it.each([
    ['sundown-articles', 1],
    ['sundown-feeds', 1],
    ['sundown-cases', 35],
    ['sundown-audit', 35],
  ])('%s can be taken back by %i days', (name, days) => {
    expect(replica(name)['PointInTimeRecoverySpecification']).toEqual({
      PointInTimeRecoveryEnabled: true,
      RecoveryPeriodInDays: days,
    });
  });

  it.each([
    ['sundown-articles', 'bySource', 'listSource', 'listedAt'],
    ['sundown-articles', 'byDay', 'listDay', 'listedAt'],
    ['sundown-feeds', 'byDue', 'dueShard', 'dueAt'],
    ['sundown-cases', 'byDue', 'dueShard', 'dueAt'],
  ])('%s has the sparse index %s', (name, IndexName, hash, range) => {
    expect(table(name)['GlobalSecondaryIndexes']).toContainEqual({
      IndexName,
      KeySchema: [
        { AttributeName: hash, KeyType: 'HASH' },
        { AttributeName: range, KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    });
  });

  it('let nothing expire but the counters of the flood guard', () => {
    const expiring = resourcesOf(data, 'AWS::DynamoDB::GlobalTable')
      .filter(([, { Properties }]) => Properties['TimeToLiveSpecification'])
      .map(([, { Properties }]) => Properties['TableName']);

    expect(expiring).toEqual(['sundown-cases']);
  });
});
