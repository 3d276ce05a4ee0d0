import { dynamoClient } from '../adapters/dynamo.ts';
import { dynamoAudit } from '../adapters/dynamo-audit.ts';
import { dynamoCases } from '../adapters/dynamo-cases.ts';
import { sesLetters } from '../adapters/ses-letters.ts';
import type { AuditEvent } from '../domain/audit/event.ts';
import type { LetterKind } from '../domain/audit/facts.ts';
import { type Case, foldCase } from '../domain/takedown/case.ts';
import { letterLease } from '../domain/takedown/case-plan.ts';
import { policy } from '../domain/takedown/policy.ts';
import { projectionOf } from '../domain/takedown/projection.ts';
import type { Instant } from '../domain/time.ts';
import { Permanent, Retryable } from '../errors.ts';
import type { LetterDue } from '../ports.ts';
import { env } from '../runtime/env.ts';
import { journal } from '../runtime/journal.ts';
import { queued } from '../runtime/lambda.ts';
import { type LetterPorts, sendLetter } from './send-letters/send-letter.ts';

export type Env = {
  CASES_TABLE: string;
  AUDIT_TABLE: string;
  SITE_ORIGIN: string;
  ADMIN_ADDRESS: string;
  CONFIGURATION_SET: string;
};

const kinds: readonly LetterKind[] = ['acknowledgement', 'receipt'];

/** Which letters to send now, and whether another run is sending one. */
const pending = ({ letters }: Case, now: Instant): { due: LetterKind[]; isBusy: boolean } => {
  const isBusy = (kind: LetterKind): boolean => {
    const letter = letters[kind];
    return letter?.state === 'sending' && now < letter.at + letterLease;
  };
  const isUnsent = (kind: LetterKind): boolean =>
    letters[kind] !== undefined && letters[kind].state !== 'sent';
  const mustWait = (kind: LetterKind): boolean => {
    const letter = letters[kind];
    return letter?.state === 'owed' ? now < letter.at : isBusy(kind);
  };
  // Letters go out in their order: none overtakes one that is owed or may be on its way.
  const unsent = kinds.filter(isUnsent);
  const first = unsent.findIndex(mustWait);
  return { due: first < 0 ? unsent : unsent.slice(0, first), isBusy: kinds.some(isBusy) };
};

const folded = (events: readonly AuditEvent[], caseId: string): Case => {
  const state = foldCase(events);
  if (state === null) throw new Permanent(`case ${caseId} is not in the log`);
  return state;
};

/**
 * Sends the letters that a case owes, each once; what fails is owed again, later.
 * @throws Retryable where a letter is on its way and its outcome is not known yet
 */
export const sendLetters =
  (ports: LetterPorts) =>
  async ({ caseId }: LetterDue, now: Instant): Promise<void> => {
    const log = journal(ports.audit, 'send-letters');
    const row = await ports.cases.get(caseId);
    if (row === undefined) throw new Retryable(`case ${caseId} has no row yet`);
    const { correspondence } = row;
    let events = await log.history(`case:${caseId}`);

    const { due, isBusy } = pending(folded(events, caseId), now);

    for (const kind of due) {
      const state = folded(events, caseId);
      events = await sendLetter({ ports, log, state, correspondence, now }, kind, events);
      if (folded(events, caseId).letters[kind]?.state !== 'sent') break;
    }
    const state = folded(events, caseId);
    // An operator may have written a note meanwhile; only what is newest may be written back.
    const latest = (await ports.cases.get(caseId)) ?? row;
    await ports.cases.put(projectionOf(state, latest.correspondence, policy));
    if (isBusy) throw new Retryable(`a letter of case ${caseId} is on its way`);
  };

export const handler = queued<LetterDue>(() => {
  const e = env<Env>();
  const client = dynamoClient();
  return sendLetters({
    audit: dynamoAudit(client, e.AUDIT_TABLE),
    cases: dynamoCases(client, e.CASES_TABLE),
    letters: sesLetters({ from: e.ADMIN_ADDRESS, configurationSet: e.CONFIGURATION_SET }),
    siteOrigin: e.SITE_ORIGIN,
    adminAddress: e.ADMIN_ADDRESS,
  });
});
