import { get, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Publishers } from '../../lib/local/publishers/types.ts';

/** Asks the sample publishers for a URL of theirs, as their names pinned to one address would. */
export const visit = async (
  publishers: Publishers,
  url: string,
  headers: Record<string, string> = {},
) => {
  const { host, pathname, search } = new URL(url);
  const address = `http://${publishers.host}:${publishers.port}${pathname}${search}`;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get(address, { headers: { host, ...headers } }, resolve).on('error', reject);
  });
  const bytes = await buffer(answer);
  const header = (name: string): string => String(answer.headers[name] ?? '');
  return { status: answer.statusCode ?? 0, header, bytes, text: bytes.toString() };
};
