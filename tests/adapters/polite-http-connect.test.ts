import { createServer as createTcp, type LookupFunction } from 'node:net';
import { createServer as createTls } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import type { Resolve } from '../../functions/adapters/polite-http/address.ts';
import { pinsFrom, routeTo } from '../../functions/adapters/polite-http/connect.ts';
import { get } from '../../functions/adapters/polite-http/get.ts';
import { serveRaw } from './loopback.ts';
import { ask, client, closeAll, fetchFrom, kept } from './polite-client.ts';

afterEach(closeAll);

const unasked: Resolve = () => Promise.reject(new Error('no name should be asked for here'));
const routeOf = (url: string) => routeTo(new URL(url), pinsFrom(''), unasked);

describe('a connection of politeHttp', () => {
  it('says the name of the host in TLS and speaks HTTP/1.1, wherever the name leads', async () => {
    const hellos: unknown[] = [];
    const server = await kept(
      serveRaw(
        createTls({
          ALPNCallback: (hello) => {
            hellos.push(hello);
            return undefined;
          },
        }),
      ),
    );
    const lookup: LookupFunction = (_name, _options, done) =>
      done(null, [{ address: '127.0.0.1', family: 4 }]);
    const route = { ...routeOf(`https://news.example:${server.port}/`), lookup };

    const answer = get(route, { path: '/', headers: {}, maxHeaderSize: 1_000 }, new Set());

    await expect(answer).rejects.toThrow();
    expect(hellos).toEqual([{ servername: 'news.example', protocols: ['http/1.1'] }]);
  });

  it('goes to an address as written, without a name in TLS', () => {
    expect(routeOf('https://[2606:4700::1111]:8443/')).toMatchObject({
      isSecure: true,
      host: '2606:4700::1111',
      port: '8443',
      servername: '',
    });
    expect(routeOf('http://1.1.1.1/')).toMatchObject({ isSecure: false, servername: '' });
  });

  it('serves one request only', async () => {
    let connection: string | undefined;
    let ports = new Set<number | undefined>();

    await fetchFrom((request, response) => {
      connection = request.headers.connection;
      ports = ports.add(request.socket.remotePort);
      const isLast = ports.size > 2;
      response.writeHead(isLast ? 200 : 302, { location: '/next' }).end();
    });

    expect(connection).toBe('close');
    expect(ports.size).toBe(3);
  });

  it.each([
    'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n',
    'HTTP/1.1 302 Found\r\nlocation: /a\r\nlocation: /b\r\n\r\n',
    'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\nabc',
    'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n',
    'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(1_000),
  ])('answers "failed" to %.60j, left open', async (bytes) => {
    const server = await kept(serveRaw(createTcp((socket) => void socket.write(bytes))));

    expect((await client(server.port, 200).fetch(ask())).kind).toBe('failed');
  });
});
