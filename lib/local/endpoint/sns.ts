import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Queue } from '../sqs/queue.ts';
import type { Answer } from './exchange.ts';
import { queryAnswer, queryFailure } from './query.ts';

const namespace = 'http://sns.amazonaws.com/doc/2010-03-31/';

export type TopicSpec = {
  arn: string;
  /** Queues that subscribe; with raw delivery they get the message alone. */
  queues: { name: string; raw: boolean }[];
};

/** A message to a topic that no queue reads: a call for a person. */
export type PagerCall = { at: string; topic: string; subject: string; message: string };

export type Topics = {
  /** @returns the message's id; undefined = there is no such topic */
  publish(arn: string, message: string, subject?: string): string | undefined;
};

const envelope = (id: string, arn: string, message: string, subject: string, at: number): string =>
  JSON.stringify({
    Type: 'Notification',
    MessageId: id,
    TopicArn: arn,
    ...(subject === '' ? {} : { Subject: subject }),
    Message: message,
    Timestamp: new Date(at).toISOString(),
  });

export const topics = (
  specs: readonly TopicSpec[],
  queues: ReadonlyMap<string, Queue>,
  clock: Clock,
  page: (call: PagerCall) => void,
): Topics => ({
  publish: (arn, message, subject = '') => {
    const topic = specs.find((spec) => spec.arn === arn);
    if (topic === undefined) return undefined;
    const id = randomUUID();
    const now = clock.now();
    for (const { name, raw } of topic.queues)
      queues.get(name)?.send(raw ? message : envelope(id, arn, message, subject, now));
    if (topic.queues.length === 0)
      page({
        at: new Date(now).toISOString(),
        topic: arn.split(':').at(-1) ?? arn,
        subject,
        message,
      });
    return id;
  },
});

/** SNS, query protocol: Publish. */
export const sns = (all: Topics, form: URLSearchParams): Answer => {
  const message = form.get('Message') ?? '';
  if (message === '')
    return queryFailure(400, namespace, 'InvalidParameter', 'Invalid parameter: Empty message');
  const arn = form.get('TopicArn') ?? form.get('TargetArn') ?? '';
  const id = all.publish(arn, message, form.get('Subject') ?? undefined);
  return id === undefined
    ? queryFailure(404, namespace, 'NotFound', 'Topic does not exist')
    : queryAnswer('Publish', namespace, { MessageId: id });
};
