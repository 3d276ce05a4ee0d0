import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { newTimeline } from '../../bin/demo/timeline.ts';
import { newWorld, type World } from '../../bin/demo/world.ts';
import { type Connection, connect } from '../../bin/sundown/connection.ts';
import type { AuditEvent, Subject } from '../../functions/domain/audit/event.ts';
import { articleIdOf } from '../../functions/domain/news/canonical-url.ts';
import type { LocalOptions, LocalStack } from '../../lib/local/stack.ts';
import { startLocal } from '../../lib/local/start-local.ts';

export const minute = 60_000;
export const day = 1440 * minute;

/** One template for all stacks of a test worker: making it is what takes long. */
export const cdkOut = join(
  import.meta.dirname,
  `../../node_modules/.cache/sundown-journeys/${String(import.meta.env['VITEST_POOL_ID'] ?? 0)}`,
);

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Our page of an article, by the address its publisher gives it. */
export const pageOf = (url: string): string => `/article/${articleIdOf(url, sha256)}`;

export const idOf = (page: string): string => page.slice('/article/'.length);

/** A whole stack under a test, with the doors of reader, owner and operator. */
export type Journey = World & {
  to: Connection;
  /** The chain of one subject. */
  chain(subject: Subject): Promise<AuditEvent[]>;
  /** Cases opened so far, oldest first. */
  cases(): Promise<string[]>;
  /** Everything the functions have printed. */
  logs(): string;
};

export const stateDir = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'sundown-journey-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
};

const logsIn = (dir: string): string =>
  readdirSync(dir)
    .filter((name) => name.startsWith('sundown-'))
    .map((name) => readFileSync(join(dir, name), 'utf8'))
    .join('\n');

export const journeyOn = async (stack: LocalStack, dir: string): Promise<Journey> => {
  const to = await connect({ cloud: false, name: 'sundown', dir });
  const quiet = newTimeline(stack.clock.now, () => {});
  return {
    ...newWorld(stack, quiet, dir),
    to,
    chain: (subject) => to.audit.history(subject),
    cases: async () => {
      const rows = await Array.fromAsync(to.cases.all());
      return rows
        .sort((a, b) => a.case.receivedAt - b.case.receivedAt)
        .map((row) => row.case.id);
    },
    logs: () => logsIn(stack.facts().logs),
  };
};

/** Starts a stack that only a moved clock drives; it ends with the file's tests. */
export const begin = async (options: Partial<LocalOptions> = {}): Promise<Journey> => {
  const dir = stateDir();
  const stack = await startLocal({ dir, autoRun: false, cdkOut, ...options });
  afterAll(stack.stop);
  return journeyOn(stack, dir);
};

export const actions = (events: readonly AuditEvent[]): string[] =>
  events.map(({ action }) => action);
