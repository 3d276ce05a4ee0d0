import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { movableClock } from '../../lib/local/clock.ts';
import { localFunction } from '../../lib/local/functions/pool.ts';
import type { FunctionSpec } from '../../lib/local/functions/types.ts';
import { warmWorker } from '../../lib/local/functions/warm-worker.ts';
import { later, tempDir } from './endpoint.ts';

const start = (code: string, more: Partial<FunctionSpec> = {}) => {
  const dir = tempDir();
  const codeDir = join(dir, 'asset');
  mkdirSync(codeDir);
  writeFileSync(join(codeDir, 'index.mjs'), code);
  const clock = movableClock();
  const spec: FunctionSpec = {
    ...{ name: 'Step', codeDir, handler: 'index.handler', environment: {} },
    ...{ timeoutMs: 5000, memoryMiB: 128, deadLetterQueue: null, ...more },
  };
  const step = localFunction(spec, join(dir, 'logs'), clock);
  later(() => step.stop());
  return { step, clock, log: () => readFileSync(join(dir, 'logs', 'Step.log'), 'utf8') };
};

describe('a function on this machine', () => {
  it('gets the event and gives back what its handler returns', async () => {
    const { step } = start('export const handler = async (event) => ({ doubled: event.n * 2 });');

    expect(await step.invoke({ n: 21 })).toEqual({ doubled: 42 });
  });

  it('sees the environment of the template and nothing of ours', async () => {
    const { step } = start('export const handler = async () => process.env;', {
      environment: { ONLY: 'this' },
    });

    expect(await step.invoke({})).toEqual({ ONLY: 'this' });
  });

  it('stays warm between runs', async () => {
    const { step } = start('let runs = 0; export const handler = async () => ++runs;');

    expect([await step.invoke({}), await step.invoke({})]).toEqual([1, 2]);
  });

  it('reads the moved clock by every road, also while warm', async () => {
    const { step, clock } = start(
      `export const handler = async () =>
        [Date.now(), new Date().getTime(), Date.parse(Date()), new Date(5).getTime(),
         new Date(2020, 0, 1) instanceof Date];`,
    );
    await step.invoke({});
    clock.advance(86_400_000);

    const [now, made, called, given, isDate] = (await step.invoke({})) as number[];

    const tomorrow = Date.now() + 86_400_000;
    for (const time of [now, made, called])
      expect(Math.abs((time ?? 0) - tomorrow)).toBeLessThan(5000);
    expect([given, isDate]).toEqual([5, true]);
  });

  it('ends a run at its timeout, and runs again afterwards', async () => {
    const { step, log } = start(
      'export const handler = (event) => { while (event.hang); return "done"; };',
      { timeoutMs: 500 },
    );

    await expect(step.invoke({ hang: true })).rejects.toMatchObject({ name: 'Sandbox.Timedout' });

    expect(await step.invoke({})).toBe('done');
    expect(log()).toContain('Task timed out after 0.5 seconds');
  });

  it('does not count the time in which the whole machine stood still', async () => {
    const { step } = start(
      `import { setTimeout as later } from 'node:timers/promises';
       export const handler = async () => later(100, 'done');`,
      { timeoutMs: 400 },
    );
    await step.invoke({});

    const running = step.invoke({});
    setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1500));

    expect(await running).toBe('done');
  });

  it('starts another worker where one does not come up', async () => {
    const { step } = start(`
      import { existsSync, writeFileSync } from 'node:fs';
      const tried = new URL('tried', import.meta.url);
      const isFirst = !existsSync(tried);
      writeFileSync(tried, '');
      if (isFirst) await new Promise(() => setInterval(() => {}, 1000));
      export const handler = async () => 'done';`);
    const said: string[] = [];

    const worker = await warmWorker(step.spec, 0, (text) => said.push(text), 2000);
    later(() => worker.stop());

    const job = { id: '1', event: {}, deadline: 0, clockOffsetMs: 0 };
    expect(await worker.run(job, 5000)).toBe('done');
    expect(said).toEqual(['Step: Init timed out after 2 seconds; it is started again\n']);
  });

  it('reports what a handler throws, and what ends its thread', async () => {
    const { step } = start(
      `export const handler = async (event) => {
        if (event.exit) process.exit(3);
        throw new TypeError('no such thing');
      };`,
    );

    await expect(step.invoke({})).rejects.toMatchObject({
      name: 'TypeError',
      message: 'no such thing',
    });
    await expect(step.invoke({ exit: true })).rejects.toMatchObject({ name: 'Runtime.ExitError' });
  });

  it('stops a function that takes more memory than the template gives it', async () => {
    const { step } = start(
      'export const handler = () => { const all = []; for (;;) all.push(new Array(1e5).fill({})); };',
      { memoryMiB: 32, timeoutMs: 20_000 },
    );

    await expect(step.invoke({})).rejects.toMatchObject({ name: 'Runtime.OutOfMemory' });
  });

  it('keeps what it prints in its log', async () => {
    const { step, log } = start('export const handler = async () => console.log("seen");');

    await step.invoke({});

    await expect.poll(log).toContain('seen');
  });
});
