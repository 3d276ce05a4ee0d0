import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { newTimeline } from '../../bin/demo/timeline.ts';
import { newWorld, type World } from '../../bin/demo/world.ts';
import { type Connection, connect } from '../../bin/sundown/connection.ts';
import type { AuditEvent, Subject } from '../../functions/domain/audit/event.ts';
import { articleIdOf } from '../../functions/domain/news/canonical-url.ts';
import type { CaseRow } from '../../functions/ports.ts';
import type { LocalOptions, LocalStack } from '../../lib/local/stack.ts';
import { startLocal } from '../../lib/local/start-local.ts';

export const minute = 60_000;
export const day = 1440 * minute;

/** Vitest numbers its workers; no two write to one folder. */
const { env } = import.meta as unknown as { env: Record<string, string | undefined> };

/** One template for all stacks of a test worker: making it is what takes long. */
export const cdkOut = join(
  import.meta.dirname,
  `../../node_modules/.cache/sundown-journeys/${env['VITEST_POOL_ID'] ?? '0'}`,
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

const ends: (() => unknown)[] = [];

/** Runs after the file's last test, last come first. */
export const atEnd = (end: () => unknown): void => void ends.push(end);

afterAll(async () => {
  for (const end of ends.splice(0).reverse()) await end();
}, 30_000);

export const stateDir = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'sundown-journey-'));
  atEnd(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
};

const logsIn = (dir: string): string =>
  readdirSync(dir)
    .filter((name) => name.startsWith('sundown-'))
    .map((name) => readFileSync(join(dir, name), 'utf8'))
    .join('\n');

/** Ids of all cases, in the order in which their mails came. */
export const casesOf = async ({ cases }: Pick<Connection, 'cases'>): Promise<string[]> => {
  const rows: CaseRow[] = [];
  for await (const row of cases.all()) rows.push(row);
  return rows.sort((a, b) => a.case.receivedAt - b.case.receivedAt).map((row) => row.case.id);
};

export const journeyOn = async (stack: LocalStack, dir: string): Promise<Journey> => {
  const to = await connect({ cloud: false, name: 'sundown', dir });
  const quiet = newTimeline(stack.clock.now, () => {});
  return {
    ...newWorld(stack, quiet, dir),
    to,
    chain: (subject) => to.audit.history(subject),
    cases: () => casesOf(to),
    logs: () => logsIn(stack.facts().logs),
  };
};

type Beginning = Partial<LocalOptions> & { story?: (journey: Journey) => Promise<unknown> };

/**
 * Starts a stack that only a moved clock drives, for all tests of a file, and reads
 * the feeds once; `story` goes on from there.
 * @returns how the tests get at it
 */
export const begin = ({ story, ...options }: Beginning = {}): (() => Journey) => {
  let journey: Journey | undefined;
  beforeAll(async () => {
    const dir = stateDir();
    const stack = await startLocal({ dir, autoRun: false, cdkOut, ...options });
    atEnd(stack.stop);
    journey = await journeyOn(stack, dir);
    await journey.readFeeds();
    // Two entries with one text may meet; the second then waits some seconds for the first.
    if (options.autoRun !== true) await journey.pass(minute);
    await story?.(journey);
  }, 100_000);
  return () => {
    if (journey === undefined) throw new Error('The stack has not begun.');
    return journey;
  };
};

export const actions = (events: readonly AuditEvent[]): string[] =>
  events.map(({ action }) => action);
