import { dynamoClient } from '../adapters/dynamo.ts';
import { dynamoAudit } from '../adapters/dynamo-audit.ts';
import { emfMetrics } from '../adapters/emf-metrics.ts';
import { kmsSigner } from '../adapters/kms-signer.ts';
import { s3Ledger } from '../adapters/s3-ledger.ts';
import {
  type Checkpoint,
  checkpointName,
  type Head,
  isInPlace,
  rootOf,
  statementOf,
} from '../domain/audit/checkpoint.ts';
import { dayOf, type Instant, iso } from '../domain/time.ts';
import { Permanent } from '../errors.ts';
import type { AuditPort, LedgerPort, MetricsPort, SignerPort } from '../ports.ts';
import { env } from '../runtime/env.ts';
import { scheduled } from '../runtime/lambda.ts';
import { sha256 } from '../runtime/sha256.ts';

export type Env = { AUDIT_TABLE: string; LEDGER_BUCKET: string; SIGNING_KEY_ID: string };

type Ports = { audit: AuditPort; ledger: LedgerPort; signer: SignerPort; metrics: MetricsPort };

const bySubject = (a: Head, b: Head): number => (a.subject < b.subject ? -1 : 1);

/** What lies under the day's name already must be a checkpoint of the day, or somebody put it there. */
const isOfItsDay = (name: string, text: string | undefined): boolean => {
  try {
    return isInPlace(name, JSON.parse(text ?? '') as Checkpoint);
  } catch {
    return false;
  }
};

/**
 * Signs where every chain stands and stores it where nobody can change it: one
 * checkpoint a day, on empty days too. The same day twice keeps the first.
 */
export const sealAudit =
  ({ audit, ledger, signer, metrics }: Ports) =>
  async (_input: undefined, now: Instant): Promise<void> => {
    const heads = (await audit.heads()).sort(bySubject);
    const open = { at: iso(now), root: rootOf(heads, sha256), heads };

    const signature = await signer.sign(statementOf(open));

    const name = checkpointName(dayOf(now));
    const stored = await ledger.put(name, JSON.stringify({ ...open, signature }));
    if (stored === 'taken' && !isOfItsDay(name, await ledger.get(name))) {
      throw new Permanent(`${name} is no checkpoint of its day; see the runbook, "NOT VALID"`);
    }
    metrics.put('Checkpoints', 'Count', 1);
  };

export const handler = scheduled(() => {
  const e = env<Env>();
  return sealAudit({
    audit: dynamoAudit(dynamoClient(), e.AUDIT_TABLE),
    ledger: s3Ledger(e.LEDGER_BUCKET),
    signer: kmsSigner(e.SIGNING_KEY_ID),
    metrics: emfMetrics(),
  });
});
