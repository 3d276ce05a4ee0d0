import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { type Answer, type Ask, AwsError } from '../endpoint/exchange.ts';
import type { Message, Queue } from './queue.ts';
import { sendEntries } from './send.ts';

type Input = {
  QueueUrl?: string;
  QueueName?: string;
  QueueNamePrefix?: string;
  ReceiptHandle?: string;
  VisibilityTimeout?: number;
  MaxNumberOfMessages?: number;
  WaitTimeSeconds?: number;
  MessageBody?: string;
  DelaySeconds?: number;
  MessageAttributes?: Record<string, unknown>;
  Entries?: (Input & { Id: string })[];
};

type Reply = Record<string, unknown>;
type Context = { queues: ReadonlyMap<string, Queue>; clock: Clock; origin: string };

const missing = (name: string): AwsError =>
  new AwsError(400, 'MissingParameter', `The request must contain the parameter ${name}.`);

const badReceipt = (): AwsError =>
  new AwsError(400, 'ReceiptHandleIsInvalid', 'The input receipt handle is invalid.');

const queueUrl = (origin: string, name: string): string => `${origin}/000000000000/${name}`;

const queueOf = ({ queues }: Context, { QueueUrl, QueueName }: Input): Queue => {
  const name = QueueName ?? QueueUrl?.split('/').at(-1);
  if (name === undefined) throw missing('QueueUrl');
  const queue = queues.get(name);
  if (queue === undefined)
    throw new AwsError(400, 'QueueDoesNotExist', 'The specified queue does not exist.');
  return queue;
};

const md5 = (text: string): string => createHash('md5').update(text, 'utf8').digest('hex');

const received = (message: Message): Reply => ({
  MessageId: message.id,
  ReceiptHandle: message.receipt,
  Body: message.body,
  MD5OfBody: md5(message.body),
  Attributes: {
    ApproximateReceiveCount: String(message.receiveCount),
    SentTimestamp: String(message.sentAt),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    SenderId: '000000000000',
  },
  ...(Object.keys(message.attributes).length > 0 ? { MessageAttributes: message.attributes } : {}),
});

/** Waits for a message as long polling does, or until the time is over. */
const arrival = (queue: Queue, seconds: number): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      unsubscribe();
      resolve();
    };
    const timer = setTimeout(done, seconds * 1000);
    const unsubscribe = queue.onChange(() => {
      if (queue.counts().visible > 0) done();
    });
  });

const receive = async (context: Context, input: Input): Promise<Reply> => {
  const queue = queueOf(context, input);
  const take = (): Message[] =>
    queue.receive(
      Math.min(Math.max(input.MaxNumberOfMessages ?? 1, 1), 10),
      input.VisibilityTimeout === undefined ? undefined : input.VisibilityTimeout * 1000,
    );
  let messages = take();
  if (messages.length === 0 && input.WaitTimeSeconds) {
    await arrival(queue, Math.min(input.WaitTimeSeconds, 20));
    messages = take();
  }
  return messages.length > 0 ? { Messages: messages.map(received) } : {};
};

const removeOne = (queue: Queue, receipt: string | undefined): void => {
  if (receipt === undefined) throw missing('ReceiptHandle');
  if (!receipt.includes(':')) throw badReceipt();
  queue.remove(receipt);
};

const changeOne = (queue: Queue, input: Input): void => {
  const { ReceiptHandle, VisibilityTimeout = 0 } = input;
  if (ReceiptHandle === undefined) throw missing('ReceiptHandle');
  if (!queue.changeVisibility(ReceiptHandle, VisibilityTimeout * 1000)) throw badReceipt();
};

/** Does the same to each entry; one that fails is reported and stops no other. */
const each = (input: Input, act: (entry: Input & { Id: string }) => void): Reply => {
  const Successful: Reply[] = [];
  const Failed: Reply[] = [];
  for (const entry of input.Entries ?? []) {
    try {
      act(entry);
      Successful.push({ Id: entry.Id });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const { code, message } = error;
      Failed.push({ Id: entry.Id, Code: code, Message: message, SenderFault: true });
    }
  }
  return { Successful, Failed };
};

const attributesOf = (queue: Queue): Record<string, string> => {
  const { visible, inFlight, delayed } = queue.counts();
  const { name, visibilityMs, delayMs, deadLetter } = queue.spec;
  const arn = (queueName: string): string => `arn:aws:sqs:us-east-1:000000000000:${queueName}`;
  const redrive = deadLetter && {
    deadLetterTargetArn: arn(deadLetter.queue),
    maxReceiveCount: deadLetter.maxReceiveCount,
  };
  return {
    QueueArn: arn(name),
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    VisibilityTimeout: String(visibilityMs / 1000),
    DelaySeconds: String(delayMs / 1000),
    ...(redrive ? { RedrivePolicy: JSON.stringify(redrive) } : {}),
  };
};

const operations: Record<string, (context: Context, input: Input) => Reply | Promise<Reply>> = {
  SendMessage: (context, input) => {
    const [sent] = sendEntries(queueOf(context, input), [{ ...input, Id: '0' }]);
    if (sent === undefined || 'error' in sent) throw sent?.error ?? missing('MessageBody');
    return sent.reply;
  },
  SendMessageBatch: (context, input) => {
    const sent = sendEntries(queueOf(context, input), input.Entries ?? []);
    const Failed = sent.flatMap(({ Id, error }) =>
      error ? [{ Id, Code: error.code, Message: error.message, SenderFault: true }] : [],
    );
    return {
      Successful: sent.flatMap(({ Id, reply }) => (reply ? [{ Id, ...reply }] : [])),
      Failed,
    };
  },
  ReceiveMessage: receive,
  DeleteMessage: (context, input) => {
    removeOne(queueOf(context, input), input.ReceiptHandle);
    return {};
  },
  DeleteMessageBatch: (context, input) => {
    const queue = queueOf(context, input);
    return each(input, ({ ReceiptHandle }) => removeOne(queue, ReceiptHandle));
  },
  ChangeMessageVisibility: (context, input) => {
    changeOne(queueOf(context, input), input);
    return {};
  },
  ChangeMessageVisibilityBatch: (context, input) => {
    const queue = queueOf(context, input);
    return each(input, (entry) => changeOne(queue, entry));
  },
  GetQueueUrl: (context, input) => ({
    QueueUrl: queueUrl(context.origin, queueOf(context, input).spec.name),
  }),
  ListQueues: ({ queues, origin }, { QueueNamePrefix = '' }) => ({
    QueueUrls: [...queues.keys()]
      .filter((name) => name.startsWith(QueueNamePrefix))
      .map((name) => queueUrl(origin, name)),
  }),
  GetQueueAttributes: (context, input) => ({ Attributes: attributesOf(queueOf(context, input)) }),
  PurgeQueue: (context, input) => {
    queueOf(context, input).purge();
    return {};
  },
};

/** SQS, JSON protocol. */
export const sqs = async (context: Context, action: string, ask: Ask): Promise<Answer> => {
  const operation = operations[action];
  if (operation === undefined)
    throw new AwsError(400, 'UnsupportedOperation', `${action} is not offered on this machine.`);
  const input = JSON.parse(ask.body.toString('utf8') || '{}') as Input;
  const reply = await operation(context, input);
  const headers = { 'content-type': 'application/x-amz-json-1.0' };
  return { status: 200, headers, body: JSON.stringify(reply) };
};
