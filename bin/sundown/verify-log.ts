import {
  type Checkpoint,
  daysWithout,
  isInPlace,
  statementOf,
  verifyCheckpoint,
} from '../../functions/domain/audit/checkpoint.ts';
import { crossCheck } from '../../functions/domain/audit/cross-check.ts';
import type { AuditEvent, Subject } from '../../functions/domain/audit/event.ts';
import {
  type Fault,
  type Projection,
  verifyChain,
  verifyProjections,
} from '../../functions/domain/audit/verify.ts';
import type { AuditPort, CasesPort, LedgerPort, SignerPort } from '../../functions/ports.ts';
import { sha256 } from '../../functions/runtime/sha256.ts';

/** What the log is held against, beside itself; null = nothing (an export, offline). */
export type Witnesses = {
  audit: AuditPort;
  cases: CasesPort;
  ledger: LedgerPort;
  signer: SignerPort;
};

export type Findings = {
  chains: number;
  records: number;
  valid: number;
  checkpoints: number;
  /** Days between two checkpoints that have none: worth a look, no proof of anything. */
  unsealedDays: string[];
  faults: Fault[];
};

const chainsOf = async (events: AsyncIterable<AuditEvent>): Promise<Map<Subject, AuditEvent[]>> => {
  const chains = new Map<Subject, AuditEvent[]>();
  for await (const event of events) {
    const chain = chains.get(event.subject);
    if (chain) chain.push(event);
    else chains.set(event.subject, [event]);
  }
  for (const chain of chains.values()) chain.sort((a, b) => a.seq - b.seq);
  return chains;
};

const ledgerFault = (name: string, problem: string): Fault => ({
  subject: 'ledger',
  seq: 0,
  problem: `${name}: ${problem}`,
});

const readCheckpoint = async (
  ledger: LedgerPort,
  name: string,
): Promise<Checkpoint | undefined> => {
  try {
    const read = JSON.parse((await ledger.get(name)) ?? '') as Checkpoint | null;
    return typeof read?.at === 'string' && Array.isArray(read.heads) ? read : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

type Seen = Pick<Findings, 'checkpoints' | 'unsealedDays' | 'faults'>;

const verifyLedger = async (
  { ledger, signer }: Witnesses,
  chains: Map<Subject, AuditEvent[]>,
): Promise<Seen> => {
  const faults: Fault[] = [];
  const hashAt = (subject: Subject, seq: number): string | undefined =>
    chains.get(subject)?.find((event) => event.seq === seq)?.hash;
  const names = await ledger.list();
  for (const name of names) {
    const checkpoint = await readCheckpoint(ledger, name);
    if (checkpoint === undefined) faults.push(ledgerFault(name, 'cannot be read'));
    else if (!(await signer.verify(statementOf(checkpoint), checkpoint.signature))) {
      faults.push(ledgerFault(name, 'its signature is not ours'));
    } else if (!isInPlace(name, checkpoint)) {
      faults.push(ledgerFault(name, `was made at ${checkpoint.at}, not on the day of its name`));
    } else faults.push(...verifyCheckpoint(checkpoint, hashAt, sha256));
  }
  return { checkpoints: names.length, unsealedDays: daysWithout(names), faults };
};

const projectionsOf = async (cases: CasesPort): Promise<Projection[]> => {
  const projections: Projection[] = [];
  for await (const row of cases.all()) {
    projections.push({ subject: `case:${row.case.id}`, seq: row.case.seq });
  }
  return projections;
};

const witnessed = async (
  witnesses: Witnesses,
  chains: Map<Subject, AuditEvent[]>,
): Promise<Seen> => {
  const seen = await verifyLedger(witnesses, chains);
  const heads = new Map([...chains].map(([subject, chain]) => [subject, chain.at(-1)?.seq ?? 0]));
  const cut = verifyProjections(await projectionsOf(witnesses.cases), heads);
  return { ...seen, faults: [...seen.faults, ...cut] };
};

/** A log that is written while it is read tears: what one chain misses is read once more. */
const readAgain = async (audit: AuditPort, chains: Map<Subject, AuditEvent[]>): Promise<void> => {
  const read = new Set<Subject>();
  const missed = () => crossCheck(chains).find(({ missedIn }) => !read.has(missedIn))?.missedIn;
  for (let subject = missed(); subject !== undefined; subject = missed()) {
    read.add(subject);
    const chain = await audit.history(subject);
    if (chain.length > 0) chains.set(subject, chain);
  }
};

const alone: Seen = { checkpoints: 0, unsealedDays: [], faults: [] };

/** Recomputes every chain and holds it against the signed checkpoints and the Cases table. */
export const verifyLog = async (
  events: AsyncIterable<AuditEvent>,
  witnesses: Witnesses | null,
): Promise<Findings> => {
  const chains = await chainsOf(events);
  if (witnesses) await readAgain(witnesses.audit, chains);
  const broken = [...chains.values()].flatMap((chain) => verifyChain(chain, sha256));
  const seen = witnesses ? await witnessed(witnesses, chains) : alone;
  const gaps = crossCheck(chains).map(({ fault }) => fault);
  const records = [...chains.values()].reduce((sum, chain) => sum + chain.length, 0);
  return {
    chains: chains.size,
    records,
    valid: records - new Set(broken.map((f) => `${f.subject} ${f.seq}`)).size,
    ...seen,
    faults: [...broken, ...gaps, ...seen.faults],
  };
};
