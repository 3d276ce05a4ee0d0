import type { Mail } from './mail.ts';

export type Clause = { method: string; result: string; properties: Record<string, string> };

/** What SES wrote of a mail's authentication; 'untrusted' where it could be forged. */
type Authentication =
  | { kind: 'trusted'; clauses: Clause[]; isSealed: boolean }
  | { kind: 'untrusted'; reason: string };

/** What SES puts on top of a mail; the first other header is the sender's. */
const prepended = new Set([
  'return-path',
  'received',
  'x-ses-spam-verdict',
  'x-ses-virus-verdict',
  'received-spf',
  'authentication-results',
  'x-ses-receipt',
]);

const untrusted = (reason: string): Authentication => ({ kind: 'untrusted', reason });

/** Index behind the quoted string or comment that opens at `at`; -1 where it never ends. */
const behind = (value: string, at: number): number => {
  const isQuote = value[at] === '"';
  let depth = 1;
  for (let i = at + 1; i < value.length; i += 1) {
    const character = value[i];
    if (character === '\\') i += 1;
    else if (isQuote && character === '"') return i + 1;
    else if (!isQuote && character === '(') depth += 1;
    else if (!isQuote && character === ')') depth -= 1;
    if (depth === 0) return i + 1;
  }
  return -1;
};

/** The value without quoted strings and comments; null where one never ends. */
const bare = (value: string): string | null => {
  let text = '';
  let at = 0;
  while (at < value.length) {
    const character = value[at] ?? '';
    if (character === ')') return null;
    const opens = character === '"' || character === '(';
    if (!opens) text += character;
    at = opens ? behind(value, at) : at + 1;
    if (at < 0) return null;
  }
  return text;
};

const clauseOf = (text: string): Clause | null => {
  const [head = '', ...rest] = text.trim().split(/\s+/);
  const [, method = '', result = ''] = /^([a-z0-9-]+)=([a-z]+)$/i.exec(head) ?? [];
  if (method === '') return null;
  const properties: Record<string, string> = {};
  for (const property of rest) {
    const [, name = '', value = ''] = /^([a-z]+\.[a-z-]+)=(.*)$/i.exec(property) ?? [];
    if (name === '') continue;
    properties[name.toLowerCase()] ??= value.toLowerCase();
  }
  return { method: method.toLowerCase(), result: result.toLowerCase(), properties };
};

const parse = (value: string, isSealed: boolean): Authentication => {
  const text = bare(value);
  if (text === null) return untrusted('a quote or comment in Authentication-Results never ends');
  const [server = '', ...parts] = text.split(';');
  if (!/^amazonses\.com(?: 1)?$/.test(server.trim())) {
    return untrusted('the topmost Authentication-Results is not by amazonses.com');
  }
  const clauses = parts.map(clauseOf).filter((clause) => clause !== null);
  for (const method of ['spf', 'dmarc']) {
    if (clauses.filter((clause) => clause.method === method).length > 1) {
      return untrusted(`Authentication-Results speaks of ${method} twice`);
    }
  }
  return { kind: 'trusted', clauses, isSealed };
};

/**
 * Reads the one Authentication-Results header that our own receiver wrote. It is
 * the topmost, and it stands above X-SES-RECEIPT and above anything of the sender's.
 * @see RFC 8601
 */
export const readAuthentication = ({ headers }: Pick<Mail, 'headers'>): Authentication => {
  const seen = new Set<string>();
  let results: string | null = null;
  for (const { name, value } of headers) {
    if (!prepended.has(name) || seen.has(name)) break;
    seen.add(name);
    if (name === 'authentication-results') results = value;
    if (name === 'x-ses-receipt') break;
  }
  if (results === null) return untrusted('our receiver left no Authentication-Results');
  return parse(results, seen.has('x-ses-receipt'));
};
