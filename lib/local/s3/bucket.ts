import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { openLog } from '../state/append-log.ts';
import { writeWhole } from '../state/files.ts';
import { type BucketSpec, type ObjectFacts, S3Error, type Version } from './types.ts';
import { openUploads, type Uploads } from './uploads.ts';

const dayMs = 24 * 3600 * 1000;

type PutOptions = { onlyIfNone?: boolean; etag?: string };
type Removed = { versionId: string | undefined; deleteMarker: boolean };

type Entry = { put: Version } | { gone: { key: string; versionId: string } };

/** The index of a bucket: keys to versions, newest first, written down before it is believed. */
const openIndex = (path: string) => {
  const { records, log } = openLog<Entry>(path);
  const keys = new Map<string, Version[]>();
  const apply = (entry: Entry): void => {
    const key = 'put' in entry ? entry.put.key : entry.gone.key;
    const dead = 'put' in entry ? entry.put.versionId : entry.gone.versionId;
    const others = (keys.get(key) ?? []).filter(({ versionId }) => versionId !== dead);
    const versions = 'put' in entry ? [entry.put, ...others] : others;
    if (versions.length > 0) keys.set(key, versions);
    else keys.delete(key);
  };
  for (const record of records) apply(record);
  const living = [...keys.values()].flatMap((versions) => [...versions].reverse());
  log.replace(living.map((put) => ({ put })));
  const write = (entry: Entry): void => {
    log.append(entry);
    apply(entry);
  };
  return { keys, write, close: log.close };
};

const openBlobs = (dir: string, wanted: ReadonlySet<string>) => {
  mkdirSync(dir, { recursive: true });
  for (const name of readdirSync(dir)) if (!wanted.has(name)) rmSync(join(dir, name));
  return {
    write: (bytes: Uint8Array): string => {
      const name = randomBytes(16).toString('hex');
      writeWhole(join(dir, name), bytes);
      return name;
    },
    read: (name: string): Buffer => readFileSync(join(dir, name)),
    remove: (name: string | null | undefined): void => {
      if (name) rmSync(join(dir, name), { force: true });
    },
  };
};

const preconditionFailed = (): S3Error =>
  new S3Error(
    412,
    'PreconditionFailed',
    'At least one of the pre-conditions you specified did not hold',
    { Condition: 'If-None-Match' },
  );

const locked = (): S3Error =>
  new S3Error(403, 'AccessDenied', 'Access Denied because object protected by object lock.');

/** A bucket on disk: an index log, and one file for each version's bytes. */
export class Bucket {
  readonly spec: BucketSpec;
  readonly uploads: Uploads;
  readonly #index: ReturnType<typeof openIndex>;
  readonly #blobs: ReturnType<typeof openBlobs>;
  readonly #clock: Clock;

  constructor(root: string, spec: BucketSpec, clock: Clock) {
    const dir = join(root, spec.name);
    this.spec = spec;
    this.#clock = clock;
    this.#index = openIndex(join(dir, 'index.log'));
    const blobs = [...this.#index.keys.values()].flat().map(({ blob }) => blob);
    this.#blobs = openBlobs(join(dir, 'blobs'), new Set(blobs.filter((blob) => blob !== null)));
    this.uploads = openUploads(join(dir, 'uploads'), clock);
  }

  /** @throws S3Error PreconditionFailed where `onlyIfNone` and the key has an object */
  put(key: string, bytes: Uint8Array, facts: ObjectFacts, options: PutOptions = {}): Version {
    const standing = this.find(key);
    if (options.onlyIfNone && standing !== undefined && standing.blob !== null)
      throw preconditionFailed();
    const etag = options.etag ?? createHash('md5').update(bytes).digest('hex');
    return this.#store(key, facts, bytes, etag);
  }

  /** The version asked for, or the newest; a delete marker is returned as one. */
  find(key: string, versionId?: string): Version | undefined {
    const versions = this.#index.keys.get(key) ?? [];
    return versionId === undefined
      ? versions[0]
      : versions.find((version) => version.versionId === versionId);
  }

  read({ blob }: Version): Buffer {
    return blob === null ? Buffer.alloc(0) : this.#blobs.read(blob);
  }

  /** @throws S3Error AccessDenied while the version is under retention */
  remove(key: string, versionId?: string): Removed {
    const version = this.find(key, versionId);
    if (versionId !== undefined || !this.spec.versioned) {
      if (version !== undefined) this.#destroy(version);
      return { versionId, deleteMarker: version?.blob === null };
    }
    const marker = this.#store(key, { contentType: '', headers: {} }, null, '');
    return { versionId: marker.versionId, deleteMarker: true };
  }

  /** Versions by key, in order; each key's newest first. */
  all(prefix: string): Version[][] {
    return [...this.#index.keys.keys()]
      .filter((key) => key.startsWith(prefix))
      .sort()
      .map((key) => this.#index.keys.get(key) ?? []);
  }

  close(): void {
    this.#index.close();
  }

  #store(key: string, facts: ObjectFacts, bytes: Uint8Array | null, etag: string): Version {
    const at = this.#clock.now();
    const { versioned, retentionDays } = this.spec;
    const put: Version = {
      ...facts,
      key,
      versionId: versioned ? randomBytes(16).toString('hex') : 'null',
      blob: bytes === null ? null : this.#blobs.write(bytes),
      at,
      etag,
      size: bytes?.length ?? 0,
      retainUntil: bytes === null || retentionDays === null ? null : at + retentionDays * dayMs,
    };
    const replaced = this.find(key, put.versionId);
    this.#index.write({ put });
    this.#blobs.remove(replaced?.blob);
    return put;
  }

  #destroy({ key, versionId, blob, retainUntil }: Version): void {
    if (retainUntil !== null && retainUntil > this.#clock.now()) throw locked();
    this.#index.write({ gone: { key, versionId } });
    this.#blobs.remove(blob);
  }
}
