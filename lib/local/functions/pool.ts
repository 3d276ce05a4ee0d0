import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { FunctionFailed, type FunctionSpec } from './types.ts';
import { type Sink, type WarmWorker, warmWorker } from './warm-worker.ts';

export const widest = 4;

/** How long a worker beyond the first is kept without work. */
const warmMs = 15_000;

export type LocalFunction = {
  spec: FunctionSpec;
  /** Runs the handler once. @throws FunctionFailed */
  invoke(event: unknown): Promise<unknown>;
  stop(): Promise<void>;
};

/** Up to four workers at once; further runs wait their turn. */
const turns = () => {
  let busy = 0;
  const queue: (() => void)[] = [];
  return {
    take: async (): Promise<void> => {
      if (busy < widest) busy += 1;
      else await new Promise<void>((resolve) => queue.push(resolve));
    },
    giveBack: (): void => {
      const next = queue.shift();
      if (next) next();
      else busy -= 1;
    },
  };
};

/** Appends to a log in `dir`. */
export const logFile = (dir: string, name: string): Sink => {
  mkdirSync(dir, { recursive: true });
  const path = join(dir, `${name}.log`);
  return (text) => appendFileSync(path, text);
};

/**
 * A function from its bundle, in worker threads kept warm.
 * @param logs folder for what its runs write, one file for each function
 */
export const localFunction = (spec: FunctionSpec, logs: string, clock: Clock): LocalFunction => {
  const sink = logFile(logs, spec.name);
  const idle: WarmWorker[] = [];
  const all = new Set<WarmWorker>();
  const { take, giveBack } = turns();
  let stopped = false;
  const fetchWorker = async (): Promise<WarmWorker> => {
    for (let worker = idle.pop(); worker; worker = idle.pop()) if (!worker.dead()) return worker;
    if (stopped) throw new FunctionFailed('Stopped', 'This machine is stopping.');
    const worker = await warmWorker(spec, clock.offsetMs(), sink);
    all.add(worker);
    return worker;
  };
  const rest = (worker: WarmWorker): void => {
    idle.push(worker);
    setTimeout(() => {
      const [spare] = idle.length > 1 ? idle.splice(0, 1) : [];
      if (spare === undefined) return;
      all.delete(spare);
      void spare.stop();
    }, warmMs).unref();
  };
  const runOn = async (worker: WarmWorker, event: unknown): Promise<unknown> => {
    try {
      const deadline = clock.now() + spec.timeoutMs;
      const job = { id: randomUUID(), event, deadline, clockOffsetMs: clock.offsetMs() };
      return await worker.run(job, spec.timeoutMs);
    } catch (error) {
      if (worker.dead()) sink(`${String(error)}\n`);
      throw error;
    } finally {
      if (worker.dead()) all.delete(worker);
      else rest(worker);
    }
  };
  return {
    spec,
    invoke: async (event) => {
      await take();
      try {
        return await runOn(await fetchWorker(), event);
      } finally {
        giveBack();
      }
    },
    stop: async () => {
      stopped = true;
      await Promise.all([...all].map((worker) => worker.stop()));
    },
  };
};
