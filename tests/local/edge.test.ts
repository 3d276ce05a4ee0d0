import {
  CloudFrontClient,
  CreateInvalidationCommand,
  type CreateInvalidationCommandOutput,
} from '@aws-sdk/client-cloudfront';
import { describe, expect, it } from 'vitest';
import { startEdge } from '../../lib/local/edge/edge-server.ts';
import { close, listen, portOf } from '../../lib/local/state/listen.ts';
import type { DistributionSpec } from '../../lib/local/template/distribution.ts';
import { later, startEndpoint } from './endpoint.ts';

const spec: DistributionSpec = {
  id: 'EDGE1',
  functionName: 'site',
  methods: ['GET', 'HEAD'],
  ttl: { least: 0, usual: 60, most: 300 },
  errorTtl: { '404': 0 },
  queries: ['before'],
  tagHeader: 'cache-tag',
  responseHeaders: { 'x-frame-options': 'DENY' },
};

type Event = { rawPath: string; rawQueryString: string; headers: Record<string, string> };

const start = async (
  answer: (event: Event, run: number) => object | Promise<object>,
): Promise<{
  get: (
    path: string,
    method?: string,
  ) => Promise<{ status: number; cache: string | null; text: string; headers: Headers }>;
  purge: (reference: string, ...items: string[]) => Promise<CreateInvalidationCommandOutput>;
  advance: (ms: number) => void;
  events: Event[];
}> => {
  const server = await listen();
  later(() => close(server));
  const events: Event[] = [];
  const invoke = async (event: unknown): Promise<unknown> => {
    events.push(event as Event);
    return answer(event as Event, events.length);
  };
  const edges: { id: string; purge: (items: readonly string[]) => void }[] = [];
  const { client, clock } = await startEndpoint({ edges });
  const { purge } = startEdge({ server, spec, invoke, clock, log: () => {} });
  edges.push({ id: 'EDGE1', purge });
  const cloudfront = new CloudFrontClient(client);
  return {
    events,
    advance: clock.advance,
    get: async (path, method = 'GET') => {
      const response = await fetch(`http://127.0.0.1:${portOf(server)}${path}`, { method });
      const { status, headers } = response;
      return { status, headers, cache: headers.get('x-cache'), text: await response.text() };
    },
    purge: (CallerReference, ...Items) =>
      cloudfront.send(
        new CreateInvalidationCommand({
          DistributionId: 'EDGE1',
          InvalidationBatch: { CallerReference, Paths: { Quantity: Items.length, Items } },
        }),
      ),
  };
};

const page = (body: string, cacheControl: string, tag = '') => ({
  statusCode: 200,
  headers: { 'Content-Type': 'text/html', 'Cache-Control': cacheControl, 'Cache-Tag': tag },
  body,
});

const hit = 'Hit from cloudfront';
const miss = 'Miss from cloudfront';

describe('the edge on this machine', () => {
  it('keeps a page as long as it says, and no longer than the template allows', async () => {
    const { get, advance } = await start((_, run) => page(`run ${run}`, 's-maxage=900, max-age=5'));

    const first = await get('/');
    advance(299_000);
    const kept = await get('/');
    advance(2000);
    const renewed = await get('/');

    expect([first.cache, kept.cache, renewed.cache]).toEqual([miss, hit, miss]);
    expect([kept.text, kept.headers.get('age'), renewed.text]).toEqual(['run 1', '299', 'run 2']);
  });

  it('never keeps what says no-store, nor an error', async () => {
    const { get } = await start(({ rawPath }) =>
      rawPath === '/gone'
        ? { ...page('gone', 'no-store'), statusCode: 451 }
        : { statusCode: 404, headers: {}, body: 'no' },
    );

    const answers = [await get('/gone'), await get('/gone'), await get('/no'), await get('/no')];

    expect(answers.map(({ status, cache }) => [status, cache])).toEqual([
      [451, miss],
      [451, miss],
      [404, miss],
      [404, miss],
    ]);
  });

  it('forgets every page that shows a purged tag, and no other', async () => {
    const { get, purge } = await start(({ rawPath }) =>
      page(rawPath, 'max-age=300', rawPath === '/other' ? 'art-2' : 'art-1,art-2x'),
    );
    for (const path of ['/', '/a', '/other']) await get(path);

    await purge('case-1', '#art-1');

    const caches: (string | null)[] = [];
    for (const path of ['/', '/a', '/other']) caches.push((await get(path)).cache);
    expect(caches).toEqual([miss, miss, hit]);
  });

  it('forgets a path, and all below a path with a star', async () => {
    const { get, purge } = await start(({ rawPath }) => page(rawPath, 'max-age=300'));
    for (const path of ['/a', '/b/1', '/b/2', '/c']) await get(path);

    await purge('1', '/a', '/b/*');

    const caches: (string | null)[] = [];
    for (const path of ['/a', '/b/1', '/b/2', '/c']) caches.push((await get(path)).cache);
    expect(caches).toEqual([miss, miss, miss, hit]);
  });

  it('takes a repeated purge for one, and refuses its reference for another', async () => {
    const { get, purge } = await start(() => page('x', 'max-age=300'));
    const first = await purge('same', '/a');
    await get('/a');

    const again = await purge('same', '/a');
    const other = purge('same', '/b');

    await expect(other).rejects.toMatchObject({ name: 'InvalidArgument' });
    expect(first.Invalidation).toMatchObject({ Status: 'Completed' });
    expect(again.Invalidation).toEqual(first.Invalidation);
    expect((await get('/a')).cache).toBe(hit);
  });

  it('does not keep an answer that was asked for before a purge and came after it', async () => {
    const gate = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    const { get, purge } = await start(async (_, run) => {
      if (run > 1) return page('new', 'max-age=300');
      asked.resolve();
      await gate.promise;
      return page('old', 'max-age=300', 'art-1');
    });

    const old = get('/');
    await asked.promise;
    await purge('1', '#art-1');
    gate.resolve();
    await old;

    expect((await get('/')).text).toBe('new');
  });

  it("tells the site the reader's origin and lets through only the queries of its policy", async () => {
    const { get, events } = await start(() => page('x', 'max-age=300'));

    const { headers } = await get('/?before=abc&utm_source=mail');
    const again = await get('/?utm_source=other&before=abc');

    expect(events[0]).toMatchObject({ rawPath: '/', rawQueryString: 'before=abc' });
    expect(events[0]?.headers['x-viewer-origin']).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(again.cache).toBe(hit);
  });

  it('answers HEAD from the kept page, decodes bytes, and refuses other methods', async () => {
    const body = Buffer.from([0, 255, 1]).toString('base64');
    const { get } = await start(() => ({ statusCode: 200, body, isBase64Encoded: true }));
    const { headers } = await get('/picture');

    const head = await get('/picture', 'HEAD');
    const post = await get('/picture', 'POST');

    expect(headers.get('content-length')).toBe('3');
    expect([head.cache, head.text]).toEqual([hit, '']);
    expect(post.status).toBe(403);
  });

  it('answers 502 where the site fails, and asks it again next time', async () => {
    const { get } = await start((_, run) => {
      if (run === 1) throw new Error('broken');
      return page('mended', 'max-age=300');
    });

    expect([(await get('/')).status, (await get('/')).status]).toEqual([502, 200]);
  });
});
