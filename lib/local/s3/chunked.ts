import { S3Error } from './types.ts';

const broken = (): S3Error =>
  new S3Error(400, 'IncompleteBody', 'The chunked request body ends too early.');

/** The bytes inside an `aws-chunked` body; signatures and trailers are dropped. */
const unchunk = (body: Buffer): Buffer => {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = body.indexOf('\r\n', at);
    if (end < 0) throw broken();
    const size = Number.parseInt(body.toString('latin1', at, end), 16);
    if (Number.isNaN(size) || end + 2 + size > body.length) throw broken();
    if (size === 0) return Buffer.concat(chunks);
    chunks.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
};

/** The object's own bytes of a request, whatever way the client framed them. */
export const payloadOf = (headers: Record<string, string>, body: Buffer): Buffer => {
  const streaming = headers['x-amz-content-sha256']?.startsWith('STREAMING-') ?? false;
  const chunked = headers['content-encoding']?.includes('aws-chunked') ?? false;
  return streaming || chunked ? unchunk(body) : body;
};
