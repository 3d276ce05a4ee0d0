import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import type { BucketSpec } from '../../lib/local/s3/types.ts';
import { startEndpoint } from './endpoint.ts';

const plain: BucketSpec = { name: 'plain', versioned: false, retentionDays: null };
const versioned: BucketSpec = { name: 'versioned', versioned: true, retentionDays: null };
const ledger: BucketSpec = { name: 'ledger', versioned: true, retentionDays: 400 };
const buckets = [plain, versioned, ledger];
const dayMs = 86_400_000;

const start = async (dir?: string) => {
  const started = await startEndpoint({ buckets, ...(dir === undefined ? {} : { dir }) });
  return { ...started, s3: new S3Client(started.client) };
};

const put = (s3: S3Client, Bucket: string, Key: string, Body: string, more = {}) =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));

const read = async (s3: S3Client, Bucket: string, Key: string): Promise<string | undefined> =>
  (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();

describe('S3 on this machine', () => {
  it('gives back what was put, with its type, size and metadata', async () => {
    const { s3 } = await start();
    const Metadata = { case: '7' };

    await put(s3, 'plain', 'articles/ä b+c/body.json', 'текст', {
      ContentType: 'text/plain',
      Metadata,
    });

    expect(await read(s3, 'plain', 'articles/ä b+c/body.json')).toBe('текст');
    const head = await s3.send(
      new HeadObjectCommand({ Bucket: 'plain', Key: 'articles/ä b+c/body.json' }),
    );
    expect(head).toMatchObject({ ContentLength: 10, ContentType: 'text/plain', Metadata });
  });

  it('names what is missing as S3 does', async () => {
    const { s3 } = await start();
    const key = { Bucket: 'plain', Key: 'none' };

    await expect(s3.send(new GetObjectCommand(key))).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(s3.send(new HeadObjectCommand(key))).rejects.toMatchObject({ name: 'NotFound' });
    await expect(put(s3, 'nowhere', 'a', 'b')).rejects.toMatchObject({ name: 'NoSuchBucket' });
    await expect(s3.send(new DeleteObjectCommand(key))).resolves.toBeDefined();
  });

  it('refuses a second object where the first was to be the only one', async () => {
    const { s3 } = await start();
    await put(s3, 'ledger', 'checkpoints/1', 'first', { IfNoneMatch: '*' });

    const second = put(s3, 'ledger', 'checkpoints/1', 'second', { IfNoneMatch: '*' });

    await expect(second).rejects.toMatchObject({
      name: 'PreconditionFailed',
      $metadata: { httpStatusCode: 412 },
    });
    expect(await read(s3, 'ledger', 'checkpoints/1')).toBe('first');
  });

  it('keeps a locked version until its days are over', async () => {
    const { s3, clock } = await start();
    const { VersionId } = await put(s3, 'ledger', 'c', 'sealed');
    const remove = () =>
      s3.send(new DeleteObjectCommand({ Bucket: 'ledger', Key: 'c', VersionId }));

    await expect(remove()).rejects.toMatchObject({
      name: 'AccessDenied',
      $metadata: { httpStatusCode: 403 },
    });
    const many = await s3.send(
      new DeleteObjectsCommand({
        Bucket: 'ledger',
        Delete: { Objects: [{ Key: 'c', VersionId }] },
      }),
    );
    clock.advance(401 * dayMs);
    await remove();

    expect(many.Errors).toMatchObject([{ Key: 'c', Code: 'AccessDenied' }]);
    await expect(read(s3, 'ledger', 'c')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('keeps old versions and delete markers until each is deleted by its id', async () => {
    const { s3 } = await start();
    await put(s3, 'versioned', 'k', 'one');
    await put(s3, 'versioned', 'k', 'two');
    await s3.send(new DeleteObjectCommand({ Bucket: 'versioned', Key: 'k' }));
    const list = () => s3.send(new ListObjectVersionsCommand({ Bucket: 'versioned' }));

    const before = await list();
    await s3.send(
      new DeleteObjectsCommand({
        Bucket: 'versioned',
        Delete: {
          Objects: [...(before.Versions ?? []), ...(before.DeleteMarkers ?? [])].map(
            ({ Key = '', VersionId }) => ({ Key, VersionId }),
          ),
        },
      }),
    );
    const after = await list();

    expect(before.Versions).toHaveLength(2);
    expect(before.DeleteMarkers).toMatchObject([{ Key: 'k', IsLatest: true }]);
    expect(after.Versions ?? after.DeleteMarkers).toBeUndefined();
  });

  it('pages through keys in order, and folds them at a delimiter', async () => {
    const { s3 } = await start();
    for (const key of ['a/1', 'a/2', 'b/1', 'c', 'd']) await put(s3, 'plain', key, key);

    const pages: (string | undefined)[][] = [];
    const ask = { Bucket: 'plain', MaxKeys: 2 };
    for await (const page of paginateListObjectsV2({ client: s3 }, ask))
      pages.push((page.Contents ?? []).map(({ Key }) => Key));
    const folded = await s3.send(new ListObjectsV2Command({ Bucket: 'plain', Delimiter: '/' }));

    expect(pages).toEqual([['a/1', 'a/2'], ['b/1', 'c'], ['d']]);
    expect(folded.CommonPrefixes).toEqual([{ Prefix: 'a/' }, { Prefix: 'b/' }]);
    expect(folded.Contents?.map(({ Key }) => Key)).toEqual(['c', 'd']);
  });

  it('shows unfinished uploads until they are finished or aborted', async () => {
    const { s3 } = await start();
    const target = { Bucket: 'plain', Key: 'articles/1/big' };
    const begin = async () =>
      (await s3.send(new CreateMultipartUploadCommand(target))).UploadId ?? '';
    const listed = async () =>
      (await s3.send(new ListMultipartUploadsCommand({ Bucket: 'plain', Prefix: 'articles/1/' })))
        .Uploads ?? [];
    const [kept, dropped] = [await begin(), await begin()];
    const part = { ...target, UploadId: kept, PartNumber: 1, Body: 'bytes' };
    const { ETag } = await s3.send(new UploadPartCommand(part));

    const open = await listed();
    await s3.send(new AbortMultipartUploadCommand({ ...target, UploadId: dropped }));
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
    await s3.send(
      new CompleteMultipartUploadCommand({ ...target, UploadId: kept, MultipartUpload }),
    );

    expect(open).toHaveLength(2);
    expect(await listed()).toEqual([]);
    expect(await read(s3, 'plain', 'articles/1/big')).toBe('bytes');
  });

  it('has everything again after a restart, and nothing that was deleted', async () => {
    const first = await start();
    await put(first.s3, 'plain', 'stays', 'here');
    await put(first.s3, 'plain', 'goes', 'away');
    await first.s3.send(new DeleteObjectCommand({ Bucket: 'plain', Key: 'goes' }));
    await first.aws.stop();

    const second = await start(first.dir);

    expect(await read(second.s3, 'plain', 'stays')).toBe('here');
    await expect(read(second.s3, 'plain', 'goes')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });
});
