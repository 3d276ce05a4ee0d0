import { xmlDocument } from '../endpoint/xml.ts';
import type { Bucket } from './bucket.ts';
import type { Version } from './types.ts';

export const s3Namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

const iso = (time: number): string => new Date(time).toISOString();
const pageSize = (query: URLSearchParams, name: string): number =>
  Math.min(Number(query.get(name) ?? 1000), 1000);
const token = (text: string): string => Buffer.from(text, 'utf8').toString('base64url');
const untoken = (text: string): string => Buffer.from(text, 'base64url').toString('utf8');

const contents = ({ key, at, etag, size }: Version) => ({
  Key: key,
  LastModified: iso(at),
  ETag: `"${etag}"`,
  Size: size,
  StorageClass: 'STANDARD',
});

/** What a key counts as: itself, or the folder that a delimiter makes of it. */
const folded = (key: string, prefix: string, delimiter: string | null): string => {
  const end = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
  return end < 0 ? key : key.slice(0, end + (delimiter?.length ?? 0));
};

type Row = [name: string, version: Version | undefined];

/** Keys and folders after `after`; a folder has no version. */
const rowsOf = (bucket: Bucket, prefix: string, delimiter: string | null, after: string): Row[] => {
  const rows = new Map<string, Version | undefined>();
  for (const [newest] of bucket.all(prefix)) {
    if (newest === undefined || newest.blob === null) continue;
    const name = folded(newest.key, prefix, delimiter);
    if (name > after) rows.set(name, name === newest.key ? newest : undefined);
  }
  return [...rows];
};

export const listObjects = (bucket: Bucket, query: URLSearchParams): string => {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter');
  const startAfter = query.get('start-after') ?? undefined;
  const continuation = query.get('continuation-token') ?? undefined;
  const after = continuation === undefined ? (startAfter ?? '') : untoken(continuation);
  const rows = rowsOf(bucket, prefix, delimiter, after);
  const page = rows.slice(0, pageSize(query, 'max-keys'));
  const last = page.length < rows.length ? page.at(-1) : undefined;
  const isFolder = ([, version]: Row): boolean => version === undefined;
  return xmlDocument('ListBucketResult', s3Namespace, {
    Name: bucket.spec.name,
    Prefix: prefix,
    Delimiter: delimiter ?? undefined,
    StartAfter: startAfter,
    ContinuationToken: continuation,
    NextContinuationToken: last && token(last[0]),
    KeyCount: page.length,
    MaxKeys: pageSize(query, 'max-keys'),
    IsTruncated: last !== undefined,
    Contents: page.flatMap(([, version]) => (version === undefined ? [] : [contents(version)])),
    CommonPrefixes: page.filter(isFolder).map(([name]) => ({ Prefix: name })),
  });
};

/** Versions and delete markers, in order of key, each key's newest first. */
export const listVersions = (bucket: Bucket, query: URLSearchParams): string => {
  const prefix = query.get('prefix') ?? '';
  const keyMarker = query.get('key-marker') ?? '';
  const idMarker = query.get('version-id-marker');
  const rows = bucket.all(prefix).flatMap((versions) => {
    const key = versions[0]?.key ?? '';
    if (key < keyMarker) return [];
    if (key > keyMarker) return versions;
    const seen = versions.findIndex(({ versionId }) => versionId === idMarker);
    return seen < 0 ? [] : versions.slice(seen + 1);
  });
  const page = rows.slice(0, pageSize(query, 'max-keys'));
  const last = page.length < rows.length ? page.at(-1) : undefined;
  const isLatest = (version: Version): boolean => bucket.find(version.key) === version;
  return xmlDocument('ListVersionsResult', s3Namespace, {
    Name: bucket.spec.name,
    Prefix: prefix,
    KeyMarker: keyMarker,
    VersionIdMarker: idMarker ?? undefined,
    NextKeyMarker: last?.key,
    NextVersionIdMarker: last?.versionId,
    MaxKeys: pageSize(query, 'max-keys'),
    IsTruncated: last !== undefined,
    Version: page
      .filter(({ blob }) => blob !== null)
      .map((one) => ({ ...contents(one), VersionId: one.versionId, IsLatest: isLatest(one) })),
    DeleteMarker: page
      .filter(({ blob }) => blob === null)
      .map((one) => ({
        Key: one.key,
        VersionId: one.versionId,
        IsLatest: isLatest(one),
        LastModified: iso(one.at),
      })),
  });
};

export const listUploads = (bucket: Bucket, query: URLSearchParams): string => {
  const keyMarker = query.get('key-marker');
  const idMarker = query.get('upload-id-marker') ?? '';
  const rows = bucket.uploads.list(query.get('prefix') ?? '');
  const start = rows.findIndex(({ key, uploadId }) => key === keyMarker && uploadId === idMarker);
  const rest = rows.slice(start + 1);
  const page = rest.slice(0, pageSize(query, 'max-uploads'));
  const last = page.length < rest.length ? page.at(-1) : undefined;
  return xmlDocument('ListMultipartUploadsResult', s3Namespace, {
    Bucket: bucket.spec.name,
    KeyMarker: keyMarker ?? '',
    UploadIdMarker: idMarker,
    NextKeyMarker: last?.key,
    NextUploadIdMarker: last?.uploadId,
    MaxUploads: pageSize(query, 'max-uploads'),
    IsTruncated: last !== undefined,
    Upload: page.map(({ key, uploadId, at }) => ({
      Key: key,
      UploadId: uploadId,
      Initiated: iso(at),
      StorageClass: 'STANDARD',
    })),
  });
};
