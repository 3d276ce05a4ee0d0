import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Message, Queue } from '../sqs/queue.ts';
import type { MappingSpec } from '../template/triggers.ts';
import type { Activity } from './activity.ts';

export type Invoke = (event: unknown) => Promise<unknown>;

const arnOf = (queue: Queue): string => `arn:aws:sqs:us-east-1:000000000000:${queue.spec.name}`;

const recordOf = (queue: Queue, message: Message) => ({
  messageId: message.id,
  receiptHandle: message.receipt,
  body: message.body,
  attributes: {
    ApproximateReceiveCount: String(message.receiveCount),
    SentTimestamp: String(message.sentAt),
    SenderId: '000000000000',
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
  },
  messageAttributes: {},
  md5OfBody: createHash('md5').update(message.body, 'utf8').digest('hex'),
  eventSource: 'aws:sqs',
  eventSourceARN: arnOf(queue),
  awsRegion: 'us-east-1',
});

type Response = { batchItemFailures?: { itemIdentifier?: string }[] } | null;

/** Ids of the messages that failed; an answer that names another fails the batch, as in Lambda. */
const failedIds = (response: Response, batch: readonly Message[]): Set<string> => {
  const ids = (response?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier ?? '');
  const known = new Set(batch.map(({ id }) => id));
  return ids.every((id) => known.has(id)) ? new Set(ids) : known;
};

/** A second at first, twice that each time; the last failure is buried at once. */
const retryDelay = ({ spec }: Queue, { receiveCount }: Message): number => {
  const limit = spec.deadLetter?.maxReceiveCount ?? Number.POSITIVE_INFINITY;
  if (receiveCount >= limit) return 0;
  return Math.min(1000 * 2 ** (receiveCount - 1), spec.visibilityMs);
};

/** Runs a batch; @returns the ids of the messages that failed */
const runBatch = async (
  queue: Queue,
  batch: readonly Message[],
  invoke: Invoke,
  partialFailures: boolean,
): Promise<Set<string>> => {
  try {
    const result = await invoke({ Records: batch.map((one) => recordOf(queue, one)) });
    return partialFailures ? failedIds(result as Response, batch) : new Set();
  } catch {
    // the function's log has the reason; the whole batch comes again
    return new Set(batch.map(({ id }) => id));
  }
};

const finish = (queue: Queue, message: Message, failed: boolean): void => {
  if (message.receipt === null) return;
  if (failed) queue.changeVisibility(message.receipt, retryDelay(queue, message));
  else queue.remove(message.receipt);
};

/** Calls once for any number of asks in the same turn. */
const soon = (act: () => void): (() => void) => {
  let planned = false;
  return () => {
    if (planned) return;
    planned = true;
    queueMicrotask(() => {
      planned = false;
      act();
    });
  };
};

/**
 * Feeds a function from a queue. What fails comes again after a delay that grows
 * from a second (a cloud's visibility timeout, in minutes, is too long for a trial).
 * @returns a function that ends it
 */
export const eventSource = (
  queue: Queue,
  { batchSize, concurrency, partialFailures }: MappingSpec,
  invoke: Invoke,
  { clock, activity, widest }: { clock: Clock; activity: Activity; widest: number },
): (() => void) => {
  const limit = Math.min(concurrency ?? widest, widest);
  let running = 0;
  let stopped = false;
  let cancelAlarm = (): void => {};
  const run = async (batch: Message[]): Promise<void> => {
    const failed = await runBatch(queue, batch, invoke, partialFailures);
    running -= 1;
    if (stopped) return;
    for (const message of batch) finish(queue, message, failed.has(message.id));
  };
  const pump = (): void => {
    cancelAlarm();
    while (!stopped && running < limit) {
      const batch = queue.receive(batchSize);
      if (batch.length === 0) break;
      running += 1;
      void activity.track(() => run(batch)).finally(pump);
    }
    const next = queue.nextVisibleAt();
    if (!stopped && running < limit && next !== undefined) cancelAlarm = clock.alarm(next, pump);
    activity.nudge();
  };
  const unsubscribe = queue.onChange(soon(pump));
  activity.also(() => {
    const { visible, inFlight } = queue.counts();
    return visible + inFlight === 0;
  });
  pump();
  return () => {
    stopped = true;
    unsubscribe();
    cancelAlarm();
  };
};
