import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort } from 'node:worker_threads';
import { shiftedDate } from './shifted-date.ts';
import type { FunctionSpec, Job, Outcome, Start } from './types.ts';

type Handler = (event: unknown, context: object) => unknown;

let clockOffsetMs = 0;
globalThis.Date = shiftedDate(Date, () => clockOffsetMs);

const load = async ({ codeDir, handler }: FunctionSpec): Promise<Handler> => {
  const [file = 'index', exported = 'handler'] = handler.split('.');
  const path = ['.mjs', '.js', '.cjs']
    .map((extension) => join(codeDir, `${file}${extension}`))
    .find(existsSync);
  if (path === undefined) throw new Error(`${codeDir} holds no bundle ${file}.mjs or ${file}.js.`);
  const module = (await import(pathToFileURL(path).href)) as Record<string, unknown>;
  const found = module[exported];
  if (typeof found !== 'function') throw new Error(`${path} exports no function ${exported}.`);
  return found as Handler;
};

const contextOf = ({ name, memoryMiB }: FunctionSpec, { id, deadline }: Job) => ({
  awsRequestId: id,
  functionName: name,
  functionVersion: '$LATEST',
  invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
  memoryLimitInMB: String(memoryMiB),
  logGroupName: `/aws/lambda/${name}`,
  logStreamName: 'local',
  callbackWaitsForEmptyEventLoop: true,
  getRemainingTimeInMillis: () => Math.max(deadline - Date.now(), 0),
});

/** What the handler gives back, as JSON would carry it. */
const plain = (value: unknown): unknown =>
  value === undefined ? null : (JSON.parse(JSON.stringify(value)) as unknown);

const run = async (handle: Handler, spec: FunctionSpec, job: Job): Promise<Outcome> => {
  clockOffsetMs = job.clockOffsetMs;
  try {
    return { id: job.id, result: plain(await handle(job.event, contextOf(spec, job))) };
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    console.error(error);
    return { id: job.id, failure: { name: error.name, message: error.message } };
  }
};

const post = (outcome: Outcome): void => parentPort?.postMessage(outcome);

const begin = async (start: Start): Promise<void> => {
  ({ clockOffsetMs } = start);
  const handle = await load(start.spec);
  parentPort?.on('message', (job: Job) => {
    void run(handle, start.spec, job).then(post);
  });
  post({ ready: true });
};

parentPort?.once('message', (start: Start) => {
  void begin(start);
});
