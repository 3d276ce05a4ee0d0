import {
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { memoryBodies } from '../../functions/adapters/memory-stores.ts';
import { s3Bodies } from '../../functions/adapters/s3-bodies.ts';
import { Permanent, Retryable } from '../../functions/errors.ts';
import type { BodiesPort } from '../../functions/ports.ts';
import { embeddedAws } from './aws-environment.ts';

const aws = embeddedAws();

const stores: { name: string; make: () => BodiesPort }[] = [
  { name: 'memory', make: () => memoryBodies() },
  { name: 'S3', make: () => s3Bodies(aws.fresh('plain')) },
];

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (found: { bytes: Uint8Array } | undefined) => new TextDecoder().decode(found?.bytes);
const nothing = { objects: 0, versions: 0, uploads: 0 };

describe.each(stores)('bodies in $name', ({ make }) => {
  it('come back byte for byte with their type', async () => {
    const bodies = make();
    const all = Uint8Array.from({ length: 256 }, (_, n) => n);

    await bodies.put('articles/a/pictures/0.png', all, 'image/png');

    const found = await bodies.get('articles/a/pictures/0.png');
    expect(found?.contentType).toBe('image/png');
    expect([...(found?.bytes ?? [])]).toEqual([...all]);
  });

  it('are undefined where there is none', async () => {
    expect(await make().get('articles/a/body.json')).toBeUndefined();
  });

  it('are replaced by the last one put', async () => {
    const bodies = make();
    await bodies.put('articles/a/body.json', bytes('old'), 'application/json');
    await bodies.put('articles/a/body.json', bytes(''), 'application/json');

    expect(textOf(await bodies.get('articles/a/body.json'))).toBe('');
  });

  it('are erased by prefix and counted until then; what lies beside stays', async () => {
    const bodies = make();
    await bodies.put('articles/a/body.json', bytes('1'), 'application/json');
    await bodies.put('articles/a/pictures/0.png', bytes('2'), 'image/png');
    await bodies.put('articles/ab/body.json', bytes('3'), 'application/json');
    expect(await bodies.survey('articles/a/')).toEqual({ objects: 2, versions: 2, uploads: 0 });

    await bodies.erase('articles/a/');
    await bodies.erase('articles/a/');

    expect(await bodies.survey('articles/a/')).toEqual(nothing);
    expect(await bodies.get('articles/a/body.json')).toBeUndefined();
    expect(textOf(await bodies.get('articles/ab/body.json'))).toBe('3');
  });
});

describe('the content bucket', () => {
  it('gives up old versions, delete markers and unfinished uploads too', async () => {
    const Bucket = aws.fresh('versioned');
    const bodies = s3Bodies(Bucket);
    const s3 = new S3Client({});
    const Key = 'articles/a/body.json';
    await bodies.put(Key, bytes('old'), 'application/json');
    await bodies.put(Key, bytes('new'), 'application/json');
    await s3.send(new DeleteObjectCommand({ Bucket, Key }));
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: 'part' }));
    await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'articles/b/body.json' }));
    expect(await bodies.survey('articles/a/')).toEqual({ objects: 0, versions: 3, uploads: 1 });

    await bodies.erase('articles/a/');

    expect(await bodies.survey('articles/a/')).toEqual(nothing);
    expect(await bodies.survey('articles/b/')).toEqual({ ...nothing, uploads: 1 });
  });

  it('is emptied over more than one page of a listing', async () => {
    const Bucket = aws.fresh('versioned');
    const bodies = s3Bodies(Bucket);
    const s3 = new S3Client({});
    const put = (n: number) =>
      s3.send(new PutObjectCommand({ Bucket, Key: `articles/a/${n % 7}`, Body: `${n}` }));
    for (let n = 0; n < 1010; n += 10) {
      await Promise.all(Array.from({ length: 10 }, (_, i) => put(n + i)));
    }
    expect((await bodies.survey('articles/a/')).versions).toBe(1010);

    await bodies.erase('articles/a/');

    expect(await bodies.survey('articles/a/')).toEqual(nothing);
  }, 60_000);

  it('says so when the service keeps an object although it answers 200', async () => {
    const bodies = s3Bodies(aws.fresh('locked'));
    await bodies.put('articles/a/body.json', bytes('held'), 'application/json');

    await expect(bodies.erase('articles/a/')).rejects.toThrow(Retryable);
    await expect(bodies.erase('articles/a/')).rejects.toThrow('AccessDenied');
    expect((await bodies.survey('articles/a/')).versions).toBe(1);
  });

  it('fails for good where there is no such bucket', async () => {
    const bodies = s3Bodies('no-such-bucket');

    await expect(bodies.get('articles/a/body.json')).rejects.toThrow(Permanent);
    await expect(bodies.survey('articles/a/')).rejects.toThrow(Permanent);
  });
});
