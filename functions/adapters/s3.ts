import { S3Client } from '@aws-sdk/client-s3';

/** A client for one adapter; an address by number goes path-style by itself. */
export const s3Client = (): S3Client => new S3Client({ maxAttempts: 3 });

/** What S3 says of a key that is not there, by GET and by HEAD. */
export const missing = ['NoSuchKey', 'NotFound'];
