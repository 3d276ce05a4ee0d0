import type { IncomingMessage } from 'node:http';
import { setTimeout as later } from 'node:timers';
import type { FetchAsk, FetchResult } from '../domain/news/page.ts';
import { second } from '../domain/time.ts';
import type { WebPort } from '../ports.ts';
import { codeOf, Refused, type Resolve, resolveByDns } from './polite-http/address.ts';
import { readBody } from './polite-http/body.ts';
import { pinsFrom, type Route, routeTo } from './polite-http/connect.ts';
import { get, type Open } from './polite-http/get.ts';
import { retryAfterOf } from './polite-http/retry-after.ts';

type Options = {
  /** Where a publisher can reach us: an address or a URL, in the User-Agent. */
  contact: string;
  /** "herald.example=127.0.0.1:40123,…"; '' in the cloud. */
  pinnedHosts: string;
  resolve?: Resolve;
  /** For one fetch in all, redirects and body included. */
  timeoutMs?: number;
};

type Hop = { response: IncomingMessage; status: number; url: URL; redirects: number[] };
type Go = { contact: string; routeOf: (url: URL) => Route; open: Open };

const maxRedirects = 5;
const maxHeaderSize = 16_384;
const redirecting = new Set([301, 302, 303, 307, 308]);
const permanent = new Set([301, 308]);

const admissible = (text: string, base?: URL): URL => {
  const url = URL.parse(text, base?.href);
  if (url === null) throw new Refused('the URL cannot be read');
  if (!/^https?:$/.test(url.protocol)) throw new Refused('only http and https are fetched');
  if (url.username !== '' || url.password !== '') throw new Refused('the URL holds credentials');
  if (url.port !== '' && Number(url.port) < 1024)
    throw new Refused('the port is not one of the web');
  url.hash = '';
  return url;
};

const headersOf = (ask: FetchAsk, contact: string): Record<string, string> => ({
  'user-agent': `Sundown/0.1 (+${contact})`,
  accept: ask.accept,
  'accept-encoding': 'gzip, br, deflate',
  ...(ask.etag && { 'if-none-match': ask.etag }),
  ...(ask.lastModified && { 'if-modified-since': ask.lastModified }),
});

const follow = async (ask: FetchAsk, { contact, routeOf, open }: Go): Promise<Hop> => {
  const redirects: number[] = [];
  const shared = headersOf(ask, contact);
  let url = admissible(ask.url);
  for (;;) {
    const path = `${url.pathname}${url.search}`;
    const headers = { host: url.host, ...shared };
    const response = await get(routeOf(url), { path, headers, maxHeaderSize }, open);
    const status = response.statusCode ?? 0;
    if (!redirecting.has(status)) return { response, status, url, redirects };
    response.destroy();
    redirects.push(status);
    const [location, another] = response.headersDistinct['location'] ?? [];
    if (location === undefined || another !== undefined)
      throw new Refused('a redirect without one Location');
    if (redirects.length > maxRedirects) throw new Refused('too many redirects');
    url = admissible(location, url);
  }
};

const failed = (status: number | null, reason: string): FetchResult => ({
  kind: 'failed',
  status,
  reason,
  retryAfter: null,
});

const answer = async (hop: Hop, ask: FetchAsk): Promise<FetchResult> => {
  const { response, status, url, redirects } = hop;
  if (status === 304 && (ask.etag || ask.lastModified)) return { kind: 'unchanged' };
  if (status === 404 || status === 410) return { kind: 'gone', status };
  const headers = Object.fromEntries(
    Object.entries(response.headersDistinct).map(([name, values = []]) => [
      name,
      values.join(', '),
    ]),
  );
  if (status === 429 || status === 503) {
    const retryAfter = retryAfterOf(headers['retry-after'], ask.now);
    return { kind: 'failed', status, reason: `status ${status}`, retryAfter };
  }
  if (status < 200 || status > 299) return failed(status, `status ${status}`);
  try {
    const bytes = await readBody(response, ask.maxBytes);
    const moved = redirects.length > 0 && redirects.every((code) => permanent.has(code));
    const movedTo = moved ? url.href : null;
    return { kind: 'fetched', url: url.href, status, headers, bytes, movedTo };
  } catch (error) {
    return failed(status, reasonFor(error));
  }
};

/** Our own words or a code; never a word of the far side. */
const reasonFor = (error: unknown): string => {
  if (error instanceof Refused) return error.message;
  const code = codeOf(error);
  if (code === 'ENOTFOUND' || code === 'ENODATA') return 'the name does not resolve';
  if (code === 'HPE_HEADER_OVERFLOW') return 'the response headers are too large';
  return code !== undefined ? `the connection failed (${code})` : 'the connection failed';
};

/**
 * The guarded, polite client: one GET, at most 5 redirects, each connection only
 * to a public address checked at the moment of connecting; everything capped.
 * Each fetch has connections of its own, closed at its end, so no answer about a
 * name outlives the fetch it was given for.
 */
export const politeHttp = (options: Options): WebPort => {
  const { contact, pinnedHosts, resolve = resolveByDns, timeoutMs = 20 * second } = options;
  const pins = pinsFrom(pinnedHosts);
  const routeOf = (url: URL): Route => routeTo(url, pins, resolve);
  return {
    fetch: async (ask) => {
      const open: Open = new Set();
      const close = (why?: Refused): void => {
        for (const one of open) one.destroy(why);
      };
      const timer = later(close, timeoutMs, new Refused('timed out'));
      try {
        return await answer(await follow(ask, { contact, routeOf, open }), ask);
      } catch (error) {
        return failed(null, reasonFor(error));
      } finally {
        clearTimeout(timer);
        close();
      }
    },
  };
};
