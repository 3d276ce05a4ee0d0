import { day, dayOf, type Iso } from '../time.ts';
import type { Sha256 } from './chain.ts';
import type { Subject } from './event.ts';
import type { Fault } from './verify.ts';

export type Head = { subject: Subject; seq: number; hash: string };

/** A signed statement of where every chain stood at a time. */
export type Checkpoint = {
  at: Iso;
  /** Merkle root over `heads`, hex. */
  root: string;
  heads: Head[];
  /** Over `statementOf` the checkpoint, base64. */
  signature: string;
};

const leafOf = ({ subject, seq, hash }: Head, sha256: Sha256): string =>
  sha256(`leaf\n${subject}\n${seq}\n${hash}`);

/**
 * Merkle root of chain heads, sorted by subject; an odd node is carried up.
 * Leaves and nodes are hashed apart (RFC 6962 §2.1), over hex text.
 */
export const rootOf = (heads: readonly Head[], sha256: Sha256): string => {
  let level = [...heads]
    .sort((a, b) => (a.subject < b.subject ? -1 : 1))
    .map((head) => leafOf(head, sha256));
  if (level.length === 0) return sha256('empty');
  while (level.length > 1) {
    const next: string[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const left = level[i] ?? '';
      const right = level[i + 1];
      next.push(right === undefined ? left : sha256(`node\n${left}\n${right}`));
    }
    level = next;
  }
  return level[0] ?? '';
};

/** Where the checkpoint of a UTC day lies in the ledger. */
export const checkpointName = (day: string): string => `checkpoints/${day}`;

/** One taken at another time and laid under this name would hide what came between. */
export const isInPlace = (name: string, { at }: Pick<Checkpoint, 'at'>): boolean =>
  name === checkpointName(at.slice(0, 10));

/** The days from the first checkpoint to the last that have none. */
export const daysWithout = (names: readonly string[]): string[] => {
  const days = names.map((name) => name.slice(checkpointName('').length)).sort();
  const first = Date.parse(days[0] ?? '');
  const last = Date.parse(days.at(-1) ?? '');
  const missing: string[] = [];
  for (let at = first; at < last; at += day) {
    if (!days.includes(dayOf(at))) missing.push(dayOf(at));
  }
  return missing;
};

/** The text that is signed. */
export const statementOf = ({ at, root, heads }: Omit<Checkpoint, 'signature'>): string =>
  `sundown checkpoint\n${at}\n${heads.length}\n${root}\n`;

/** Holds a checkpoint against the log: what it saw then must stand there now. */
export const verifyCheckpoint = (
  checkpoint: Checkpoint,
  hashAt: (subject: Subject, seq: number) => string | undefined,
  sha256: Sha256,
): Fault[] => {
  if (rootOf(checkpoint.heads, sha256) !== checkpoint.root) {
    const problem = `the checkpoint of ${checkpoint.at} does not give its own root`;
    return [{ subject: 'ledger', seq: 0, problem }];
  }
  return checkpoint.heads
    .filter(({ subject, seq, hash }) => hashAt(subject, seq) !== hash)
    .map(({ subject, seq }) => ({
      subject,
      seq,
      problem: `not what the checkpoint of ${checkpoint.at} saw`,
    }));
};
