import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { readJson, writeJson, writeWhole } from '../state/files.ts';

/** A letter that was sent; its text lies beside it, in `file`. */
export type SentLetter = {
  messageId: string;
  sentAt: string;
  from: string;
  to: string[];
  subject: string;
  file: string;
};

export type Outbox = {
  dir: string;
  keep(messageId: string, from: string, to: string[], subject: string, mail: Buffer): void;
  /** Oldest first. */
  letters(): SentLetter[];
};

/** Letters as files that a mail program opens. */
export const openOutbox = (dir: string, clock: Clock): Outbox => {
  mkdirSync(dir, { recursive: true });
  return {
    dir,
    keep: (messageId, from, to, subject, mail) => {
      const sentAt = new Date(clock.now()).toISOString();
      const name = `${sentAt.replaceAll(':', '-')}-${messageId.slice(4, 12)}`;
      const file = join(dir, `${name}.eml`);
      writeWhole(file, mail);
      const letter: SentLetter = { messageId, sentAt, from, to, subject, file };
      writeJson(join(dir, `${name}.json`), letter);
    },
    letters: () =>
      (existsSync(dir) ? readdirSync(dir) : [])
        .filter((name) => name.endsWith('.json'))
        .sort()
        .map((name) => readJson<SentLetter>(join(dir, name)))
        .filter((letter) => letter !== undefined),
  };
};
