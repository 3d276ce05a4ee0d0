import { describe, expect, it } from 'vitest';
import { movableClock } from '../../lib/local/clock.ts';
import { readExpression } from '../../lib/local/triggers/expression.ts';
import { startSchedules } from '../../lib/local/triggers/schedules.ts';
import { later, tempDir } from './endpoint.ts';

const minute = 60_000;
const hour = 60 * minute;
const at = (text: string): number => Date.parse(text);
const text = (time: number | undefined): string | undefined =>
  time === undefined ? undefined : new Date(time).toISOString();

describe('a schedule expression', () => {
  it.each([
    ['rate(1 minute)', '2026-11-24T10:00:30Z', '2026-11-24T10:01:30.000Z'],
    ['rate(2 hours)', '2026-11-24T10:00:00Z', '2026-11-24T12:00:00.000Z'],
    ['cron(10 0 * * ? *)', '2026-11-24T00:10:00Z', '2026-11-25T00:10:00.000Z'],
    ['cron(0/15 8-9 ? * MON-FRI *)', '2026-11-27T09:45:00Z', '2026-11-30T08:00:00.000Z'],
    ['cron(0 0 29 FEB ? *)', '2026-01-01T00:00:00Z', '2028-02-29T00:00:00.000Z'],
    ['cron(0 12 1,15 * ? 2020)', '2026-01-01T00:00:00Z', undefined],
  ])('%s after %s is %s', (expression, after, expected) => {
    expect(text(readExpression(expression)(at(after)))).toBe(expected);
  });

  it.each(['rate(0 minutes)', 'cron(0 0 L * ? *)', 'cron(61 0 * * ? *)', 'at(2026-01-01)', ''])(
    'refuses "%s"',
    (expression) => {
      expect(() => readExpression(expression)).toThrow('not understood');
    },
  );
});

describe('schedules', () => {
  const start = (automatic: boolean, dir = tempDir()) => {
    const clock = movableClock();
    later(clock.stop);
    const fired: string[] = [];
    const spec = (name: string, expression: string) => ({
      ...{ name, expression, functionName: name, input: {} },
    });
    const specs = [spec('slow', 'rate(1 hour)'), spec('quick', 'rate(1 minute)')];
    const gates: (() => void)[] = [];
    const fire = async ({ name }: { name: string }, before: Promise<unknown>) => {
      await before;
      fired.push(name);
      await new Promise<void>((resolve) => gates.push(resolve));
    };
    const end = startSchedules(specs, fire, { clock, dir, automatic });
    later(end);
    return { clock, fired, gates, dir, end };
  };

  it('run once, one after another in order of their time, when the clock jumps', async () => {
    const { clock, fired, gates } = start(false);

    clock.advance(24 * hour);
    await expect.poll(() => fired).toEqual(['quick']);
    gates.shift()?.();

    await expect.poll(() => fired).toEqual(['quick', 'slow']);
  });

  it('wait for the clock where they are not automatic', () => {
    const { clock, fired } = start(false);

    clock.advance(minute - 5000);

    expect(fired).toEqual([]);
  });

  it('begin with a run where they are, but not again at a second start', async () => {
    const first = start(true);
    await expect.poll(() => first.fired.sort()).toEqual(['quick', 'slow']);
    first.end();

    const second = start(true, first.dir);
    second.clock.advance(minute);

    await expect.poll(() => second.fired).toEqual(['quick']);
  });
});
