import { join } from 'node:path';
import { readJson, writeJson } from './state/files.ts';

/** The machine's clock, moved forward by an offset. Nothing here reads another clock. */
export type Clock = {
  now(): number;
  offsetMs(): number;
  /** Moves time forward; alarms that have come due ring before this returns. */
  advance(ms: number): void;
  /** Rings once when `now()` reaches `time`. @returns a function that cancels it */
  alarm(time: number, ring: () => void): () => void;
  onMove(listener: () => void): void;
  /** Cancels all alarms, and takes no more. */
  stop(): void;
};

const longestTimerMs = 2 ** 31 - 1;

type Alarm = { time: number; ring: () => void; timer: NodeJS.Timeout };

const alarms = (now: () => number) => {
  const waiting = new Set<Alarm>();
  let stopped = false;
  const due = (alarm: Alarm): void => {
    clearTimeout(alarm.timer);
    const left = alarm.time - now();
    if (left > 0) alarm.timer = setTimeout(due, Math.min(left, longestTimerMs), alarm);
    else if (waiting.delete(alarm)) alarm.ring();
  };
  return {
    set: (time: number, ring: () => void) => {
      if (stopped) return () => {};
      const delay = Math.min(Math.max(time - now(), 0), longestTimerMs);
      const alarm: Alarm = { time, ring, timer: setTimeout(() => due(alarm), delay) };
      waiting.add(alarm);
      return () => {
        clearTimeout(alarm.timer);
        waiting.delete(alarm);
      };
    },
    ringDue: () => {
      for (const alarm of [...waiting].sort((a, b) => a.time - b.time)) due(alarm);
    },
    stop: () => {
      stopped = true;
      for (const alarm of waiting) clearTimeout(alarm.timer);
      waiting.clear();
    },
  };
};

/** @param dir where the offset is remembered; undefined = forgotten with the process */
export const movableClock = (dir?: string): Clock => {
  const path = dir === undefined ? undefined : join(dir, 'clock.json');
  let offset = path === undefined ? 0 : (readJson<{ offsetMs: number }>(path)?.offsetMs ?? 0);
  const now = (): number => Date.now() + offset;
  const pending = alarms(now);
  const listeners: (() => void)[] = [];
  return {
    now,
    offsetMs: () => offset,
    advance: (ms) => {
      if (!Number.isSafeInteger(ms) || ms < 0)
        throw new Error(`The clock moves forward by whole milliseconds, not by ${ms}.`);
      offset += ms;
      if (path !== undefined) writeJson(path, { offsetMs: offset });
      for (const listener of listeners) listener();
      pending.ringDue();
    },
    alarm: pending.set,
    onMove: (listener) => void listeners.push(listener),
    stop: pending.stop,
  };
};
