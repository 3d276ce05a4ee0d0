import type { TableSpec } from '../endpoint/dynamo.ts';
import type { BucketSpec } from '../s3/types.ts';
import type { QueueSpec } from '../sqs/queue.ts';
import {
  type Json,
  type JsonObject,
  numberOf,
  objectOf,
  objectsOf,
  textOf,
  textsOf,
} from './json.ts';
import { type Named, nameOf } from './naming.ts';

const keysOf = (value: Json | undefined): TableSpec['key'] =>
  objectsOf(value).map((key) => ({
    AttributeName: textOf(key['AttributeName']),
    KeyType: textOf(key['KeyType']),
  }));

const projectionOf = (value: Json | undefined): TableSpec['indexes'][number]['Projection'] => {
  const { ProjectionType, NonKeyAttributes } = objectOf(value);
  return {
    ProjectionType: textOf(ProjectionType),
    ...(NonKeyAttributes === undefined ? {} : { NonKeyAttributes: textsOf(NonKeyAttributes) }),
  };
};

export const tableOf = (named: Named): TableSpec => ({
  name: nameOf(named),
  attributes: objectsOf(named.properties['AttributeDefinitions']).map((attribute) => ({
    AttributeName: textOf(attribute['AttributeName']),
    AttributeType: textOf(attribute['AttributeType']),
  })),
  key: keysOf(named.properties['KeySchema']),
  indexes: objectsOf(named.properties['GlobalSecondaryIndexes']).map((index) => ({
    IndexName: textOf(index['IndexName']),
    KeySchema: keysOf(index['KeySchema']),
    Projection: projectionOf(index['Projection']),
  })),
});

const retentionOf = (properties: JsonObject): number | null => {
  const lock = objectOf(objectOf(properties['ObjectLockConfiguration'])['Rule']);
  const { Days, Years } = objectOf(lock['DefaultRetention']);
  if (Days === undefined && Years === undefined) return null;
  return numberOf(Days, 0) + 365 * numberOf(Years, 0);
};

export const bucketOf = (named: Named): BucketSpec => ({
  name: nameOf(named),
  versioned: objectOf(named.properties['VersioningConfiguration'])['Status'] === 'Enabled',
  retentionDays: retentionOf(named.properties),
});

export const queueOf = (named: Named): QueueSpec => {
  const redrive = objectOf(named.properties['RedrivePolicy']);
  const target = textOf(redrive['deadLetterTargetArn']).split(':').at(-1) ?? '';
  return {
    name: nameOf(named),
    visibilityMs: numberOf(named.properties['VisibilityTimeout'], 30) * 1000,
    delayMs: numberOf(named.properties['DelaySeconds'], 0) * 1000,
    deadLetter:
      target === ''
        ? null
        : { queue: target, maxReceiveCount: numberOf(redrive['maxReceiveCount'], 10) },
  };
};
