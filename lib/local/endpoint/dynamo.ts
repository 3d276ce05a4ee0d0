import { mkdirSync } from 'node:fs';
import type { Server, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import dynalite from 'dynalite';
import { close, listen, loopback, portOf } from '../state/listen.ts';
import type { Ask } from './exchange.ts';

type Key = { AttributeName: string; KeyType: string };
type Projection = { ProjectionType?: string; NonKeyAttributes?: string[] };
type Index = { IndexName: string; KeySchema: Key[]; Projection: Projection };

/** A table as the template describes it. */
export type TableSpec = {
  name: string;
  attributes: { AttributeName: string; AttributeType: string }[];
  key: Key[];
  indexes: Index[];
};

export type Dynamo = {
  forward(ask: Ask, response: ServerResponse): void;
  /** Makes a table that is not there yet. @throws Error on a table of another shape */
  ensure(table: TableSpec): Promise<void>;
  stop(): Promise<void>;
};

const signed = {
  authorization: 'AWS4-HMAC-SHA256 Credential=local, SignedHeaders=host, Signature=local',
  'x-amz-date': '20000101T000000Z',
  'content-type': 'application/x-amz-json-1.0',
};

/** dynalite reads a request as a stream; it gets one that can neither stall nor break off. */
const forward =
  (server: Server) =>
  ({ method, path, headers, body }: Ask, response: ServerResponse): void => {
    const request = Object.assign(Readable.from([body]), {
      method,
      url: path,
      headers: { ...signed, ...headers },
    });
    server.emit('request', request, response);
  };

type Described = { Table?: { KeySchema: Key[]; GlobalSecondaryIndexes?: Index[] } };

const call = async <T>(port: number, action: string, input: object): Promise<T> => {
  const response = await fetch(`http://${loopback}:${port}/`, {
    method: 'POST',
    headers: { ...signed, 'x-amz-target': `DynamoDB_20120810.${action}` },
    body: JSON.stringify(input),
  });
  const answer = (await response.json()) as T & { message?: string; __type?: string };
  if (!response.ok && !answer.__type?.endsWith('ResourceNotFoundException'))
    throw new Error(`DynamoDB refused ${action}: ${answer.message ?? answer.__type}`);
  return answer;
};

const shape = (key: readonly Key[], indexes: readonly Index[]): string =>
  JSON.stringify([
    key.map(({ AttributeName, KeyType }) => [AttributeName, KeyType]),
    indexes
      .map(({ IndexName, KeySchema }) => [
        IndexName,
        ...KeySchema.map(({ AttributeName }) => AttributeName),
      ])
      .sort(),
  ]);

const create = ({ name, attributes, key, indexes }: TableSpec): object => ({
  TableName: name,
  AttributeDefinitions: attributes,
  KeySchema: key,
  BillingMode: 'PAY_PER_REQUEST',
  ...(indexes.length > 0 ? { GlobalSecondaryIndexes: indexes } : {}),
});

const ensure =
  (port: number) =>
  async (table: TableSpec): Promise<void> => {
    const TableName = table.name;
    const { Table } = await call<Described>(port, 'DescribeTable', { TableName });
    if (Table === undefined) return void (await call(port, 'CreateTable', create(table)));
    if (
      shape(Table.KeySchema, Table.GlobalSecondaryIndexes ?? []) === shape(table.key, table.indexes)
    )
      return;
    throw new Error(
      `The table ${table.name} on disk has other keys than the template; start with --fresh to make it anew.`,
    );
  };

/** DynamoDB on disk, by dynalite. */
export const startDynamo = async (dir: string): Promise<Dynamo> => {
  const path = join(dir, 'dynamodb');
  mkdirSync(path, { recursive: true });
  const server = dynalite({ path, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  const inner = await listen(0, false, server);
  return { forward: forward(inner), ensure: ensure(portOf(inner)), stop: () => close(inner) };
};
