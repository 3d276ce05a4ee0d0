import { generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import type { Instant } from '../domain/time.ts';
import type { BodiesPort, InboxPort, LedgerPort, SignerPort } from '../ports.ts';

export type StoredObject = { bytes: Uint8Array; contentType: string };

export type MemoryBodies = BodiesPort & { objects: Map<string, StoredObject> };

export const memoryBodies = (): MemoryBodies => {
  const objects = new Map<string, StoredObject>();
  const keysOf = (prefix: string): string[] =>
    [...objects.keys()].filter((key) => key.startsWith(prefix));
  return {
    objects,
    put: async (key, bytes, contentType) => {
      objects.set(key, { bytes: bytes.slice(), contentType });
    },
    get: async (key) => structuredClone(objects.get(key)),
    erase: async (prefix) => {
      for (const key of keysOf(prefix)) objects.delete(key);
    },
    survey: async (prefix) => {
      const { length } = keysOf(prefix);
      // As S3 without versioning counts: each object is its own only version.
      return { objects: length, versions: length, uploads: 0 };
    },
  };
};

export type MemoryInbox = InboxPort & {
  /** Set by the test: what SES has stored. */
  mails: Map<string, { bytes: Uint8Array; storedAt: Instant }>;
};

export const memoryInbox = (): MemoryInbox => {
  const mails: MemoryInbox['mails'] = new Map();
  return {
    mails,
    read: async (key) => mails.get(key)?.bytes.slice(),
    list: async function* (since) {
      const stored = [...mails]
        .map(([key, { bytes, storedAt }]) => ({ key, storedAt, bytes: bytes.length }))
        .filter(({ storedAt }) => storedAt >= since);
      yield* stored.sort((a, b) => a.storedAt - b.storedAt);
    },
  };
};

export type MemoryLedger = LedgerPort & { checkpoints: Map<string, string> };

export const memoryLedger = (): MemoryLedger => {
  const checkpoints = new Map<string, string>();
  return {
    checkpoints,
    put: async (name, text) => {
      if (checkpoints.has(name)) return 'taken';
      checkpoints.set(name, text);
      return 'stored';
    },
    list: async () => [...checkpoints.keys()].sort(),
    get: async (name) => checkpoints.get(name),
  };
};

export type MemorySigner = SignerPort & { publicKey: KeyObject };

/** The same signatures as KMS gives, by a key that lives as long as the process. */
export const memorySigner = (): MemorySigner => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    publicKey,
    sign: async (text) => sign('sha256', Buffer.from(text), privateKey).toString('base64'),
    verify: async (text, signature) =>
      verify('sha256', Buffer.from(text), publicKey, Buffer.from(signature, 'base64')),
  };
};
