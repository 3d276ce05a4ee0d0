import { setTimeout as pause } from 'node:timers/promises';
import {
  BatchGetItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { Retryable } from '../errors.ts';
import { answerOf, answerUnless } from './aws-answers.ts';
import { attributesOf, type Item, itemOf } from './dynamo.ts';

/** An expression with its #names and :values. */
export type Expression = { text: string; names?: Record<string, string>; values?: object };

/** The condition that both hold. */
export const both = (one: Expression, other: Expression): Expression => ({
  text: `(${one.text}) AND (${other.text})`,
  names: { ...one.names, ...other.names },
  values: { ...one.values, ...other.values },
});

export type Query = {
  index?: string;
  hash: readonly [name: string, value: string];
  range?: readonly [name: string, operator: '<' | '<=', value: string];
  lastFirst?: boolean;
  /** Rows read with one call. */
  pageSize?: number;
};

export type Table = ReturnType<typeof dynamoTable>;

export const listOf = async <T>(parts: AsyncIterable<T>): Promise<T[]> => {
  const list: T[] = [];
  for await (const part of parts) list.push(part);
  return list;
};

const raced = ['ConditionalCheckFailedException'];
const batchSize = 100;
const rounds = 6;

const readBatch = async (client: DynamoDBClient, name: string, keys: Item[]): Promise<Item[]> => {
  const items: Item[] = [];
  let left = keys.map(attributesOf);
  for (let round = 0; left.length > 0; round += 1) {
    if (round === rounds) throw new Retryable(`reading rows of ${name} failed: throttled`);
    if (round > 0) await pause(25 * 2 ** round);
    const RequestItems = { [name]: { Keys: left, ConsistentRead: true } };
    const call = client.send(new BatchGetItemCommand({ RequestItems }));
    const answer = await answerOf(`reading rows of ${name}`, call);
    items.push(...(answer.Responses?.[name] ?? []).map(itemOf));
    left = answer.UnprocessedKeys?.[name]?.Keys ?? [];
  }
  return items;
};

const reading = (client: DynamoDBClient, name: string) => ({
  /** Strongly consistent. */
  get: async (key: Item): Promise<Item | undefined> => {
    const ask = { TableName: name, Key: attributesOf(key), ConsistentRead: true };
    const { Item } = await answerOf(`reading ${name}`, client.send(new GetItemCommand(ask)));
    return Item && itemOf(Item);
  },
  /** Strongly consistent; in no order. */
  getMany: async (keys: readonly Item[]): Promise<Item[]> => {
    const items: Item[] = [];
    for (let at = 0; at < keys.length; at += batchSize) {
      items.push(...(await readBatch(client, name, keys.slice(at, at + batchSize))));
    }
    return items;
  },
  /** Strongly consistent on the table, eventually on an index. */
  query: async function* ({ index, hash, range, lastFirst, pageSize }: Query) {
    const ask = {
      TableName: name,
      ...(index ? { IndexName: index } : { ConsistentRead: true }),
      KeyConditionExpression: range ? `#h = :h AND #r ${range[1]} :r` : '#h = :h',
      ExpressionAttributeNames: { '#h': hash[0], ...(range && { '#r': range[0] }) },
      ExpressionAttributeValues: attributesOf({ ':h': hash[1], ':r': range?.[2] }),
      ScanIndexForward: !lastFirst,
      ...(pageSize && { Limit: pageSize }),
    };
    let from: object | undefined;
    do {
      const command = new QueryCommand({ ...ask, ...(from && { ExclusiveStartKey: { ...from } }) });
      const answer = await answerOf(`querying ${name}`, client.send(command));
      for (const row of answer.Items ?? []) yield itemOf(row);
      from = answer.LastEvaluatedKey;
    } while (from);
  },
  /** Every row, in no order; strongly consistent. */
  scan: async function* () {
    let from: object | undefined;
    do {
      const ask = { TableName: name, ConsistentRead: true };
      const command = new ScanCommand({ ...ask, ...(from && { ExclusiveStartKey: { ...from } }) });
      const answer = await answerOf(`scanning ${name}`, client.send(command));
      for (const row of answer.Items ?? []) yield itemOf(row);
      from = answer.LastEvaluatedKey;
    } while (from);
  },
});

const expressed = (name: string, ...expressions: (Expression | undefined)[]) => {
  const names = Object.assign({}, ...expressions.map((e) => e?.names)) as Record<string, string>;
  const values = attributesOf(Object.assign({}, ...expressions.map((e) => e?.values)) as object);
  return {
    TableName: name,
    ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
  };
};

const writing = (client: DynamoDBClient, name: string) => ({
  /** @returns false where the condition does not hold, and nothing is written */
  put: async (item: object, when?: Expression): Promise<boolean> => {
    const command = new PutItemCommand({
      ...expressed(name, when),
      Item: attributesOf(item),
      ...(when && { ConditionExpression: when.text }),
    });
    return (await answerUnless(raced, `writing ${name}`, client.send(command))) !== undefined;
  },
  /** @returns the row as it now is, or undefined where the condition does not hold */
  update: async (key: Item, change: Expression, when: Expression): Promise<Item | undefined> => {
    const command = new UpdateItemCommand({
      ...expressed(name, change, when),
      Key: attributesOf(key),
      UpdateExpression: change.text,
      ConditionExpression: when.text,
      ReturnValues: 'ALL_NEW',
    });
    const answer = await answerUnless(raced, `updating ${name}`, client.send(command));
    return answer && itemOf(answer.Attributes ?? {});
  },
});

/** One DynamoDB table, in plain rows. */
export const dynamoTable = (client: DynamoDBClient, name: string) => ({
  ...reading(client, name),
  ...writing(client, name),
});
