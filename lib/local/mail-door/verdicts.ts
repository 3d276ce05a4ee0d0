import type { Authentication } from './authentication.ts';
import type { VerdictStatus, Verdicts } from './types.ts';

/** The standard test texts; in pieces, so that no scanner stops at this file. */
const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!'].join('');
const EICAR_AS_BASE64 = Buffer.from(EICAR).toString('base64').slice(0, 60);
const GTUBE = ['XJS*C4JDBQADN1.NSBN3*2IDNEN*', 'GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X'].join('');

/** GRAY is SES's word for "no statement": no policy, no signature, neutral. */
const STATUS: Record<string, VerdictStatus> = {
  pass: 'PASS',
  fail: 'FAIL',
  policy: 'FAIL',
  none: 'GRAY',
  neutral: 'GRAY',
  softfail: 'GRAY',
  temperror: 'PROCESSING_FAILED',
  permerror: 'PROCESSING_FAILED',
};

const statusOf = (result: string): VerdictStatus => STATUS[result] ?? 'PROCESSING_FAILED';

const dkimStatus = (signatures: Authentication['dkim']): VerdictStatus => {
  const all = signatures.map((signature) => statusOf(signature.result));
  const order: VerdictStatus[] = ['PASS', 'PROCESSING_FAILED', 'FAIL'];
  return order.find((status) => all.includes(status)) ?? 'GRAY';
};

const dmarcPolicy = ({ result, policy }: Authentication['dmarc']): Verdicts['dmarcPolicy'] => {
  if (result !== 'fail') return null;
  return policy === 'reject' || policy === 'quarantine' ? policy : 'none';
};

export const verdictsOf = (raw: Buffer, authentication: Authentication): Verdicts => ({
  spam: raw.includes(GTUBE) ? 'FAIL' : 'PASS',
  virus: raw.includes(EICAR) || raw.includes(EICAR_AS_BASE64) ? 'FAIL' : 'PASS',
  spf: statusOf(authentication.spf.result),
  dkim: dkimStatus(authentication.dkim),
  dmarc: statusOf(authentication.dmarc.result),
  dmarcPolicy: dmarcPolicy(authentication.dmarc),
});
