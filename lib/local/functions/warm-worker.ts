import { Worker } from 'node:worker_threads';
import { FunctionFailed, type FunctionSpec, type Job, type Outcome, type Start } from './types.ts';

export type Sink = (text: string) => void;

/** One worker thread with its own environment; it runs one job at a time. */
export type WarmWorker = {
  /** @throws FunctionFailed; the worker may be dead then, see `dead` */
  run(job: Job, timeoutMs: number): Promise<unknown>;
  dead(): boolean;
  stop(): Promise<void>;
};

type Ending = { worker: Worker; reason: Promise<FunctionFailed> };

/** Why a worker ended that was not told to: out of memory, process.exit, a stray exception. */
const endingOf = (worker: Worker): Ending => {
  const reason = new Promise<FunctionFailed>((resolve) => {
    worker.once('error', (error: NodeJS.ErrnoException) =>
      resolve(
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? new FunctionFailed('Runtime.OutOfMemory', 'The function ran out of its memory.')
          : new FunctionFailed(error.name, error.message),
      ),
    );
    worker.once('exit', (code) =>
      resolve(new FunctionFailed('Runtime.ExitError', `The function ended with code ${code}.`)),
    );
  });
  return { worker, reason };
};

const nextOutcome = async ({ worker, reason }: Ending): Promise<Outcome> => {
  const message = new Promise<Outcome>((resolve) => worker.once('message', resolve));
  return Promise.race([
    message,
    reason.then((error) => {
      throw error;
    }),
  ]);
};

/** As many pieces a limit is counted in. */
const pieces = 20;

/**
 * Rings after `ms` in which this process was running. A machine that was paused, or
 * a process that was starved, finds all its timers expired at once; that time is
 * nobody's, so each piece of the limit counts once, however long it took.
 * @returns a function that cancels it
 */
const runningTimer = (ms: number, ring: () => void): (() => void) => {
  let left = pieces;
  const piece = (): void => {
    left -= 1;
    if (left === 0) ring();
    else timer = setTimeout(piece, ms / pieces);
  };
  let timer = setTimeout(piece, ms / pieces);
  return () => clearTimeout(timer);
};

const withTimeout = async <T>(work: Promise<T>, ms: number, late: () => Error): Promise<T> => {
  let cancel = (): void => {};
  const limit = new Promise<never>((_, reject) => {
    cancel = runningTimer(ms, () => reject(late()));
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    cancel();
  }
};

const timedOut = (what: string, ms: number): FunctionFailed =>
  new FunctionFailed('Sandbox.Timedout', `${what} timed out after ${ms / 1000} seconds`);

const beginWorker = (spec: FunctionSpec, sink: Sink): Worker => {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    env: spec.environment,
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: spec.memoryMiB },
  });
  for (const stream of [worker.stdout, worker.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => sink(text));
  return worker;
};

const coldStart = async (
  spec: FunctionSpec,
  clockOffsetMs: number,
  sink: Sink,
  limitMs: number,
): Promise<WarmWorker> => {
  const worker = beginWorker(spec, sink);
  const ending = endingOf(worker);
  let dead = false;
  void ending.reason.then(() => {
    dead = true;
  });
  const killFor = (what: string, ms: number) => (): FunctionFailed => {
    dead = true;
    void worker.terminate();
    return timedOut(what, ms);
  };
  const ready = nextOutcome(ending);
  const start: Start = { spec, clockOffsetMs };
  worker.postMessage(start);
  await withTimeout(ready, limitMs, killFor('Init', limitMs));
  return {
    run: async (job, timeoutMs) => {
      const outcome = nextOutcome(ending);
      worker.postMessage(job);
      const ended = await withTimeout(outcome, timeoutMs, killFor('Task', timeoutMs));
      if ('failure' in ended) throw new FunctionFailed(ended.failure.name, ended.failure.message);
      return 'result' in ended ? ended.result : null;
    },
    dead: () => dead,
    stop: async () => {
      dead = true;
      await worker.terminate();
    },
  };
};

const startTries = 3;

/**
 * Starts a worker and loads the bundle. One that does not come up in time is given
 * up for another, as Lambda does.
 */
export const warmWorker = async (
  spec: FunctionSpec,
  clockOffsetMs: number,
  sink: Sink,
  limitMs = 10_000,
): Promise<WarmWorker> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await coldStart(spec, clockOffsetMs, sink, limitMs);
    } catch (error) {
      const isLate = error instanceof FunctionFailed && error.name === 'Sandbox.Timedout';
      if (!isLate || attempt === startTries) throw error;
      sink(`${spec.name}: ${error.message}; it is started again\n`);
    }
  }
};
