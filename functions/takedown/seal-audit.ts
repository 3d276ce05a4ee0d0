import { dynamoClient } from '../adapters/dynamo.ts';
import { dynamoAudit } from '../adapters/dynamo-audit.ts';
import { emfMetrics } from '../adapters/emf-metrics.ts';
import { kmsSigner } from '../adapters/kms-signer.ts';
import { s3Ledger } from '../adapters/s3-ledger.ts';
import { type Head, rootOf, statementOf } from '../domain/audit/checkpoint.ts';
import type { Subject } from '../domain/audit/event.ts';
import { dayOf, type Instant, iso } from '../domain/time.ts';
import type { AuditPort, LedgerPort, MetricsPort, SignerPort } from '../ports.ts';
import { env } from '../runtime/env.ts';
import { scheduled } from '../runtime/lambda.ts';
import { sha256 } from '../runtime/sha256.ts';

export type Env = { AUDIT_TABLE: string; LEDGER_BUCKET: string; SIGNING_KEY_ID: string };

type Ports = { audit: AuditPort; ledger: LedgerPort; signer: SignerPort; metrics: MetricsPort };

const headsOf = async (audit: AuditPort): Promise<Head[]> => {
  const heads = new Map<Subject, Head>();
  for await (const { subject, seq, hash } of audit.all()) {
    heads.set(subject, { subject, seq, hash });
  }
  return [...heads.values()].sort((a, b) => (a.subject < b.subject ? -1 : 1));
};

/**
 * Signs where every chain stands and stores it where nobody can change it: one
 * checkpoint a day, on empty days too. The same day twice keeps the first.
 */
export const sealAudit =
  ({ audit, ledger, signer, metrics }: Ports) =>
  async (_input: undefined, now: Instant): Promise<void> => {
    const heads = await headsOf(audit);
    const open = { at: iso(now), root: rootOf(heads, sha256), heads };

    const signature = await signer.sign(statementOf(open));

    await ledger.put(`checkpoints/${dayOf(now)}`, JSON.stringify({ ...open, signature }));
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
