import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeWhole } from './files.ts';

type AppendLog<T> = {
  append(...records: T[]): void;
  /** Rewrites the file so that it holds these records only. */
  replace(records: readonly T[]): void;
  /** May be called twice. */
  close(): void;
};

const lines = (records: readonly unknown[]): string =>
  records.map((record) => `${JSON.stringify(record)}\n`).join('');

/** The last line is dropped when a crash has cut it off; any other broken line is an error. */
const parse = <T>(path: string): T[] => {
  if (!existsSync(path)) return [];
  const rows = readFileSync(path, 'utf8').split('\n');
  rows.pop();
  return rows.map((row) => JSON.parse(row) as T);
};

/**
 * Records of one kind, a JSON line each, in a file that is only ever appended to.
 * An append is one write: once it returned, killing the process loses nothing.
 */
export const openLog = <T>(path: string): { records: T[]; log: AppendLog<T> } => {
  mkdirSync(dirname(path), { recursive: true });
  const records = parse<T>(path);
  writeWhole(path, lines(records));
  let file: number | undefined = openSync(path, 'a');
  // a closed number may be another file's by now
  const openFile = (): number => {
    if (file === undefined) throw new Error(`${path} is closed.`);
    return file;
  };
  const close = (): void => {
    if (file !== undefined) closeSync(file);
    file = undefined;
  };
  const log: AppendLog<T> = {
    append: (...more) => {
      writeSync(openFile(), lines(more));
    },
    replace: (kept) => {
      closeSync(openFile());
      writeWhole(path, lines(kept));
      file = openSync(path, 'a');
    },
    close,
  };
  return { records, log };
};
