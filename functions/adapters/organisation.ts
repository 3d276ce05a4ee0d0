import { domainToASCII } from 'node:url';
import { getDomain } from 'tldts';

/**
 * The registrable domain of a host, in lower-case A-labels: who may speak for it.
 * Private suffixes count, so two customers of one platform are two organisations.
 * @returns null for an IP address, a bare suffix, or what is no host name
 */
export const organisationOf = (host: string): string | null => {
  const name = host.trim().replace(/\.$/, '');
  if (/^\.|\.\.|[\s/?#@:\\%]/.test(name)) return null;
  const ascii = domainToASCII(name);
  return ascii === ''
    ? null
    : getDomain(ascii, { allowPrivateDomains: true, extractHostname: false });
};
