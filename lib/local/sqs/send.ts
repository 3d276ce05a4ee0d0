import { createHash } from 'node:crypto';
import { AwsError } from '../endpoint/exchange.ts';
import type { Queue } from './queue.ts';

type Entry = {
  Id: string;
  MessageBody?: string;
  DelaySeconds?: number;
  MessageAttributes?: Record<string, unknown>;
};

type Sent =
  | { Id: string; reply: { MessageId: string; MD5OfMessageBody: string }; error?: never }
  | { Id: string; error: AwsError; reply?: never };

const largestMessage = 1024 * 1024;
const longestDelay = 900;

const wrong = ({ MessageBody, DelaySeconds = 0 }: Entry): AwsError | undefined => {
  if (MessageBody === undefined || MessageBody === '')
    return new AwsError(400, 'MissingParameter', 'The request must contain a MessageBody.');
  if (Buffer.byteLength(MessageBody) > largestMessage)
    return new AwsError(400, 'InvalidParameterValue', 'A message may hold 1048576 bytes at most.');
  if (DelaySeconds < 0 || DelaySeconds > longestDelay)
    return new AwsError(400, 'InvalidParameterValue', 'DelaySeconds must be between 0 and 900.');
  return undefined;
};

/** Sends each entry; a wrong one is told and stops no other. */
export const sendEntries = (queue: Queue, entries: readonly Entry[]): Sent[] =>
  entries.map((entry) => {
    const error = wrong(entry);
    if (error !== undefined) return { Id: entry.Id, error };
    const { MessageBody = '', DelaySeconds, MessageAttributes: attributes = {} } = entry;
    const delay = DelaySeconds === undefined ? {} : { delayMs: DelaySeconds * 1000 };
    const { id } = queue.send(MessageBody, { ...delay, attributes });
    const MD5OfMessageBody = createHash('md5').update(MessageBody, 'utf8').digest('hex');
    return { Id: entry.Id, reply: { MessageId: id, MD5OfMessageBody } };
  });
