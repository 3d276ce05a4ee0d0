import { isIP } from 'node:net';
import { buildConnector } from 'undici';
import { guardedLookup, isPublic, Refused, type Resolve } from './address.ts';

type Connector = buildConnector.connector;

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

/** Connects to public addresses, and by plain HTTP to where a name is pinned. */
export const guardedConnector = (
  pins: ReadonlyMap<string, Pin>,
  resolve: Resolve,
  timeoutMs: number,
): Connector => {
  const guarded = buildConnector({
    allowH2: false,
    timeout: timeoutMs,
    lookup: guardedLookup(resolve),
  });
  const plain = buildConnector({ allowH2: false, timeout: timeoutMs });
  return (options, callback) => {
    const pin = pins.get(options.hostname);
    if (pin !== undefined) {
      const { address, port } = pin;
      const { servername: _, ...rest } = options;
      return plain({ ...rest, protocol: 'http:', hostname: address, port }, callback);
    }
    // A socket asks no lookup for an address written out in the URL.
    if (isIP(options.hostname) !== 0 && !isPublic(options.hostname)) {
      return callback(new Refused('the address is not public'), null);
    }
    return guarded(options, callback);
  };
};
