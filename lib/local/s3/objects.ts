import type { Answer, Ask } from '../endpoint/exchange.ts';
import { textsOf, xmlDocument } from '../endpoint/xml.ts';
import type { Bucket } from './bucket.ts';
import { payloadOf } from './chunked.ts';
import { s3Namespace } from './listings.ts';
import { type ObjectFacts, S3Error, type Upload, type Version } from './types.ts';

const kept = ['cache-control', 'content-disposition', 'content-language', 'expires'];

const factsOf = ({ headers }: Ask): ObjectFacts => ({
  contentType: headers['content-type'] ?? 'binary/octet-stream',
  headers: Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => kept.includes(name) || name.startsWith('x-amz-meta-'),
    ),
  ),
});

const versionHeaders = (bucket: Bucket, versionId: string): Record<string, string> =>
  bucket.spec.versioned ? { 'x-amz-version-id': versionId } : {};

const onlyIfNone = ({ headers }: Ask): boolean => {
  const condition = headers['if-none-match'];
  if (condition !== undefined && condition !== '*')
    throw new S3Error(501, 'NotImplemented', "If-None-Match is understood as '*' only.");
  return condition === '*';
};

export const putObject = (bucket: Bucket, key: string, ask: Ask): Answer => {
  if (ask.headers['x-amz-copy-source'] !== undefined)
    throw new S3Error(501, 'NotImplemented', 'Copying is not offered on this machine.');
  const bytes = payloadOf(ask.headers, ask.body);
  const version = bucket.put(key, bytes, factsOf(ask), { onlyIfNone: onlyIfNone(ask) });
  return {
    status: 200,
    headers: { etag: `"${version.etag}"`, ...versionHeaders(bucket, version.versionId) },
  };
};

const noSuchKey = (key: string): S3Error =>
  new S3Error(404, 'NoSuchKey', 'The specified key does not exist.', { Key: key });

const standing = (bucket: Bucket, key: string, versionId: string | undefined): Version => {
  const version = bucket.find(key, versionId);
  if (version === undefined && versionId !== undefined)
    throw new S3Error(404, 'NoSuchVersion', 'The specified version does not exist.', { Key: key });
  if (version === undefined || version.blob === null) throw noSuchKey(key);
  return version;
};

type Range = { from: number; to: number };

const rangeOf = (header: string | undefined, size: number): Range | undefined => {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  const [first = '', last = ''] = match?.slice(1) ?? [];
  if (first === '' && last === '') return undefined;
  const from = first === '' ? Math.max(size - Number(last), 0) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (from > to) throw new S3Error(416, 'InvalidRange', 'The requested range is not satisfiable');
  return { from, to };
};

export const getObject = (bucket: Bucket, key: string, ask: Ask): Answer => {
  const version = standing(bucket, key, ask.query.get('versionId') ?? undefined);
  const range = rangeOf(ask.headers['range'], version.size);
  const headers: Record<string, string> = {
    'content-type': version.contentType,
    'last-modified': new Date(version.at).toUTCString(),
    'accept-ranges': 'bytes',
    etag: `"${version.etag}"`,
    ...version.headers,
    ...versionHeaders(bucket, version.versionId),
  };
  if (version.retainUntil !== null) {
    headers['x-amz-object-lock-mode'] = 'COMPLIANCE';
    headers['x-amz-object-lock-retain-until-date'] = new Date(version.retainUntil).toISOString();
  }
  const length = range ? range.to - range.from + 1 : version.size;
  headers['content-length'] = String(length);
  if (range) headers['content-range'] = `bytes ${range.from}-${range.to}/${version.size}`;
  const status = range ? 206 : 200;
  if (ask.method === 'HEAD') return { status, headers };
  const bytes = bucket.read(version);
  return { status, headers, body: range ? bytes.subarray(range.from, range.to + 1) : bytes };
};

export const deleteObject = (bucket: Bucket, key: string, ask: Ask): Answer => {
  const removed = bucket.remove(key, ask.query.get('versionId') ?? undefined);
  return {
    status: 204,
    headers: {
      ...(removed.versionId === undefined ? {} : versionHeaders(bucket, removed.versionId)),
      ...(removed.deleteMarker ? { 'x-amz-delete-marker': 'true' } : {}),
    },
  };
};

export const createUpload = (bucket: Bucket, key: string, ask: Ask): Answer => {
  const { uploadId } = bucket.uploads.create(key, factsOf(ask));
  return {
    status: 200,
    body: xmlDocument('InitiateMultipartUploadResult', s3Namespace, {
      Bucket: bucket.spec.name,
      Key: key,
      UploadId: uploadId,
    }),
  };
};

export const putPart = (bucket: Bucket, upload: Upload, ask: Ask): Answer => {
  const number = Number(ask.query.get('partNumber'));
  if (!Number.isInteger(number) || number < 1 || number > 10_000)
    throw new S3Error(400, 'InvalidArgument', 'Part number must be from 1 to 10000, inclusive');
  const part = bucket.uploads.addPart(upload, number, payloadOf(ask.headers, ask.body));
  return { status: 200, headers: { etag: `"${part.etag}"` } };
};

export const completeUpload = (bucket: Bucket, upload: Upload, ask: Ask): Answer => {
  const numbers = textsOf(ask.body.toString('utf8'), 'PartNumber').map(Number);
  if (numbers.length === 0) throw new S3Error(400, 'MalformedXML', 'No part is named.');
  const { bytes, etag } = bucket.uploads.join(upload, numbers);
  const { contentType, headers } = upload;
  const version = bucket.put(
    upload.key,
    bytes,
    { contentType, headers },
    {
      onlyIfNone: onlyIfNone(ask),
      etag,
    },
  );
  bucket.uploads.abort(upload);
  return {
    status: 200,
    headers: versionHeaders(bucket, version.versionId),
    body: xmlDocument('CompleteMultipartUploadResult', s3Namespace, {
      Bucket: bucket.spec.name,
      Key: upload.key,
      ETag: `"${etag}"`,
    }),
  };
};
