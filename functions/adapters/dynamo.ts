import { type AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Permanent } from '../errors.ts';

export const dynamoClient = (): DynamoDBClient => new DynamoDBClient({ maxAttempts: 3 });

/** What an attribute may hold; a Set is a DynamoDB string set and reads back as a sorted list. */
export type Stored =
  | string
  | number
  | boolean
  | null
  | readonly Stored[]
  | ReadonlySet<string>
  | { readonly [name: string]: Stored };

export type Item = { [name: string]: Stored };

type Attributes = Record<string, AttributeValue>;

const attributeOf = (value: unknown): AttributeValue => {
  if (value === null) return { NULL: true };
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'boolean') return { BOOL: value };
  if (typeof value === 'number' && Number.isFinite(value)) return { N: String(value) };
  if (Array.isArray(value)) return { L: value.map(attributeOf) };
  if (value instanceof Set) return { SS: [...value].map(String) };
  if (typeof value === 'object') return { M: attributesOf(value) };
  throw new Permanent(`A table cannot hold a ${typeof value}.`);
};

/** Members that are undefined, and empty sets, are left out. */
export const attributesOf = (item: object): Attributes => {
  const attributes: Attributes = {};
  for (const [name, value] of Object.entries(item) as [string, unknown][]) {
    const isNothing = value === undefined || (value instanceof Set && value.size === 0);
    if (!isNothing) attributes[name] = attributeOf(value);
  }
  return attributes;
};

const storedOf = (attribute: AttributeValue): Stored => {
  if (attribute.S !== undefined) return attribute.S;
  if (attribute.N !== undefined) return Number(attribute.N);
  if (attribute.BOOL !== undefined) return attribute.BOOL;
  if (attribute.L !== undefined) return attribute.L.map(storedOf);
  if (attribute.M !== undefined) return itemOf(attribute.M);
  if (attribute.SS !== undefined) return [...attribute.SS].sort();
  if (attribute.NULL !== undefined) return null;
  throw new Permanent('A row of a table holds a type that Sundown does not write.');
};

export const itemOf = (attributes: Attributes): Item => {
  const item: Item = {};
  for (const [name, attribute] of Object.entries(attributes)) item[name] = storedOf(attribute);
  return item;
};
