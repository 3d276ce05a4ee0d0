import {
  type Checkpoint,
  statementOf,
  verifyCheckpoint,
} from '../../functions/domain/audit/checkpoint.ts';
import type { AuditEvent, Subject } from '../../functions/domain/audit/event.ts';
import {
  type Fault,
  type Projection,
  verifyChain,
  verifyProjections,
} from '../../functions/domain/audit/verify.ts';
import type { CasesPort, LedgerPort, SignerPort } from '../../functions/ports.ts';
import { sha256 } from '../../functions/runtime/sha256.ts';

/** What the log is held against, beside itself; null = nothing (an export, offline). */
export type Witnesses = { cases: CasesPort; ledger: LedgerPort; signer: SignerPort };

export type Findings = {
  chains: number;
  records: number;
  valid: number;
  checkpoints: number;
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

const verifyLedger = async (
  { ledger, signer }: Witnesses,
  chains: Map<Subject, AuditEvent[]>,
): Promise<{ count: number; faults: Fault[] }> => {
  const faults: Fault[] = [];
  const hashAt = (subject: Subject, seq: number): string | undefined =>
    chains.get(subject)?.find((event) => event.seq === seq)?.hash;
  const names = await ledger.list();
  for (const name of names) {
    const text = await ledger.get(name);
    const checkpoint = text === undefined ? undefined : (JSON.parse(text) as Checkpoint);
    if (checkpoint === undefined) faults.push(ledgerFault(name, 'cannot be read'));
    else if (!(await signer.verify(statementOf(checkpoint), checkpoint.signature))) {
      faults.push(ledgerFault(name, 'its signature is not ours'));
    } else faults.push(...verifyCheckpoint(checkpoint, hashAt, sha256));
  }
  return { count: names.length, faults };
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
): Promise<{ count: number; faults: Fault[] }> => {
  const { count, faults } = await verifyLedger(witnesses, chains);
  const heads = new Map([...chains].map(([subject, chain]) => [subject, chain.at(-1)?.seq ?? 0]));
  const cut = verifyProjections(await projectionsOf(witnesses.cases), heads);
  return { count, faults: [...faults, ...cut] };
};

/** Recomputes every chain and holds it against the signed checkpoints and the Cases table. */
export const verifyLog = async (
  events: AsyncIterable<AuditEvent>,
  witnesses: Witnesses | null,
): Promise<Findings> => {
  const chains = await chainsOf(events);
  const broken = [...chains.values()].flatMap((chain) => verifyChain(chain, sha256));
  const seen = witnesses ? await witnessed(witnesses, chains) : { count: 0, faults: [] };
  const records = [...chains.values()].reduce((sum, chain) => sum + chain.length, 0);
  return {
    chains: chains.size,
    records,
    valid: records - new Set(broken.map((f) => `${f.subject} ${f.seq}`)).size,
    checkpoints: seen.count,
    faults: [...broken, ...seen.faults],
  };
};
