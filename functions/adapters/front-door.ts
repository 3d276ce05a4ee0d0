import { Permanent, Retryable } from '../errors.ts';
import type { FrontDoorPort } from '../ports.ts';

const timeoutMs = 10_000;
const maxBytes = 2_000_000;

/** Reads to the limit and lets go of the rest. */
const readText = async (body: AsyncIterable<Uint8Array> | null): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= maxBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, maxBytes).toString('utf8');
};

/** Our own site from outside, through the edge; redirects are answers, not followed. */
export const frontDoor = (origin: string): FrontDoorPort => ({
  get: async (path) => {
    const url = URL.parse(path, origin);
    if (!path.startsWith('/') || url?.origin !== new URL(origin).origin) {
      throw new Permanent('The front door answers only for paths of our own site.');
    }
    try {
      const response = await fetch(url, {
        redirect: 'manual',
        headers: { 'cache-control': 'no-cache' },
        signal: AbortSignal.timeout(timeoutMs),
      });
      return { status: response.status, text: await readText(response.body) };
    } catch (error) {
      const reason = error instanceof Error ? error.name : 'unknown';
      throw new Retryable(`asking our own site failed: ${reason}`);
    }
  },
});
