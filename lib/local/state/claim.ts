import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Folders that this process has itself. */
const taken = new Set<string>();

const marker = 'this-is-sundown-state';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const writeOwner = (path: string): boolean => {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
};

/** One process for one folder; a file left by a killed one is no obstacle. */
const own = (dir: string): (() => void) => {
  const path = join(dir, 'pid');
  while (!writeOwner(path)) {
    const pid = Number(readFileSync(path, 'utf8'));
    if (pid === process.pid ? taken.has(dir) : pid > 0 && isAlive(pid))
      throw new Error(
        `Sundown is running on ${dir} already (process ${pid}). Stop it first, or give another folder with --dir. If that process is not Sundown, delete ${path}.`,
      );
    rmSync(path, { force: true });
  }
  taken.add(dir);
  return () => {
    taken.delete(dir);
    rmSync(path, { force: true });
  };
};

/** Only a folder that we have made is ever emptied. */
const forget = (dir: string): void => {
  for (const name of readdirSync(dir))
    if (name !== marker && name !== 'pid') rmSync(join(dir, name), { recursive: true });
};

/**
 * Takes the state folder for this process.
 * @param fresh forget what is in it
 * @returns a function that gives it back
 * @throws Error where another process has it, or where it holds other things
 */
export const claimState = (dir: string, fresh: boolean): (() => void) => {
  mkdirSync(dir, { recursive: true });
  const isOurs = existsSync(join(dir, marker));
  if (!isOurs && readdirSync(dir).length > 0)
    throw new Error(`${dir} holds other things; give an empty or new folder with --dir.`);
  writeFileSync(join(dir, marker), 'Made by "npm start" and "npm run demo"; --fresh empties it.\n');
  const release = own(dir);
  if (fresh) forget(dir);
  return release;
};
