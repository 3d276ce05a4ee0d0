import { randomUUID } from 'node:crypto';
import type { Kept } from './cache.ts';

type SiteAsk = {
  method: string;
  /** As the reader sent it, percent-encoded. */
  path: string;
  query: string;
  viewerOrigin: string;
  sourceIp: string;
  body: Buffer;
  now: number;
};

const host = 'site.lambda-url.us-east-1.on.aws';

const headersOf = ({ viewerOrigin, sourceIp, body }: SiteAsk): Record<string, string> => ({
  host,
  'user-agent': 'Amazon CloudFront',
  via: '2.0 local (CloudFront)',
  'x-forwarded-for': sourceIp,
  'x-forwarded-proto': 'https',
  'x-forwarded-port': '443',
  'x-viewer-origin': viewerOrigin,
  ...(body.length > 0 ? { 'content-length': String(body.length) } : {}),
});

const contextOf = ({ method, path, sourceIp, now }: SiteAsk) => ({
  accountId: 'anonymous',
  apiId: 'site',
  domainName: host,
  domainPrefix: 'site',
  http: { method, path, protocol: 'HTTP/1.1', sourceIp, userAgent: 'Amazon CloudFront' },
  requestId: randomUUID(),
  routeKey: '$default',
  stage: '$default',
  time: new Date(now).toUTCString(),
  timeEpoch: now,
});

/** The event of a function URL, payload format 2.0. */
export const eventOf = (ask: SiteAsk) => {
  const parameters = new URLSearchParams(ask.query);
  const names = [...new Set(parameters.keys())];
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: ask.path,
    rawQueryString: ask.query,
    headers: headersOf(ask),
    ...(names.length > 0 && {
      queryStringParameters: Object.fromEntries(
        names.map((name) => [name, parameters.getAll(name).join(',')]),
      ),
    }),
    requestContext: contextOf(ask),
    ...(ask.body.length > 0 && { body: ask.body.toString('base64') }),
    isBase64Encoded: ask.body.length > 0,
  };
};

type Result = {
  statusCode?: number;
  headers?: Record<string, unknown>;
  body?: string;
  cookies?: string[];
  isBase64Encoded?: boolean;
};

/** A function's result as HTTP; one without a status code is sent as JSON, as a function URL does. */
export const answerOf = (result: unknown): Kept => {
  const {
    statusCode,
    headers = {},
    body = '',
    cookies = [],
    isBase64Encoded,
  } = (result ?? {}) as Result;
  if (statusCode === undefined) {
    const json = typeof result === 'string' ? result : JSON.stringify(result);
    const type = { 'content-type': 'application/json' };
    return { status: 200, headers: type, cookies: [], body: Buffer.from(json) };
  }
  return {
    status: statusCode,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
    ),
    cookies,
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
  };
};
