import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Clock } from '../clock.ts';
import { readBody } from '../endpoint/exchange.ts';
import { loopback, portOf } from '../state/listen.ts';
import type { DistributionSpec } from '../template/distribution.ts';
import { type EdgeCache, edgeCache, type Kept } from './cache.ts';
import { answerOf, eventOf } from './function-url.ts';
import { lifetimeOf } from './lifetime.ts';

export type Edge = { purge: EdgeCache['purge'] };

type Options = {
  server: Server;
  spec: DistributionSpec;
  /** Runs the function behind the distribution. */
  invoke: (event: unknown) => Promise<unknown>;
  clock: Clock;
  log: (line: string) => void;
};

/** Only what the cache policy lets through, in one order. */
const allowedQuery = (query: string, { queries }: DistributionSpec): string => {
  const given = new URLSearchParams(query);
  if (queries === null) return given.toString();
  const kept = [...given].filter(([name]) => queries.includes(name));
  return new URLSearchParams(kept).toString();
};

const plain = (status: number, text: string): Kept => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  cookies: [],
  body: Buffer.from(text),
});

const send = (
  response: ServerResponse,
  { status, headers, cookies, body }: Kept,
  more: Record<string, string>,
  isHead: boolean,
): void => {
  response.writeHead(status, {
    ...headers,
    ...more,
    'content-length': String(body.length),
    ...(cookies.length > 0 ? { 'set-cookie': cookies } : {}),
  });
  response.end(isHead ? undefined : body);
};

const tagsOf = ({ headers }: Kept, { tagHeader }: DistributionSpec): string[] =>
  (headers[tagHeader.toLowerCase()] ?? '')
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');

const origin = async (request: IncomingMessage, path: string, query: string, options: Options) => {
  const event = eventOf({
    method: request.method ?? 'GET',
    path,
    query,
    viewerOrigin: `http://${request.headers.host ?? `${loopback}:${portOf(options.server)}`}`,
    sourceIp: request.socket.remoteAddress ?? loopback,
    body: await readBody(request),
    now: options.clock.now(),
  });
  try {
    return answerOf(await options.invoke(event));
  } catch (error) {
    options.log(`site: ${request.method} ${path} failed: ${String(error)}`);
    return plain(502, 'The site could not answer. Its log tells why.\n');
  }
};

/** The public site: one function behind a cache, as the distribution describes it. */
export const startEdge = (options: Options): Edge => {
  const { server, spec, clock } = options;
  const cache = edgeCache(clock.now);
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET', url = '/' } = request;
    const isHead = method === 'HEAD';
    if (!spec.methods.includes(method))
      return send(response, plain(403, 'This method is not allowed here.\n'), {}, isHead);
    const [path = '/', ...rest] = url.split('?');
    const query = allowedQuery(rest.join('?'), spec);
    const place = `${path}${query && `?${query}`}`;
    const key = `${request.headers.host} ${place}`;
    const found = method === 'GET' || isHead ? cache.find(key) : undefined;
    if (found !== undefined) {
      const more = { 'x-cache': 'Hit from cloudfront', age: String(found.ageSeconds) };
      return send(response, found.kept, { ...spec.responseHeaders, ...more }, isHead);
    }
    const generation = cache.generation();
    const answer = await origin(request, path, query, options);
    const seconds = lifetimeOf(answer.status, answer.headers['cache-control'], spec);
    if (method === 'GET' && seconds > 0 && generation === cache.generation())
      cache.store(key, { path, url: place, tags: tagsOf(answer, spec) }, seconds, answer);
    const more = { ...spec.responseHeaders, 'x-cache': 'Miss from cloudfront' };
    send(response, answer, more, isHead);
  };
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    response.sendDate = false;
    response.setHeader('date', new Date(clock.now()).toUTCString());
    serve(request, response).catch((error: unknown) => {
      options.log(`site: ${request.url} failed: ${String(error)}`);
      response.destroy();
    });
  });
  return { purge: cache.purge };
};
