import { type AuthenticateOptions, authenticate } from 'mailauth';
import type { Resolver } from './types.ts';

export type Envelope = { ip: string; helo: string; sender: string };

/** What SPF, DKIM and DMARC say, in the words of RFC 8601. */
export type Authentication = {
  spf: { result: string; domain: string };
  /** One for each signature; [] = not signed. */
  dkim: { result: string; domain: string }[];
  /** `from` is '' where the mail has no single author domain. */
  dmarc: { result: string; from: string; policy: string };
};

/** mailauth's types leave out that MX answers are objects; its code wants them. */
type Mailauth = {
  authenticate(
    raw: Buffer,
    options?: Omit<AuthenticateOptions, 'resolver'> & { resolver?: Resolver },
  ): ReturnType<typeof authenticate>;
};
const mailauth: Mailauth = { authenticate };

const broken: Authentication = {
  spf: { result: 'temperror', domain: '' },
  dkim: [{ result: 'temperror', domain: '' }],
  dmarc: { result: 'temperror', from: '', policy: '' },
};

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

const dmarcOf = (
  found: Awaited<ReturnType<typeof authenticate>>,
  headerFrom: string[],
): Authentication['dmarc'] => {
  const [author = ''] = headerFrom;
  const noAuthor = found.dmarcSkipReason !== undefined;
  if (noAuthor) return { result: 'permerror', from: '', policy: '' };
  if (!found.dmarc) return { result: 'none', from: domainOf(author).toLowerCase(), policy: '' };
  const { status, policy } = found.dmarc;
  const from: unknown = status.header?.from;
  return {
    result: status.result,
    from: typeof from === 'string' ? from : domainOf(author).toLowerCase(),
    policy: policy ?? '',
  };
};

/** Checks a mail as it came over the wire. Never throws: what cannot be checked is temperror. */
export const authenticateMail = async (
  raw: Buffer,
  envelope: Envelope,
  mta: string,
  resolver: Resolver,
): Promise<Authentication> => {
  try {
    const found = await mailauth.authenticate(raw, {
      ...envelope,
      mta,
      disableArc: true,
      disableBimi: true,
      strict: true,
      resolver,
    });
    const spf = found.spf || undefined;
    return {
      spf: { result: spf?.status.result ?? 'none', domain: spf?.domain ?? '' },
      dkim: found.dkim.results
        .filter((row) => row.status.result !== 'none')
        .map((row) => ({ result: row.status.result, domain: row.signingDomain ?? '' })),
      dmarc: dmarcOf(found, found.dkim.headerFrom),
    };
  } catch {
    return broken;
  }
};
