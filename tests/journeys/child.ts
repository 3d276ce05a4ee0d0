import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SentLetter } from '../../lib/local/mail/outbox.ts';
import type { LocalFacts } from '../../lib/local/stack.ts';
import { atEnd } from './journey.ts';

const root = join(import.meta.dirname, '../..');

/** The stack as a process of its own, as `npm start` makes it. */
export type Child = {
  facts: LocalFacts;
  control(path: string, body?: object): Promise<unknown>;
  outbox(): Promise<SentLetter[]>;
  /** kill -9 */
  kill(): Promise<void>;
};

const welcomed = (child: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    let printed = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        printed += text;
        if (printed.includes('Ctrl-C stops')) resolve();
      });
    child.once('exit', () => reject(new Error(`The stack ended: ${printed}`)));
  });

export const startChild = async (dir: string): Promise<Child> => {
  const args = [join(root, 'bin/local.ts'), 'start', '--dir', dir];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  atEnd(() => child.kill('SIGKILL'));
  await welcomed(child);
  const facts = JSON.parse(readFileSync(join(dir, 'local.json'), 'utf8')) as LocalFacts;
  const headers = { 'content-type': 'application/json' };
  return {
    facts,
    control: async (path, body = {}) => {
      const ask = { method: 'POST', headers, body: JSON.stringify(body) };
      const answer = await fetch(`${facts.control}/${path}`, ask);
      if (!answer.ok) throw new Error(await answer.text());
      return answer.json();
    },
    outbox: async () => (await (await fetch(`${facts.control}/outbox`)).json()) as SentLetter[],
    kill: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
};
