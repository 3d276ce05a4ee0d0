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

const withTimeout = async <T>(work: Promise<T>, ms: number, expired: () => void): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      expired();
      reject(new FunctionFailed('Sandbox.Timedout', `Task timed out after ${ms / 1000} seconds`));
    }, ms);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
};

const initTimeoutMs = 30_000;

/** Starts a worker and loads the bundle, as a cold start does. */
export const warmWorker = async (
  spec: FunctionSpec,
  clockOffsetMs: number,
  sink: Sink,
): Promise<WarmWorker> => {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    env: spec.environment,
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: spec.memoryMiB },
  });
  for (const stream of [worker.stdout, worker.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => sink(text));
  const ending = endingOf(worker);
  let dead = false;
  void ending.reason.then(() => {
    dead = true;
  });
  const kill = (): void => {
    dead = true;
    void worker.terminate();
  };
  const ready = nextOutcome(ending);
  const start: Start = { spec, clockOffsetMs };
  worker.postMessage(start);
  await withTimeout(ready, initTimeoutMs, kill);
  return {
    run: async (job, timeoutMs) => {
      const outcome = nextOutcome(ending);
      worker.postMessage(job);
      const ended = await withTimeout(outcome, timeoutMs, kill);
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
