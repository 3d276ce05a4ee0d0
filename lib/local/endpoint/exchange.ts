import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request, read whole, with what every service here needs of it. */
export type Ask = {
  method: string;
  /** As sent, percent-encoded. */
  path: string;
  query: URLSearchParams;
  headers: Record<string, string>;
  body: Buffer;
};

export type Answer = {
  status: number;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
};

const largestBody = 64 * 1024 * 1024;

export const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody) throw new Error(`A request body is larger than ${largestBody} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const flat = (headers: IncomingMessage['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );

export const readAsk = async (request: IncomingMessage): Promise<Ask> => {
  const [path = '/', ...query] = (request.url ?? '/').split('?');
  return {
    method: request.method ?? 'GET',
    path,
    query: new URLSearchParams(query.join('?')),
    headers: flat(request.headers),
    body: await readBody(request),
  };
};

export const sendAnswer = (response: ServerResponse, answer: Answer): void => {
  const body = Buffer.from(answer.body ?? '');
  response.writeHead(answer.status, {
    'x-amzn-requestid': randomUUID(),
    ...(answer.status === 204 || answer.headers?.['content-length'] !== undefined
      ? {}
      : { 'content-length': String(body.length) }),
    ...answer.headers,
  });
  response.end(body);
};

/** A failure as the AWS JSON protocols tell it. */
export class AwsError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}
