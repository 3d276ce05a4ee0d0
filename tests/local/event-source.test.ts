import { describe, expect, it } from 'vitest';
import { movableClock } from '../../lib/local/clock.ts';
import { openQueues } from '../../lib/local/sqs/queues.ts';
import type { MappingSpec } from '../../lib/local/template/triggers.ts';
import { newActivity } from '../../lib/local/triggers/activity.ts';
import { eventSource, type Invoke } from '../../lib/local/triggers/event-source.ts';
import { later, tempDir } from './endpoint.ts';

const hour = 3_600_000;

describe('a queue that feeds a function', () => {
  const mapping: MappingSpec = {
    ...{ queue: 'work', functionName: 'f', batchSize: 10, concurrency: 2, partialFailures: true },
  };
  const start = (invoke: Invoke, more: Partial<MappingSpec> = {}) => {
    const clock = movableClock();
    later(clock.stop);
    const spec = { visibilityMs: hour, delayMs: 0 };
    const deadLetter = { queue: 'dead', maxReceiveCount: 3 };
    const specs = [
      { ...spec, name: 'work', deadLetter },
      { ...spec, name: 'dead', deadLetter: null },
    ];
    const queues = openQueues(tempDir(), specs, clock);
    const [work, dead] = [...queues.values()];
    if (!work || !dead) throw new Error('two queues were opened');
    const activity = newActivity();
    const context = { clock, activity, widest: 4 };
    later(eventSource(work, { ...mapping, ...more }, invoke, context));
    return { work, dead, activity, clock };
  };
  const bodiesOf = (event: unknown): { id: string; body: string }[] =>
    (event as { Records: { messageId: string; body: string }[] }).Records.map(
      ({ messageId, body }) => ({ id: messageId, body }),
    );

  it('hands messages over and removes them when the run returns', async () => {
    const seen: string[] = [];
    const { work, activity } = start(async (event) => {
      seen.push(...bodiesOf(event).map(({ body }) => body));
    });
    for (const body of ['a', 'b', 'c']) work.send(body);

    await activity.settled();

    expect(seen).toEqual(['a', 'b', 'c']);
    expect(work.counts()).toEqual({ visible: 0, delayed: 0, inFlight: 0 });
  });

  it('brings back only the messages that the run reports as failed', async () => {
    const seen: string[] = [];
    const { work, activity, clock } = start(async (event) => {
      const messages = bodiesOf(event);
      const isFirst = seen.length === 0;
      seen.push(...messages.map(({ body }) => body));
      const failed = isFirst ? messages.filter(({ body }) => body === 'bad') : [];
      return { batchItemFailures: failed.map(({ id }) => ({ itemIdentifier: id })) };
    });
    work.send('good');
    work.send('bad');
    await expect.poll(() => seen.length).toBe(2);

    clock.advance(1000);
    await activity.settled();

    expect(seen).toEqual(['good', 'bad', 'bad']);
  });

  it('buries a message after its last try, and is quiet then', async () => {
    let runs = 0;
    const { work, dead, activity, clock } = start(async () => {
      runs += 1;
      throw new Error('always');
    });
    work.send('poison');

    for (const tries of [1, 2]) {
      await expect.poll(() => runs).toBe(tries);
      clock.advance(2000);
    }
    await activity.settled();

    expect(runs).toBe(3);
    expect(dead.counts().visible).toBe(1);
  });

  it('counts a batch as failed whose answer names a message that is not in it', async () => {
    const { work, activity, dead, clock } = start(async () => {
      return { batchItemFailures: [{ itemIdentifier: 'nobody' }] };
    });
    work.send('x');

    for (const _ of [1, 2, 3]) {
      await expect.poll(() => work.counts().inFlight + dead.counts().visible).toBe(1);
      clock.advance(4000);
    }
    await activity.settled();

    expect(dead.counts().visible).toBe(1);
  });

  it('runs no more batches at once than it may', async () => {
    let [running, most] = [0, 0];
    const { work, activity } = start(
      async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
      },
      { batchSize: 1 },
    );
    for (let n = 0; n < 9; n += 1) work.send(String(n));

    await activity.settled();

    expect(most).toBe(2);
  });

  it('does not wait for a message that is sent with a delay', async () => {
    const seen: string[] = [];
    const { work, activity, clock } = start(async (event) => {
      seen.push(...bodiesOf(event).map(({ body }) => body));
    });
    work.send('later', { delayMs: 600_000 });

    await activity.settled();
    const before = [...seen];
    clock.advance(600_000);
    await activity.settled();

    expect([before, seen]).toEqual([[], ['later']]);
  });
});
