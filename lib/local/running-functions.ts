import { join } from 'node:path';
import type { Clock } from './clock.ts';
import { localEnvironment, type Surroundings } from './environment.ts';
import { type LocalFunction, localFunction, widest } from './functions/pool.ts';
import type { Queue } from './sqs/queue.ts';
import type { Deployment } from './template/deployment.ts';
import type { Activity } from './triggers/activity.ts';
import { invokeAsynchronously } from './triggers/asynchronous.ts';
import { eventSource } from './triggers/event-source.ts';
import { type Fire, startSchedules } from './triggers/schedules.ts';

export type Functions = {
  names: string[];
  /** @throws Error naming the functions there are */
  find(name: string): LocalFunction;
  stop(): Promise<void>;
};

export const startFunctions = (
  { functions }: Deployment,
  surroundings: Surroundings,
  dir: string,
  clock: Clock,
): Functions => {
  const all = functions.map((spec) => {
    const environment = localEnvironment(spec, surroundings);
    return localFunction({ ...spec, environment }, join(dir, 'logs'), clock);
  });
  const names = all.map(({ spec }) => spec.name);
  return {
    names,
    find: (name) => {
      const found = all.filter(({ spec }) => spec.name === name || spec.name.endsWith(`-${name}`));
      if (found[0] !== undefined) return found[0];
      throw new Error(`There is no function ${name}; there are ${names.join(', ')}.`);
    },
    stop: async () => {
      await Promise.all(all.map((one) => one.stop()));
    },
  };
};

/**
 * Lets queues and schedules start the functions.
 * @returns a function that ends it
 */
export const startTriggers = (
  { mappings, schedules }: Deployment,
  functions: Functions,
  queues: ReadonlyMap<string, Queue>,
  options: { clock: Clock; activity: Activity; dir: string; automatic: boolean },
): (() => void) => {
  const { clock, activity } = options;
  const ends = mappings.map((mapping) => {
    const queue = queues.get(mapping.queue);
    if (queue === undefined)
      throw new Error(`${mapping.functionName} reads ${mapping.queue}, which is no queue here.`);
    const { invoke } = functions.find(mapping.functionName);
    return eventSource(queue, mapping, invoke, { clock, activity, widest });
  });
  const fire: Fire = ({ functionName, input }, before) =>
    activity.track(async () => {
      await before;
      await invokeAsynchronously(functions.find(functionName), input, queues, clock);
    });
  ends.push(startSchedules(schedules, fire, options));
  return () => {
    for (const end of ends) end();
  };
};
