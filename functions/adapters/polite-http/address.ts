import { lookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

export type Address = { address: string; family: number };

/** All addresses of a name, asked once per connection. */
export type Resolve = (name: string) => Promise<Address[]>;

/** The request is one we do not make; the message is our own and safe to log. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** The error code of the platform or of the HTTP client, if there is one. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;

export const resolveByDns: Resolve = (name) => lookup(name, { all: true, verbatim: true });

/** IPv6 has one public block; outside it ipaddr.js calls even `::127.0.0.1` unicast. */
const globalUnicast = ipaddr.parseCIDR('2000::/3');

export const isPublic = (address: string): boolean => {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  return parsed.range() === 'unicast' && (parsed.kind() === 'ipv4' || parsed.match(globalUnicast));
};

const checked = async (name: string, resolve: Resolve): Promise<Address[]> => {
  const addresses = await resolve(name);
  if (addresses.length === 0) throw new Refused('the name has no address');
  if (!addresses.every(({ address }) => isPublic(address))) {
    throw new Refused('the name leads to an address that is not public');
  }
  return addresses;
};

/**
 * A `lookup` for one socket. The socket connects to what this answers and asks
 * nobody again, so the address checked is the address used. One private address
 * among many refuses them all.
 */
export const guardedLookup =
  (resolve: Resolve): LookupFunction =>
  (name, { all }, callback) => {
    checked(name, resolve).then(
      (addresses) => {
        if (all) return callback(null, addresses);
        const [first] = addresses;
        return callback(null, first?.address ?? '', first?.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 0),
    );
  };
