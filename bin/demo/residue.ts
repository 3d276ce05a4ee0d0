import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import {
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { LocalFacts } from '../../lib/local/stack.ts';

const clientsOf = (endpoint: string) => {
  const access = {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'demo', secretAccessKey: 'demo' },
  };
  return {
    s3: new S3Client({ ...access, forcePathStyle: true }),
    dynamo: new DynamoDBClient(access),
  };
};

/**
 * Looks for an erased article past the functions, by the AWS interface alone.
 * @returns where something was found; [] = nowhere
 */
export const residueOf = async (
  { awsEndpoint, buckets, tables }: LocalFacts,
  id: string,
  phrase: string,
): Promise<string[]> => {
  const { s3, dynamo } = clientsOf(awsEndpoint);
  const found: string[] = [];
  const Bucket = buckets.find((name) => name.includes('-content-'));
  const asked = { Bucket, Prefix: `articles/${id}/` };
  if ((await s3.send(new ListObjectsV2Command(asked))).KeyCount) found.push('objects');
  const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand(asked));
  if (Versions.length + DeleteMarkers.length > 0) found.push('object versions');
  if ((await s3.send(new ListMultipartUploadsCommand(asked))).Uploads?.length)
    found.push('uploads');
  for (const TableName of tables) {
    const { Items = [] } = await dynamo.send(new ScanCommand({ TableName, ConsistentRead: true }));
    if (JSON.stringify(Items).includes(phrase)) found.push(`table ${TableName}`);
  }
  return found;
};
