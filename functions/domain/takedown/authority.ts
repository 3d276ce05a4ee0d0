import { type Clause, readAuthentication } from './authentication-results.ts';
import type { Address, Arrival, Mail, Verdict } from './mail.ts';

/** Registrable domain of a host, null where it has none. */
export type OrganisationOf = (host: string) => string | null;

/** `organisation` is proven only where authenticated, else merely claimed; '' = none. */
export type Sender = {
  kind: 'authenticated' | 'unauthenticated' | 'failed';
  organisation: string;
  /** How it was judged, in our own words. */
  evidence: string;
};

const hostOf = (address: string): string =>
  URL.parse(`https://${address.slice(address.lastIndexOf('@') + 1)}`)?.hostname ?? '';

const clauseFor = (clauses: readonly Clause[], method: string): Clause | undefined =>
  clauses.find((clause) => clause.method === method);

/** The tags of each DKIM-Signature of the given organisation. */
const signaturesOf = (mail: Mail, isOurs: (host: string) => boolean): Record<string, string>[] =>
  mail.headers
    .filter(({ name }) => name === 'dkim-signature')
    .map(({ value }) =>
      Object.fromEntries(
        value.split(';').map((tag) => {
          const [name = '', ...rest] = tag.split('=');
          return [name.trim().toLowerCase(), rest.join('=').replace(/\s+/g, '').toLowerCase()];
        }),
      ),
    )
    .filter((tags) => isOurs(tags['d'] ?? ''));

const withoutLabel = (address: string): string => address.toLowerCase().replace(/\+[^@]*(?=@)/, '');

/**
 * Is the mail addressed to us in a header that its sender signed? If not, a signed
 * newsletter to someone else could be sent on to us word for word and still pass.
 */
const isAddressedToUs = (
  mail: Mail,
  ours: readonly string[],
  signatures: readonly Record<string, string>[],
): boolean =>
  (['to', 'cc'] as const).some(
    (field) =>
      mail.headers.filter(({ name }) => name === field).length === 1 &&
      mail[field].some(({ address }) => ours.map(withoutLabel).includes(withoutLabel(address))) &&
      signatures.every((tags) => (tags['h'] ?? '').split(':').includes(field)),
  );

/** A missing notification leaves only the header, which must then be sealed by SES's receipt. */
const isConfirmed = (verdict: Verdict, isSealed: boolean): boolean =>
  verdict === 'PASS' || (verdict === 'NOT_SCANNED' && isSealed);

const proofOf = (
  mail: Mail,
  { verdicts }: Arrival,
  isOurs: (host: string) => boolean,
): string | { problem: string } => {
  const authentication = readAuthentication(mail);
  if (authentication.kind === 'untrusted') return { problem: authentication.reason };
  const { clauses, isSealed } = authentication;
  const dmarc = clauseFor(clauses, 'dmarc');
  if (dmarc?.result === 'pass') {
    if (!isOurs(hostOf(dmarc.properties['header.from'] ?? ''))) {
      return { problem: 'DMARC passed for another domain than that of From' };
    }
    if (isConfirmed(verdicts.dmarc, isSealed)) return 'DMARC pass';
    return { problem: 'the notification does not confirm the DMARC pass of the header' };
  }
  if (dmarc?.result !== 'none') return { problem: `DMARC result: ${dmarc?.result ?? 'absent'}` };
  const aligned = clauses.some(
    ({ method, result, properties }) =>
      method === 'dkim' &&
      result === 'pass' &&
      isOurs(hostOf(properties['header.d'] ?? properties['header.i'] ?? '')),
  );
  if (!aligned) return { problem: 'no DMARC record, and no DKIM signature of the From domain' };
  if (isConfirmed(verdicts.dkim, isSealed)) return 'aligned DKIM pass, no DMARC record';
  return { problem: 'the notification does not confirm the DKIM pass of the header' };
};

const hasFailed = (mail: Mail, arrival: Arrival): boolean => {
  const authentication = readAuthentication(mail);
  return (
    arrival.verdicts.dmarc === 'FAIL' ||
    (authentication.kind === 'trusted' &&
      clauseFor(authentication.clauses, 'dmarc')?.result === 'fail')
  );
};

const claimedBy = (from: readonly Address[], organisationOf: OrganisationOf): string =>
  from.length === 1 ? (organisationOf(hostOf(from[0]?.address ?? '')) ?? '') : '';

/**
 * Judges who sent a mail, by what our own receiver found of it; SPF alone proves nothing.
 * @param ours all addresses that mail for us is sent to
 */
export const judgeSender = (
  mail: Mail,
  arrival: Arrival,
  ours: readonly string[],
  organisationOf: OrganisationOf,
): Sender => {
  const organisation = claimedBy(mail.from, organisationOf);
  const say = (kind: Sender['kind'], evidence: string): Sender => ({
    kind,
    organisation,
    evidence,
  });
  if (hasFailed(mail, arrival)) return say('failed', 'DMARC fail: the From address may be forged');
  if (mail.from.length !== 1) return say('unauthenticated', `${mail.from.length} From addresses`);
  if (organisation === '') return say('unauthenticated', 'the From domain belongs to nobody');
  const isOurs = (host: string): boolean => host !== '' && organisationOf(host) === organisation;
  const signatures = signaturesOf(mail, isOurs);
  if (signatures.some((tags) => tags['l'] !== undefined)) {
    return say('unauthenticated', 'the DKIM signature covers only a part of the mail (l=)');
  }
  const proof = proofOf(mail, arrival, isOurs);
  if (typeof proof !== 'string') return say('unauthenticated', proof.problem);
  if (!isAddressedToUs(mail, ours, signatures)) {
    return say('unauthenticated', `${proof}, but the signed mail is not addressed to us`);
  }
  return say('authenticated', `${proof} for ${organisation}`);
};
