import type { Clock } from '../clock.ts';
import { Queue, type QueueSpec } from './queue.ts';

/** All queues of a deployment by name, each with its dead-letter queue. */
export const openQueues = (
  dir: string,
  specs: readonly QueueSpec[],
  clock: Clock,
): ReadonlyMap<string, Queue> => {
  const queues = new Map<string, Queue>();
  for (const spec of specs) {
    const queue = new Queue(dir, spec, clock, (message) => {
      const grave = queues.get(spec.deadLetter?.queue ?? '');
      if (grave === undefined)
        throw new Error(`${spec.name} names ${spec.deadLetter?.queue}, which is not a queue here.`);
      grave.adopt(message);
    });
    queues.set(spec.name, queue);
  }
  return queues;
};
