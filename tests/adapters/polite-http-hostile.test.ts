import type { RequestListener } from 'node:http';
import { createServer as createTcp } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { politeHttp } from '../../functions/adapters/polite-http.ts';
import { serveRaw } from './loopback.ts';
import { ask, client, closeAll, fetchFrom, kept, started } from './polite-client.ts';

afterEach(closeAll);

describe('politeHttp against a hostile server', () => {
  const endless =
    (chunk: Buffer): RequestListener =>
    (_, response) => {
      const more = () => {
        while (response.write(chunk));
      };
      response.on('drain', more).on('error', () => {});
      more();
    };

  it('stops a body that never ends at the cap, and closes the connection', async () => {
    let closed: () => void = () => {};
    const closing = new Promise<void>((done) => {
      closed = done;
    });

    const result = await fetchFrom((request, response) => {
      response.on('close', closed);
      endless(Buffer.alloc(100))(request, response);
    });

    expect(result).toMatchObject({ kind: 'failed', reason: 'too large' });
    await closing;
  });

  it('does not even read a body that announces more than the cap', async () => {
    const result = await fetchFrom((_, response) => {
      response.writeHead(200, { 'content-length': '1001' }).write('x');
    });

    expect(result).toMatchObject({ kind: 'failed', reason: 'too large' });
  });

  it.each([
    ['gzip', gzipSync(Buffer.alloc(50_000_000))],
    ['br', brotliCompressSync(Buffer.alloc(50_000_000))],
    ['deflate', deflateSync(Buffer.alloc(50_000_000))],
  ])('stops a bomb in %s at the cap', async (encoding, bytes) => {
    const result = await fetchFrom(
      (_, response) => response.writeHead(200, { 'content-encoding': encoding }).end(bytes),
      { maxBytes: 100_000 },
    );

    expect(result).toMatchObject({ kind: 'failed', reason: 'too large' });
  });

  it('gives a body that drips its time and no more', async () => {
    const { port } = await started((_, response) => {
      const drip = setInterval(() => response.write('.'), 20);
      response.on('close', () => clearInterval(drip));
    });

    expect(await client(port, 150).fetch(ask())).toMatchObject({
      kind: 'failed',
      reason: 'timed out',
    });
  });

  it('gives a server that says nothing its time and no more', async () => {
    const { port } = await started(() => {});

    expect(await client(port, 100).fetch(ask())).toMatchObject({ reason: 'timed out' });
  });

  it('gives a resolver that says nothing its time and no more', async () => {
    const web = politeHttp({
      contact: 'x',
      pinnedHosts: '',
      resolve: () => new Promise(() => {}),
      timeoutMs: 100,
    });

    expect(await web.fetch(ask())).toMatchObject({ kind: 'failed', reason: 'timed out' });
  });

  it('stops a redirect loop after five', async () => {
    let asked = 0;

    const result = await fetchFrom((_, response) => {
      asked += 1;
      response.writeHead(302, { location: '/feed' }).end();
    });

    expect(result).toMatchObject({ kind: 'failed', reason: 'too many redirects' });
    expect(asked).toBe(6);
  });

  it('refuses a flood of headers', async () => {
    const server = await kept(
      serveRaw(
        createTcp((socket) => {
          socket.write('HTTP/1.1 200 OK\r\n');
          const flood = () => {
            while (socket.write(`x-a: ${'a'.repeat(1_000)}\r\n`));
          };
          socket.on('drain', flood).on('error', () => {});
          flood();
        }),
      ),
    );

    expect(await client(server.port).fetch(ask())).toMatchObject({
      reason: 'the response headers are too large',
    });
  });

  it.each([
    'not http at all\r\n\r\n',
    'HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nshort',
    'HTTP/1.1 301 Moved\r\n\r\n',
    'HTTP/1.1 301 Moved\r\nlocation: http://[\r\n\r\n',
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
    '',
  ])('answers "failed" to %j', async (bytes) => {
    const server = await kept(serveRaw(createTcp((socket) => socket.end(bytes))));

    expect((await client(server.port).fetch(ask())).kind).toBe('failed');
  });
});
