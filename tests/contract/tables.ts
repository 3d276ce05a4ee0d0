import type { AddressInfo } from 'node:net';
import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { afterAll, beforeAll, vi } from 'vitest';
import { dynamoClient } from '../../functions/adapters/dynamo.ts';
import { stubAwsEnvironment } from './aws-environment.ts';

type Keys = readonly [hash: string, range?: string];
type Schema = { key: Keys; indexes: Record<string, Keys>; numbers?: readonly string[] };

const schemas = {
  articles: {
    key: ['pk'],
    indexes: { bySource: ['listSource', 'listedAt'], byDay: ['listDay', 'listedAt'] },
  },
  feeds: { key: ['pk'], indexes: { byDue: ['dueShard', 'dueAt'] } },
  cases: { key: ['pk'], indexes: { byDue: ['dueShard', 'dueAt'] } },
  audit: { key: ['subject', 'seq'], indexes: { byDay: ['day', 'at'] }, numbers: ['seq'] },
} satisfies Record<string, Schema>;

const keySchema = ([hash, range]: Keys) => [
  { AttributeName: hash, KeyType: 'HASH' as const },
  ...(range ? [{ AttributeName: range, KeyType: 'RANGE' as const }] : []),
];

const commandFor = (kind: keyof typeof schemas, name: string): CreateTableCommand => {
  const { key, indexes, numbers = [] }: Schema = schemas[kind];
  const attributes = new Set([key, ...Object.values(indexes)].flat());
  return new CreateTableCommand({
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: keySchema(key),
    AttributeDefinitions: [...attributes].flatMap((attribute) =>
      attribute
        ? [{ AttributeName: attribute, AttributeType: numbers.includes(attribute) ? 'N' : 'S' }]
        : [],
    ),
    GlobalSecondaryIndexes: Object.entries(indexes).map(([index, keys]) => ({
      IndexName: index,
      KeySchema: keySchema(keys),
      Projection: { ProjectionType: kind === 'audit' ? 'ALL' : 'KEYS_ONLY' },
    })),
  });
};

export type Database = {
  client: DynamoDBClient;
  /** A new, empty table of one kind; its name. */
  table(kind: keyof typeof schemas): Promise<string>;
};

/** An embedded DynamoDB for the tests of one file. */
export const embeddedDynamo = (): Database => {
  const server = dynalite({ createTableMs: 0 });
  let client: DynamoDBClient | undefined;
  let tables = 0;
  const database = {
    get client(): DynamoDBClient {
      if (!client) throw new Error('The database starts with the first test.');
      return client;
    },
    table: async (kind: keyof typeof schemas): Promise<string> => {
      tables += 1;
      const name = `${kind}-${tables}`;
      await database.client.send(commandFor(kind, name));
      const describe = new DescribeTableCommand({ TableName: name });
      while ((await database.client.send(describe)).Table?.TableStatus !== 'ACTIVE');
      return name;
    },
  };
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    stubAwsEnvironment(`http://127.0.0.1:${port}`);
    client = dynamoClient();
  });
  afterAll(async () => {
    client?.destroy();
    vi.unstubAllEnvs();
    await new Promise((resolve) => server.close(resolve));
  });
  return database;
};
