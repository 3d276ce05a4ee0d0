import {
  resolve4,
  resolve6,
  resolveCname,
  resolveMx,
  resolvePtr,
  resolveTxt,
} from 'node:dns/promises';
import type { Answers, Resolver, Zone, ZoneRecords } from './types.ts';

/** Top-level names that are nobody's (RFC 6761): never asked of real DNS. */
const RESERVED = /(^|\.)(example|test|invalid|localhost|127\.in-addr\.arpa)$/;
const TXT_CHUNK = 255;

const dnsError = (code: string, name: string, rrtype: string): Error =>
  Object.assign(new Error(`query${rrtype} ${code} ${name}`), { code });

const chunksOf = (text: string): string[] => {
  const chunks: string[] = [];
  for (let at = 0; at < text.length; at += TXT_CHUNK) chunks.push(text.slice(at, at + TXT_CHUNK));
  return chunks;
};

const answersOf = (records: ZoneRecords, rrtype: string): Answers => {
  switch (rrtype.toUpperCase()) {
    case 'TXT':
      return (records.txt ?? []).map(chunksOf);
    case 'A':
      return records.a ?? [];
    case 'MX':
      return records.mx ?? [];
    case 'PTR':
      return records.ptr ?? [];
    default:
      return [];
  }
};

const plainName = (name: string): string => name.toLowerCase().replace(/\.$/, '');

/** Answers from the zone alone; ENOTFOUND for no such name, ENODATA for no such record. */
export const zoneResolver =
  (zone: Zone): Resolver =>
  async (name, rrtype) => {
    const records = zone[plainName(name)];
    if (!records) throw dnsError('ENOTFOUND', name, rrtype);
    const answers = answersOf(records, rrtype);
    if (answers.length === 0) throw dnsError('ENODATA', name, rrtype);
    return answers;
  };

const before = async <T>(answer: Promise<T>, ms: number, late: () => Error): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), ms);
  });
  try {
    return await Promise.race([answer, timeout]);
  } finally {
    clearTimeout(timer);
  }
};

/**
 * Bounds a resolver: each answer within `queryMs`, and all of them together within
 * `budgetMs` from the first question. Too late is ETIMEOUT, which SPF, DKIM and DMARC
 * report as temperror. Make one for each mail.
 */
export const impatient = (
  ask: Resolver,
  { queryMs, budgetMs }: { queryMs: number; budgetMs: number },
): Resolver => {
  let deadline: number | undefined;
  return (name, rrtype) => {
    deadline ??= performance.now() + budgetMs;
    const late = () => dnsError('ETIMEOUT', name, rrtype);
    const left = Math.min(queryMs, deadline - performance.now());
    return left <= 0 ? Promise.reject(late()) : before(ask(name, rrtype), left, late);
  };
};

const questions: Record<string, (name: string) => Promise<Answers>> = {
  A: resolve4,
  AAAA: resolve6,
  CNAME: resolveCname,
  MX: resolveMx,
  PTR: resolvePtr,
  TXT: resolveTxt,
};

/** Real DNS, in the resolver's shape. */
export const realDns: Resolver = async (name, rrtype) => {
  const question = questions[rrtype.toUpperCase()];
  if (!question) throw dnsError('ENODATA', name, rrtype);
  return question(name);
};

/** The zone first; then `elsewhere`, except for names that nobody can own. */
export const zoneThen = (zone: Zone, elsewhere: Resolver): Resolver => {
  const fromZone = zoneResolver(zone);
  return (name, rrtype) => {
    const plain = plainName(name);
    return zone[plain] || RESERVED.test(plain) ? fromZone(name, rrtype) : elsewhere(name, rrtype);
  };
};
