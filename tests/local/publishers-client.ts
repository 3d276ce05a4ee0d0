import { request } from 'undici';
import type { Publishers } from '../../lib/local/publishers/types.ts';

/** Asks the sample publishers for a URL of theirs, as their names pinned to one address would. */
export const visit = async (
  publishers: Publishers,
  url: string,
  headers: Record<string, string> = {},
) => {
  const { host, pathname, search } = new URL(url);
  const address = `http://${publishers.host}:${publishers.port}${pathname}${search}`;
  const answer = await request(address, { headers: { host, ...headers } });
  const bytes = Buffer.from(await answer.body.arrayBuffer());
  const header = (name: string): string => String(answer.headers[name] ?? '');
  return { status: answer.statusCode, header, bytes, text: bytes.toString() };
};
