import type { IncomingHttpHeaders } from 'node:http';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { politeHttp } from '../../functions/adapters/polite-http.ts';
import type { FetchResult } from '../../functions/domain/news/page.ts';
import { ask, client, closeAll, fetchFrom, name, now, started } from './polite-client.ts';

afterEach(closeAll);

const textOf = (result: FetchResult): string =>
  result.kind === 'fetched' ? Buffer.from(result.bytes).toString() : `not fetched: ${result.kind}`;

describe('politeHttp', () => {
  it('says who it is, what it takes, and keeps the name of a pinned host', async () => {
    let seen: IncomingHttpHeaders = {};

    const result = await fetchFrom((request, response) => {
      seen = request.headers;
      response.setHeader('x-robots-tag', ['noarchive', 'nosnippet']).end('hello');
    });

    expect(textOf(result)).toBe('hello');
    expect(result).toMatchObject({
      status: 200,
      url: `http://${name}/feed`,
      movedTo: null,
      headers: { 'x-robots-tag': 'noarchive, nosnippet' },
    });
    expect(seen).toMatchObject({
      'user-agent': 'Sundown/0.1 (+desk@sundown.example)',
      accept: 'application/rss+xml',
      'accept-encoding': 'gzip, br, deflate',
      host: name,
    });
  });

  it('reaches a pinned host by plain HTTP under an https URL too', async () => {
    const result = await fetchFrom((_, response) => response.end('hello'), {
      url: `https://${name}/`,
    });

    expect(textOf(result)).toBe('hello');
  });

  it('sends what it remembers and takes 304 for unchanged', async () => {
    let seen: IncomingHttpHeaders = {};

    const result = await fetchFrom(
      (request, response) => {
        seen = request.headers;
        response.writeHead(304).end();
      },
      { etag: '"a1"', lastModified: 'Tue, 24 Nov 2026 05:00:00 GMT' },
    );

    expect(result).toEqual({ kind: 'unchanged' });
    expect(seen['if-none-match']).toBe('"a1"');
    expect(seen['if-modified-since']).toBe('Tue, 24 Nov 2026 05:00:00 GMT');
  });

  it('takes a 304 it did not ask for as a failure', async () => {
    expect(await fetchFrom((_, response) => response.writeHead(304).end())).toMatchObject({
      kind: 'failed',
      status: 304,
    });
  });

  it.each([404, 410])('takes %i for gone', async (status) => {
    expect(await fetchFrom((_, response) => response.writeHead(status).end('away'))).toEqual({
      kind: 'gone',
      status,
    });
  });

  it.each([
    [429, '120', now + 120_000],
    [503, 'Tue, 24 Nov 2026 08:00:00 GMT', now + 7_200_000],
    [503, 'Tue, 24 Nov 2026 05:00:00 GMT', now],
    [429, '99999999999', now + 30 * 86_400_000],
    [429, '-5', null],
    [429, 'soon', null],
    [500, '120', null],
    [401, '', null],
  ])('answers %i with Retry-After "%s" as a failure', async (status, retry, retryAfter) => {
    const result = await fetchFrom((_, response) =>
      response.writeHead(status, { 'retry-after': retry }).end('busy'),
    );

    expect(result).toEqual({ kind: 'failed', status, reason: `status ${status}`, retryAfter });
  });

  it.each([
    ['gzip', gzipSync('grüße')],
    ['br', brotliCompressSync('grüße')],
    ['deflate', deflateSync('grüße')],
    ['deflate', deflateRawSync('grüße')],
    ['identity', Buffer.from('grüße')],
  ])('decodes %s', async (encoding, bytes) => {
    const result = await fetchFrom((_, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(bytes),
    );

    expect(textOf(result)).toBe('grüße');
  });

  it.each([
    ['zstd', Buffer.from('x'), /content encoding/],
    ['gzip', gzipSync('x'.repeat(500)).subarray(0, 20), /decompressed/],
  ])('refuses a body in a broken %s', async (encoding, bytes, reason) => {
    const result = await fetchFrom((_, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(bytes),
    );

    expect(result).toMatchObject({
      kind: 'failed',
      reason: expect.stringMatching(reason) as unknown,
    });
  });

  it.each([
    [[301, 308], true],
    [[301, 302], false],
    [[307], false],
  ])('after redirects %j knows whether the feed has moved: %s', async (codes, moved) => {
    const result = await fetchFrom((request, response) => {
      const step = Number(new URL(request.url ?? '', 'http://x').searchParams.get('step'));
      const code = codes[step];
      if (code === undefined) return response.end('here');
      return response.writeHead(code, { location: `/feed?step=${step + 1}#top` }).end('go on');
    });

    const url = `http://${name}/feed?step=${codes.length}`;
    expect(result).toMatchObject({ kind: 'fetched', url, movedTo: moved ? url : null });
  });

  it('names a port or host that does not answer by its code only', async () => {
    const { port, close } = await started((_, response) => response.end());
    close();

    const refused = await client(port).fetch(ask());
    const unknown = await client(port).fetch(ask({ url: 'http://nowhere.test/' }));

    expect(refused).toMatchObject({ reason: 'the connection failed (ECONNREFUSED)' });
    expect(unknown).toMatchObject({ reason: 'the name does not resolve' });
  });

  it('refuses a list of pinned hosts it cannot read, saying how to write it', () => {
    for (const pinnedHosts of [name, `${name}=10.0.0.1:80`, `${name}=127.0.0.1:99999`]) {
      expect(() => politeHttp({ contact: 'x', pinnedHosts })).toThrow(/write a pinned host as/);
    }
  });
});
