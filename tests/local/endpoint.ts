import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { movableClock } from '../../lib/local/clock.ts';
import {
  type AwsEndpoint,
  awsEndpoint,
  type EndpointOptions,
} from '../../lib/local/endpoint/aws-endpoint.ts';

const cleanups: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

export const later = (cleanup: () => Promise<void> | void): void => void cleanups.push(cleanup);

export const tempDir = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'sundown-'));
  later(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
};

/** An endpoint of its own in a folder of its own, gone after the test. */
export const startEndpoint = async (
  options: Omit<EndpointOptions, 'dir' | 'clock'> & { dir?: string },
) => {
  const dir = options.dir ?? tempDir();
  const clock = movableClock();
  const aws: AwsEndpoint = await awsEndpoint({ ...options, dir, clock });
  later(() => aws.stop());
  const client = {
    endpoint: aws.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  };
  return { aws, clock, dir, client };
};
