import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import { codeOf, Refused } from './address.ts';

const tooLarge = (): Refused => new Refused('too large');

/** Leaving the loop early destroys the stream, and with it the connection. */
const collect = async (body: IncomingMessage, maxBytes: number): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    total += chunk.byteLength;
    if (total > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, total);
};

/** HTTP's "deflate" comes with or without the zlib header; the first byte tells. */
const inflateEither = (bytes: Buffer, options: { maxOutputLength: number }): Promise<Buffer> =>
  ((bytes[0] ?? 0) & 0x0f) === 8
    ? promisify(inflate)(bytes, options)
    : promisify(inflateRaw)(bytes, options);

const decoders = new Map([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['br', promisify(brotliDecompress)],
  ['deflate', inflateEither],
]);

const decode = async (bytes: Buffer, encoding: string, maxBytes: number): Promise<Buffer> => {
  if (encoding === '' || encoding === 'identity' || bytes.length === 0) return bytes;
  const decoder = decoders.get(encoding);
  if (decoder === undefined)
    throw new Refused('the body has a content encoding we did not ask for');
  try {
    return await decoder(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw new Refused('the body cannot be decompressed');
  }
};

/**
 * Reads a body of at most `maxBytes`, as sent and as decoded.
 * @throws Refused where it is larger or not in its declared encoding
 */
export const readBody = async (response: IncomingMessage, maxBytes: number): Promise<Buffer> => {
  const header = (name: string): string => response.headersDistinct[name]?.join(', ') ?? '';
  if (Number(header('content-length')) > maxBytes) throw tooLarge();
  const encoding = header('content-encoding').trim().toLowerCase();
  return decode(await collect(response, maxBytes), encoding, maxBytes);
};
