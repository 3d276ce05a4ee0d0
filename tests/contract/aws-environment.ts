import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, vi } from 'vitest';
import { movableClock } from '../../lib/local/clock.ts';
import { type AwsEndpoint, awsEndpoint } from '../../lib/local/endpoint/aws-endpoint.ts';

/** Credentials that the embedded services take; they belong to nobody. */
export const stubAwsEnvironment = (endpoint: string): void => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
};

export const topicArn = 'arn:aws:sns:us-east-1:000000000000:pager';

const keySpec = {
  id: 'signing-key',
  arn: 'arn:aws:kms:us-east-1:000000000000:key/signing-key',
  aliases: ['alias/sundown'],
};

const names = (kind: string): string[] => Array.from({ length: 12 }, (_, n) => `${kind}-${n}`);

const kinds = {
  plain: { versioned: false, retentionDays: null },
  versioned: { versioned: true, retentionDays: null },
  locked: { versioned: true, retentionDays: 3650 },
};

const buckets = Object.entries(kinds).flatMap(([kind, facts]) =>
  names(kind).map((name) => ({ name, ...facts })),
);

const queues = names('queue').map((name) => ({
  name,
  visibilityMs: 30_000,
  delayMs: 0,
  deadLetter: null,
}));

/** The services of one machine, with enough empty buckets and queues for the tests of one file. */
export const embeddedAws = () => {
  const dir = mkdtempSync(join(tmpdir(), 'contract-'));
  const clock = movableClock();
  const purged: string[][] = [];
  let endpoint: AwsEndpoint | undefined;
  let taken = 0;
  const running = (): AwsEndpoint => {
    if (!endpoint) throw new Error('The services start with the first test.');
    return endpoint;
  };
  beforeAll(async () => {
    const edge = { id: 'E1', purge: (items: readonly string[]) => void purged.push([...items]) };
    const ses = { identities: ['news.example'], configurationSets: ['letters'] };
    const topics = [{ arn: topicArn, queues: [] }];
    const keys = [keySpec];
    const options = { dir, clock, buckets, queues, topics, keys, ses, edges: [edge] };
    endpoint = await awsEndpoint(options);
    stubAwsEnvironment(endpoint.url);
  });
  afterAll(async () => {
    await endpoint?.stop();
    clock.stop();
    vi.unstubAllEnvs();
    rmSync(dir, { recursive: true });
  });
  return {
    clock,
    purged,
    endpoint: running,
    /** The name of a bucket (or queue) that no test has used. */
    fresh: (kind: keyof typeof kinds | 'queue'): string => {
      taken += 1;
      return `${kind}-${taken - 1}`;
    },
  };
};
