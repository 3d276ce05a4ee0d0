import { DynamoDBClient, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { LocalFacts } from '../../lib/local/stack.ts';
import type { World } from './world.ts';

/** Changes one byte of one record past all doors, as an intruder with the root key would. */
const tamper = async ({
  awsEndpoint,
  tables,
}: LocalFacts): Promise<{ subject: string; seq: string }> => {
  const credentials = { accessKeyId: 'demo', secretAccessKey: 'demo' };
  const client = new DynamoDBClient({ endpoint: awsEndpoint, region: 'us-east-1', credentials });
  const TableName = tables.find((name) => name.endsWith('-audit'));
  const query = new QueryCommand({
    TableName,
    KeyConditionExpression: 'subject = :source',
    ExpressionAttributeValues: { ':source': { S: 'source:herald' } },
    Limit: 1,
  });
  const record = (await client.send(query)).Items?.[0];
  const subject = record?.['subject']?.S ?? '';
  const seq = record?.['seq']?.N ?? '';
  const sentence = record?.['sentence']?.S ?? '';
  await client.send(
    new UpdateItemCommand({
      TableName,
      Key: { subject: { S: subject }, seq: { N: seq } },
      UpdateExpression: 'SET sentence = :changed',
      ExpressionAttributeValues: { ':changed': { S: `${sentence.slice(0, -1)}!` } },
    }),
  );
  return { subject, seq };
};

/** The log is verified; then a byte of it is changed, and it must say where. */
export const auditStory = async (world: World): Promise<void> => {
  const { stack, timeline } = world;
  timeline.scene('4. The log proves it');
  await stack.run('seal-audit');
  const whole = await world.sundown('audit', 'verify');
  timeline.check(
    'the whole log is as it was written',
    whole.code === 0,
    whole.out.trim().replaceAll('\n', ' '),
  );
  const { subject, seq } = await tamper(stack.facts());
  timeline.tell(`one byte of ${subject} ${seq} is changed in the table`);
  const broken = await world.sundown('audit', 'verify');
  const place = `${subject} ${seq}`;
  timeline.check(
    'verify finds it and says where',
    broken.code === 1 && broken.out.includes(`first broken record is ${place}`),
    broken.out.trim().split('\n').at(-1) ?? '',
  );
};
