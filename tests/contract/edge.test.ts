import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { cloudfrontEdge } from '../../functions/adapters/cloudfront-edge.ts';
import { memoryPorts } from '../../functions/adapters/memory.ts';
import { Permanent } from '../../functions/errors.ts';
import type { EdgePort } from '../../functions/ports.ts';
import { embeddedAws, stubAwsEnvironment } from './aws-environment.ts';

const aws = embeddedAws();

type Cache = { edge: EdgePort; purges(): string[][] };

const memoryCache = (): Cache => {
  const { edge } = memoryPorts();
  return { edge, purges: () => edge.purges.map(({ tags }) => tags.map((tag) => `#${tag}`)) };
};

const cloudCache = (): Cache => {
  const before = aws.purged.length;
  return { edge: cloudfrontEdge('E1'), purges: () => aws.purged.slice(before) };
};

describe.each([
  { name: 'memory', make: memoryCache, run: 'm' },
  { name: 'CloudFront', make: cloudCache, run: 'c' },
])('the edge in $name', ({ make, run }) => {
  it('purges by tag, each once', async () => {
    const { edge, purges } = make();

    const answer = await edge.purge(['art-b', 'art-a', 'art-b'], `${run}1`);

    expect(answer).toBe('done');
    expect(purges()).toEqual([['#art-a', '#art-b']]);
  });

  it('does nothing without a tag', async () => {
    const { edge, purges } = make();

    expect(await edge.purge([], `${run}2`)).toBe('done');
    expect(purges()).toEqual([]);
  });

  it('makes one purge of a repeated one, in whatever order, and a new one of other tags', async () => {
    const { edge, purges } = make();
    const reference = `case/${run}3 ${'x'.repeat(500)}`;

    await edge.purge(['art-a', 'art-b'], reference);
    await edge.purge(['art-b', 'art-a'], reference);
    await edge.purge(['art-c'], reference);
    await edge.purge(['art-c'], `${reference}y`);

    expect(purges()).toEqual([['#art-a', '#art-b'], ['#art-c'], ['#art-c']]);
  });
});

describe('the edge in memory', () => {
  it('is as far as the test says', async () => {
    const { edge } = memoryPorts();
    edge.progress = 'under-way';

    expect(await edge.purge(['art-a'], 'r')).toBe('under-way');
  });
});

describe('the distribution', () => {
  it.each([
    ['InProgress', 'under-way'],
    ['Completed', 'done'],
  ])('that says %s of a purge has it %s', async (status, progress) => {
    const server = createServer((request, response) => {
      request.resume().on('end', () => {
        response.writeHead(201, { 'content-type': 'text/xml' });
        response.end(`<Invalidation><Id>I1</Id><Status>${status}</Status></Invalidation>`);
      });
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const before = aws.endpoint().url;
    stubAwsEnvironment(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);

    const answer = await cloudfrontEdge('E1')
      .purge(['art-a'], 'r')
      .finally(() => {
        stubAwsEnvironment(before);
        server.close();
        server.closeAllConnections();
      });

    expect(answer).toBe(progress);
  });

  it('fails for good where it does not exist', async () => {
    await expect(cloudfrontEdge('none').purge(['art-a'], 'r')).rejects.toThrow(Permanent);
  });
});
