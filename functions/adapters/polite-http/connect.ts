import { isIP } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import { guardedLookup, isPublic, Refused, type Resolve } from './address.ts';

export type Pin = { address: string; port: string };

/**
 * Reads "herald.example=127.0.0.1:40123,…": names that lead to our own machine.
 * @throws RangeError naming the part that is not of this form
 */
export const pinsFrom = (text: string): Map<string, Pin> =>
  new Map(
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map((part) => {
        const [, name = '', address = '', port = ''] =
          /^([^=\s]+)=(127\.\d+\.\d+\.\d+):(\d{1,5})$/.exec(part) ?? [];
        if (isIP(address) !== 4 || Number(port) > 65_535) {
          throw new RangeError(`write a pinned host as name=127.0.0.1:port, not "${part}"`);
        }
        return [name.toLowerCase(), { address, port }] as const;
      }),
  );

export type Route = { isSecure: boolean; host: string; port: string } & Pick<
  ConnectionOptions,
  'lookup' | 'servername' | 'ALPNProtocols'
>;

/**
 * The way to the host of a URL: to public addresses, or by plain HTTP to where it
 * is pinned.
 * @throws Refused where the URL itself holds an address that is not public
 */
export const routeTo = (url: URL, pins: ReadonlyMap<string, Pin>, resolve: Resolve): Route => {
  const pin = pins.get(url.hostname);
  if (pin !== undefined) return { isSecure: false, host: pin.address, port: pin.port };
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isAddress = isIP(host) !== 0;
  // A socket asks no lookup for an address written out in the URL.
  if (isAddress && !isPublic(host)) throw new Refused('the address is not public');
  return {
    isSecure: url.protocol === 'https:',
    host,
    port: url.port,
    lookup: guardedLookup(resolve),
    servername: isAddress ? '' : host,
    ALPNProtocols: ['http/1.1'],
  };
};
