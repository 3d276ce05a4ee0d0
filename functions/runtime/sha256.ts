import { createHash } from 'node:crypto';
import type { Sha256 } from '../domain/audit/chain.ts';

export const sha256: Sha256 = (text) => createHash('sha256').update(text, 'utf8').digest('hex');

/** SHA-256 of bytes after a label, so that hashes for two purposes never meet. */
export const sha256OfBytes = (label: string, bytes: Uint8Array): string =>
  createHash('sha256').update(label, 'utf8').update('\0').update(bytes).digest('hex');
