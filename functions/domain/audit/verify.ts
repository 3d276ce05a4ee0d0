import { genesis, hashOf, type Sha256 } from './chain.ts';
import type { AuditEvent, Subject } from './event.ts';
import { isSaidRightly } from './sentence.ts';

/** A record that is not as it was written, and why we know. */
export type Fault = { subject: Subject | 'ledger' | 'export'; seq: number; problem: string };

const fields: Record<keyof AuditEvent, true> = {
  subject: true,
  seq: true,
  at: true,
  actor: true,
  action: true,
  sentence: true,
  details: true,
  prevHash: true,
  hash: true,
};

/** What no hash covers must not be there: it could say anything. */
const strangeField = (event: AuditEvent): string | null => {
  const strange = Object.keys(event).find((name) => !Object.hasOwn(fields, name));
  if (strange === undefined) return null;
  return strange === 'day'
    ? 'it is filed under a day that is not its own'
    : `it has a field ${JSON.stringify(strange)} that no record has`;
};

const problemOf = (
  event: AuditEvent,
  before: AuditEvent | undefined,
  sha256: Sha256,
): string | null => {
  const expected = (before?.seq ?? 0) + 1;
  if (event.seq !== expected) return `record ${expected} is missing`;
  if (event.hash !== hashOf(event, sha256)) return 'its fields do not give its hash';
  if (event.prevHash !== (before?.hash ?? genesis))
    return 'it does not follow the record before it';
  if (before && event.at < before.at) return 'it is older than the record before it';
  if (!isSaidRightly(event)) return 'its sentence does not say what its details say';
  return strangeField(event);
};

/**
 * Recomputes one chain.
 * @param events all events of one subject in order of seq
 * @returns the faults, first to last; [] = every record is as it was written
 */
export const verifyChain = (events: readonly AuditEvent[], sha256: Sha256): Fault[] => {
  const faults: Fault[] = [];
  let before: AuditEvent | undefined;
  for (const event of events) {
    const problem = problemOf(event, before, sha256);
    if (problem !== null) faults.push({ subject: event.subject, seq: event.seq, problem });
    before = event;
  }
  return faults;
};

/** A row of another table that says up to where it folded a chain. */
export type Projection = { subject: Subject; seq: number };

/** A projection ahead of its chain proves that the end of the chain was cut off. */
export const verifyProjections = (
  projections: readonly Projection[],
  heads: ReadonlyMap<Subject, number>,
): Fault[] =>
  projections
    .filter(({ subject, seq }) => (heads.get(subject) ?? 0) < seq)
    .map(({ subject, seq }) => ({
      subject,
      seq,
      problem: `a table has seen record ${seq}, the log ends at ${heads.get(subject) ?? 0}`,
    }));
