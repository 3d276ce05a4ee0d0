import type { Answer, Ask } from '../endpoint/exchange.ts';
import { elementsOf, textOf, xmlDocument } from '../endpoint/xml.ts';
import type { Bucket } from './bucket.ts';
import { payloadOf } from './chunked.ts';
import { listObjects, listUploads, listVersions, s3Namespace } from './listings.ts';
import {
  completeUpload,
  createUpload,
  deleteObject,
  getObject,
  putObject,
  putPart,
} from './objects.ts';
import { S3Error } from './types.ts';

const notOffered = (what: string): S3Error =>
  new S3Error(501, 'NotImplemented', `${what} is not offered on this machine.`);

/** Bucket and key of a path-style address. */
const addressOf = (path: string): { name: string; key: string } => {
  const [, name = '', ...rest] = path.split('/');
  return { name: decodeURIComponent(name), key: decodeURIComponent(rest.join('/')) };
};

const page = (body: string): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/xml' },
  body,
});

const deleteMany = (bucket: Bucket, ask: Ask): Answer => {
  const document = payloadOf(ask.headers, ask.body).toString('utf8');
  const quiet = textOf(document, 'Quiet') === 'true';
  const outcomes = elementsOf(document, 'Object').map((object) => {
    const key = textOf(object, 'Key') ?? '';
    const versionId = textOf(object, 'VersionId');
    try {
      const { deleteMarker, versionId: gone } = bucket.remove(key, versionId);
      const marker = { DeleteMarker: true, DeleteMarkerVersionId: gone };
      const done = { Key: key, VersionId: versionId, ...(deleteMarker ? marker : {}) };
      return { Deleted: quiet ? undefined : done };
    } catch (error) {
      if (!(error instanceof S3Error)) throw error;
      const facts = { Key: key, VersionId: versionId, Code: error.code, Message: error.message };
      return { Error: facts };
    }
  });
  return page(
    xmlDocument('DeleteResult', s3Namespace, {
      Deleted: outcomes.map(({ Deleted }) => Deleted),
      Error: outcomes.map(({ Error: failure }) => failure),
    }),
  );
};

const readBucket = (bucket: Bucket, query: URLSearchParams): string => {
  if (query.has('versions')) return listVersions(bucket, query);
  if (query.has('uploads')) return listUploads(bucket, query);
  if (query.has('location')) return xmlDocument('LocationConstraint', s3Namespace, {});
  if (query.has('versioning'))
    return xmlDocument('VersioningConfiguration', s3Namespace, {
      Status: bucket.spec.versioned ? 'Enabled' : undefined,
    });
  if (query.get('list-type') === '2') return listObjects(bucket, query);
  throw notOffered('This question about a bucket');
};

const onBucket = (bucket: Bucket, ask: Ask): Answer => {
  if (ask.method === 'HEAD')
    return { status: 200, headers: { 'x-amz-bucket-region': 'us-east-1' } };
  if (ask.method === 'GET') return page(readBucket(bucket, ask.query));
  if (ask.method === 'POST' && ask.query.has('delete')) return deleteMany(bucket, ask);
  throw notOffered('Changing a bucket');
};

const onUpload = (bucket: Bucket, key: string, uploadId: string, ask: Ask): Answer => {
  const upload = bucket.uploads.find(key, uploadId);
  if (ask.method === 'PUT') return putPart(bucket, upload, ask);
  if (ask.method === 'POST') return completeUpload(bucket, upload, ask);
  if (ask.method !== 'DELETE') throw notOffered('This question about an upload');
  bucket.uploads.abort(upload);
  return { status: 204 };
};

const subresources = ['acl', 'tagging', 'retention', 'legal-hold', 'attributes', 'torrent'];

const onObject = (bucket: Bucket, key: string, ask: Ask): Answer => {
  const uploadId = ask.query.get('uploadId');
  if (uploadId !== null) return onUpload(bucket, key, uploadId, ask);
  const sub = subresources.find((name) => ask.query.has(name));
  if (sub !== undefined) throw notOffered(`?${sub}`);
  if (ask.method === 'PUT') return putObject(bucket, key, ask);
  if (ask.method === 'GET' || ask.method === 'HEAD') return getObject(bucket, key, ask);
  if (ask.method === 'DELETE') return deleteObject(bucket, key, ask);
  if (ask.method === 'POST' && ask.query.has('uploads')) return createUpload(bucket, key, ask);
  throw notOffered(`${ask.method} on an object`);
};

const failure = (error: S3Error, ask: Ask): Answer => ({
  status: error.status,
  headers: { 'content-type': 'application/xml' },
  body:
    ask.method === 'HEAD'
      ? ''
      : xmlDocument('Error', '', {
          Code: error.code,
          Message: error.message,
          ...error.facts,
          Resource: ask.path,
        }),
});

const route = (buckets: ReadonlyMap<string, Bucket>, ask: Ask): Answer => {
  const { name, key } = addressOf(ask.path);
  if (name === '' && ask.method === 'GET')
    return page(
      xmlDocument('ListAllMyBucketsResult', s3Namespace, {
        Buckets: {
          Bucket: [...buckets.keys()].map((one) => ({
            Name: one,
            CreationDate: new Date(0).toISOString(),
          })),
        },
      }),
    );
  const bucket = buckets.get(name);
  if (bucket === undefined)
    throw new S3Error(404, 'NoSuchBucket', 'The specified bucket does not exist', {
      BucketName: name,
    });
  return key === '' ? onBucket(bucket, ask) : onObject(bucket, key, ask);
};

/** S3 with path-style addresses: the calls that this house makes, and the errors S3 gives. */
export const s3 =
  (buckets: ReadonlyMap<string, Bucket>) =>
  (ask: Ask): Answer => {
    try {
      return route(buckets, ask);
    } catch (error) {
      if (error instanceof S3Error) return failure(error, ask);
      throw error;
    }
  };
