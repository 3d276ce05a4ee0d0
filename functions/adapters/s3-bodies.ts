import {
  AbortMultipartUploadCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { Retryable } from '../errors.ts';
import type { BodiesPort } from '../ports.ts';
import { answerOf, answerUnless } from './aws-answers.ts';
import { missing, s3Client } from './s3.ts';

type Version = { Key: string; VersionId?: string };
type Upload = { Key: string; UploadId: string };

async function* objectsOf(s3: S3Client, Bucket: string, Prefix: string): AsyncGenerator<string> {
  let from: string | undefined;
  do {
    const ask = { Bucket, Prefix, ...(from && { ContinuationToken: from }) };
    const answer = await answerOf('listing objects', s3.send(new ListObjectsV2Command(ask)));
    for (const { Key } of answer.Contents ?? []) if (Key !== undefined) yield Key;
    from = answer.NextContinuationToken;
  } while (from);
}

/** Pages of versions and delete markers, as the service cuts them (at most 1,000). */
async function* versionsOf(
  s3: S3Client,
  Bucket: string,
  Prefix: string,
): AsyncGenerator<Version[], undefined> {
  let from: { KeyMarker?: string; VersionIdMarker?: string } | undefined;
  do {
    const command = new ListObjectVersionsCommand({ Bucket, Prefix, ...from });
    const answer = await answerOf('listing versions', s3.send(command));
    const { NextKeyMarker, NextVersionIdMarker } = answer;
    yield [...(answer.Versions ?? []), ...(answer.DeleteMarkers ?? [])].flatMap(
      ({ Key, VersionId }) => (Key === undefined ? [] : [{ Key, ...(VersionId && { VersionId }) }]),
    );
    from = answer.IsTruncated
      ? {
          ...(NextKeyMarker && { KeyMarker: NextKeyMarker }),
          ...(NextVersionIdMarker && { VersionIdMarker: NextVersionIdMarker }),
        }
      : undefined;
  } while (from);
}

async function* uploadsOf(s3: S3Client, Bucket: string, Prefix: string): AsyncGenerator<Upload> {
  let from: { KeyMarker?: string; UploadIdMarker?: string } | undefined;
  do {
    const command = new ListMultipartUploadsCommand({ Bucket, Prefix, ...from });
    const answer = await answerOf('listing uploads', s3.send(command));
    const { NextKeyMarker, NextUploadIdMarker } = answer;
    for (const { Key, UploadId } of answer.Uploads ?? []) {
      if (Key !== undefined && UploadId !== undefined) yield { Key, UploadId };
    }
    from = answer.IsTruncated
      ? {
          ...(NextKeyMarker && { KeyMarker: NextKeyMarker }),
          ...(NextUploadIdMarker && { UploadIdMarker: NextUploadIdMarker }),
        }
      : undefined;
  } while (from);
}

/** DeleteObjects answers 200 whatever becomes of each key: the errors are inside. */
const deleteAll = async (s3: S3Client, Bucket: string, Objects: Version[]): Promise<void> => {
  if (Objects.length === 0) return;
  const command = new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } });
  const { Errors = [] } = await answerOf('deleting objects', s3.send(command));
  if (Errors.length === 0) return;
  const codes = [...new Set(Errors.map(({ Code }) => Code ?? 'unknown'))].join(', ');
  throw new Retryable(`deleting ${Errors.length} of ${Objects.length} objects failed: ${codes}`);
};

/** More pages than any article has; beyond them the service only says that it deletes. */
const mostPages = 100;

/** Always the first page, since a place in a list that shrinks is no place. */
const erase = async (s3: S3Client, Bucket: string, prefix: string): Promise<void> => {
  for (let page = 0; ; page += 1) {
    const { value: versions } = await versionsOf(s3, Bucket, prefix).next();
    if (!versions || versions.length === 0) break;
    if (page === mostPages) throw new Retryable('deleted objects are still listed');
    for (let at = 0; at < versions.length; at += 1000) {
      await deleteAll(s3, Bucket, versions.slice(at, at + 1000));
    }
  }
  const uploads: Upload[] = [];
  for await (const upload of uploadsOf(s3, Bucket, prefix)) uploads.push(upload);
  for (const upload of uploads) {
    const command = new AbortMultipartUploadCommand({ Bucket, ...upload });
    await answerUnless(['NoSuchUpload'], 'aborting an upload', s3.send(command));
  }
};

const count = async (parts: AsyncIterable<unknown>): Promise<number> => {
  let sum = 0;
  for await (const part of parts) sum += Array.isArray(part) ? part.length : 1;
  return sum;
};

/** The content bucket. */
export const s3Bodies = (bucket: string): BodiesPort => {
  const s3 = s3Client();
  return {
    put: async (key, bytes, contentType) => {
      const object = { Bucket: bucket, Key: key, Body: bytes, ContentType: contentType };
      await answerOf('storing an object', s3.send(new PutObjectCommand(object)));
    },
    get: async (key) => {
      const command = new GetObjectCommand({ Bucket: bucket, Key: key });
      const answer = await answerUnless(missing, 'reading an object', s3.send(command));
      if (!answer?.Body) return undefined;
      const bytes = await answerOf('reading an object', answer.Body.transformToByteArray());
      return { bytes, contentType: answer.ContentType ?? 'application/octet-stream' };
    },
    erase: (prefix) => erase(s3, bucket, prefix),
    survey: async (prefix) => ({
      objects: await count(objectsOf(s3, bucket, prefix)),
      versions: await count(versionsOf(s3, bucket, prefix)),
      uploads: await count(uploadsOf(s3, bucket, prefix)),
    }),
  };
};
