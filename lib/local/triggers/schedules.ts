import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { readJson, writeJson } from '../state/files.ts';
import type { ScheduleSpec } from '../template/triggers.ts';
import { type NextAfter, readExpression } from './expression.ts';

/** Starts one schedule; what it starts first waits for `before`. */
export type Fire = (spec: ScheduleSpec, before: Promise<unknown>) => Promise<unknown>;

/** A run that starts this much after its time was skipped over, by a jump or a machine switched off. */
const lateMs = 5000;

/** Starts schedules and remembers when; late runs go one after another, as they would have gone. */
const starter = (fire: Fire, clock: Clock, path: string) => {
  const fired = readJson<Record<string, number>>(path) ?? {};
  const busy = new Set<string>();
  let line: Promise<unknown> = Promise.resolve();
  const mark = (name: string): void => {
    fired[name] = clock.now();
    writeJson(path, fired);
  };
  const start = (spec: ScheduleSpec, due: number): void => {
    mark(spec.name);
    // a run that takes longer than its period is not joined by a second
    if (busy.has(spec.name)) return;
    busy.add(spec.name);
    const isLate = clock.now() - due > lateMs;
    const run = fire(spec, isLate ? line : Promise.resolve()).finally(() => busy.delete(spec.name));
    if (isLate) line = run;
  };
  return { start, mark, lastOf: (name: string): number | undefined => fired[name] };
};

type Timed = { spec: ScheduleSpec; next: NextAfter };

/**
 * Starts functions by the clock. A rate begins with a run at the first start; what
 * came due while the machine was off, or while the clock jumped, runs once.
 * @param automatic false = only a moved clock fires, never time passing by itself
 * @returns a function that ends it
 */
export const startSchedules = (
  specs: readonly ScheduleSpec[],
  fire: Fire,
  { clock, dir, automatic }: { clock: Clock; dir: string; automatic: boolean },
): (() => void) => {
  const { start, mark, lastOf } = starter(fire, clock, join(dir, 'schedules.json'));
  const timed = specs.map((spec) => ({ spec, next: readExpression(spec.expression) }));
  for (const { name, expression } of specs)
    if (lastOf(name) === undefined && !(automatic && expression.startsWith('rate'))) mark(name);
  const dueAt = ({ spec, next }: Timed): number => {
    const last = lastOf(spec.name);
    return last === undefined ? clock.now() : (next(last) ?? Number.POSITIVE_INFINITY);
  };
  const cancels = new Map<string, () => void>();
  const arm = (one: Timed): void => {
    const due = dueAt(one);
    if (due === Number.POSITIVE_INFINITY) return;
    const ring = (): void => {
      start(one.spec, due);
      arm(one);
    };
    cancels.set(one.spec.name, clock.alarm(due, ring));
  };
  const fireDue = (): void => {
    const due = timed.map((one) => ({ ...one, due: dueAt(one) }));
    for (const one of due.sort((a, b) => a.due - b.due))
      if (one.due <= clock.now()) start(one.spec, one.due);
  };
  if (automatic) timed.forEach(arm);
  else clock.onMove(fireDue);
  return () => {
    for (const cancel of cancels.values()) cancel();
  };
};
