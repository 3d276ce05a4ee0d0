import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { LocalStack } from '../../lib/local/stack.ts';
import type { Timeline } from './timeline.ts';

/** The stack under the demo, and what a reader, an owner or an operator can do to it. */
export type World = {
  stack: LocalStack;
  timeline: Timeline;
  dir: string;
  get(path: string): Promise<{ status: number; text: string; headers: Headers }>;
  mail(from: string, to: string, raw: string | Buffer): Promise<void>;
  /** Letters to an address, oldest first, with their whole text. */
  lettersTo(address: string): Promise<{ subject: string; raw: string }[]>;
  sundown(...args: string[]): Promise<{ code: number; out: string }>;
  /** Reads the feeds that are due and publishes what they bring. */
  readFeeds(): Promise<void>;
  /** Moves the clock; what came due runs, and what that left behind, too. */
  pass(ms: number): Promise<void>;
};

const command = (file: string, args: string[]): Promise<{ code: number; out: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, [file, ...args], { maxBuffer: 64 << 20 }, (error, out, err) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      resolve({ code, out: out + err });
    });
  });

export const newWorld = (stack: LocalStack, timeline: Timeline, dir: string): World => {
  const { site, smtp } = stack.facts();
  const post = createTransport({ ...smtp, secure: false, ignoreTLS: true });
  return {
    stack,
    timeline,
    dir,
    get: async (path) => {
      const answer = await fetch(new URL(path, site), { redirect: 'manual' });
      return { status: answer.status, text: await answer.text(), headers: answer.headers };
    },
    mail: async (from, to, raw) => {
      await post.sendMail({ envelope: { from, to }, raw });
      await stack.settle();
    },
    lettersTo: async (address) => {
      const letters = stack.outbox().filter(({ to }) => to.includes(address));
      return Promise.all(
        letters.map(async ({ subject, file }) => ({ subject, raw: await readFile(file, 'utf8') })),
      );
    },
    sundown: (...args) =>
      command(join(import.meta.dirname, '..', 'sundown.ts'), [...args, '--dir', dir]),
    readFeeds: async () => {
      await stack.run('plan-polls');
      await stack.settle();
    },
    pass: async (ms) => {
      stack.clock.advance(ms);
      await stack.settle();
    },
  };
};

/** Addresses of the article pages that a list shows, in its order. */
export const articlesOn = (html: string): string[] => [
  ...new Set(html.match(/\/article\/[0-9a-f]{32}(?=["?#])/g) ?? []),
];

export const headlineOf = (html: string): string =>
  /<h1[^>]*>\s*([^<]+?)\s*<\/h1>/.exec(html)?.[1] ?? '';

export const caseIn = (text: string): string => /SD-\d{8}-[0-9A-Z]{6}/.exec(text)?.[0] ?? '';
