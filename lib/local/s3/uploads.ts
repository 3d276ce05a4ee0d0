import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { readJson, writeJson, writeWhole } from '../state/files.ts';
import { type ObjectFacts, type Part, S3Error, type Upload } from './types.ts';

export type Uploads = {
  create(key: string, facts: ObjectFacts): Upload;
  find(key: string, uploadId: string): Upload;
  addPart(upload: Upload, number: number, bytes: Uint8Array): Part;
  /** The parts in the order asked for, joined, with the etag S3 gives to such an object. */
  join(upload: Upload, numbers: readonly number[]): { bytes: Buffer; etag: string };
  abort(upload: Upload): void;
  list(prefix: string): Upload[];
};

const md5 = (bytes: Uint8Array): Buffer => createHash('md5').update(bytes).digest();

/** Unfinished uploads: one folder each, with a file for each part. */
export const openUploads = (dir: string, clock: Clock): Uploads => {
  const folder = (uploadId: string): string => join(dir, uploadId);
  const all = (): Upload[] =>
    (existsSync(dir) ? readdirSync(dir) : [])
      .map((name) => readJson<Upload>(join(dir, name, 'upload.json')))
      .filter((upload) => upload !== undefined)
      .sort((a, b) => (a.key === b.key ? a.at - b.at : a.key < b.key ? -1 : 1));
  return {
    create: (key, facts) => {
      const uploadId = randomBytes(16).toString('hex');
      const upload: Upload = { ...facts, key, uploadId, at: clock.now() };
      mkdirSync(folder(uploadId), { recursive: true });
      writeJson(join(folder(uploadId), 'upload.json'), upload);
      return upload;
    },
    find: (key, uploadId) => {
      const upload = all().find((one) => one.uploadId === uploadId && one.key === key);
      if (upload === undefined)
        throw new S3Error(
          404,
          'NoSuchUpload',
          'The specified upload does not exist. It may have been aborted or completed.',
        );
      return upload;
    },
    addPart: ({ uploadId }, number, bytes) => {
      writeWhole(join(folder(uploadId), `part-${number}`), bytes);
      return { number, etag: md5(bytes).toString('hex'), size: bytes.length, at: clock.now() };
    },
    join: ({ uploadId }, numbers) => {
      const parts = numbers.map((number) => {
        const path = join(folder(uploadId), `part-${number}`);
        if (!existsSync(path))
          throw new S3Error(400, 'InvalidPart', `Part ${number} could not be found.`);
        return readFileSync(path);
      });
      const etag = `${md5(Buffer.concat(parts.map(md5))).toString('hex')}-${parts.length}`;
      return { bytes: Buffer.concat(parts), etag };
    },
    abort: ({ uploadId }) => rmSync(folder(uploadId), { recursive: true, force: true }),
    list: (prefix) => all().filter(({ key }) => key.startsWith(prefix)),
  };
};
