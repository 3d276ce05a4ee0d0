import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Address,
  guardedLookup,
  isPublic,
  type Resolve,
} from '../../functions/adapters/polite-http/address.ts';
import { politeHttp } from '../../functions/adapters/polite-http.ts';
import { type Loopback, serve } from './loopback.ts';

const asAddress = (address: string): Address => ({
  address,
  family: address.includes(':') ? 6 : 4,
});

/** UTF-8 as it goes over the wire, one character a byte. */
const asSent = (text: string) => Buffer.from(text).toString('latin1');

let trap: Loopback;
let door: Loopback;
let target = '';

beforeAll(async () => {
  trap = await serve((_, response) => response.end('secret'));
  door = await serve((_, response) => response.writeHead(302, { location: asSent(target) }).end());
});

afterAll(() => {
  trap.close();
  door.close();
});

const fetchWith = (url: string, resolve: Resolve) =>
  politeHttp({
    contact: 'desk@sundown.example',
    pinnedHosts: `door.example=127.0.0.1:${door.port}`,
    resolve,
    timeoutMs: 2_000,
  }).fetch({ url, accept: '*/*', maxBytes: 1_000, now: 0 });

const unasked: Resolve = () => Promise.reject(new Error('no name should be asked for here'));

const hostileUrls = (port: number) => [
  `http://127.0.0.1:${port}/`,
  `http://127.1:${port}/`,
  `http://2130706433:${port}/`,
  `http://0x7f.0.0.1:${port}/`,
  `http://0177.0.0.1:${port}/`,
  `http://0:${port}/`,
  `http://127.0.0.1.:${port}/`,
  `http://１２７.0.0.1:${port}/`,
  `http://[::1]:${port}/`,
  `http://[::]:${port}/`,
  `http://[::ffff:127.0.0.1]:${port}/`,
  `http://[::ffff:7f00:1]:${port}/`,
  `http://[::127.0.0.1]:${port}/`,
  `http://[::ffff:0:127.0.0.1]:${port}/`,
  `http://[64:ff9b::127.0.0.1]:${port}/`,
  `http://[64:ff9b:1::7f00:1]:${port}/`,
  `http://[2002:7f00:1::]:${port}/`,
  `http://[2001:0:7f00:1::]:${port}/`,
  'http://169.254.169.254/latest/meta-data/',
  'http://[fd00:ec2::254]/latest/meta-data/',
  'http://100.100.100.200/',
  'http://10.0.0.1/',
  'http://172.16.0.1/',
  'http://192.168.1.1/',
  'http://[fe80::1]/',
  'http://[fec0::1]/',
  'http://[fc00::1]/',
  'http://[ff02::1]/',
  'http://224.0.0.1/',
  'http://255.255.255.255/',
  'http://240.0.0.1/',
  'http://198.18.0.1/',
  'http://192.0.0.192/',
  'http://192.0.2.1/',
  'https://[2001:db8::1]/',
  `http://reader:secret@127.0.0.1:${port}/`,
  'http://reader@news.example/',
  'http://news.example:25/',
  'file:///etc/passwd',
  'ftp://news.example/',
  'gopher://127.0.0.1:70/',
  'data:text/plain,secret',
  'javascript:alert(1)',
  '',
  'http://',
  'http://[::1%25lo]/',
];

describe('the guard of politeHttp', () => {
  it('refuses every hostile URL without one connection, as given and as redirected to', async () => {
    const urls = hostileUrls(trap.port);

    for (const url of urls) {
      const direct = await fetchWith(url, unasked);
      target = url;
      const redirected = await fetchWith('http://door.example/', unasked);

      expect(direct, url).toMatchObject({ kind: 'failed', status: null });
      expect(direct, url).not.toMatchObject({
        reason: expect.stringContaining('connection') as unknown,
      });
      if (url !== '') expect(redirected, url).toMatchObject({ kind: 'failed' });
    }

    expect(urls.length).toBeGreaterThanOrEqual(25);
    expect(trap.connections()).toBe(0);
  });

  it.each([
    ['127.0.0.1'],
    ['::1'],
    ['::ffff:127.0.0.1'],
    ['10.1.2.3'],
    ['169.254.169.254'],
    ['100.64.0.1'],
    ['fd00::1'],
    ['64:ff9b::a00:1'],
    ['8.8.8.8', '127.0.0.1'],
    ['2606:4700::1111', '::1'],
    ['not an address'],
    [],
  ])('refuses a name that resolves to %s %s without one connection', async (...addresses) => {
    const resolve: Resolve = () => Promise.resolve(addresses.map(asAddress));
    target = `http://rebound.example:${trap.port}/`;

    const direct = await fetchWith(target, resolve);
    const redirected = await fetchWith('http://door.example/', resolve);

    const refused = {
      kind: 'failed',
      reason: expect.stringMatching(/not public|no address/) as unknown,
    };
    expect(direct).toMatchObject(refused);
    expect(redirected).toMatchObject(refused);
    expect(trap.connections()).toBe(0);
  });

  it('asks for a name once per connection and hands on only what it checked', async () => {
    const answers = [['93.184.215.14', '2606:4700::1111'], ['127.0.0.1']];
    let asked = 0;
    const lookup = guardedLookup(() => Promise.resolve((answers[asked++] ?? []).map(asAddress)));
    const look = () =>
      new Promise((done) =>
        lookup('flip.example', { all: true }, (error, found) => done(error ?? found)),
      );

    expect(await look()).toEqual([asAddress('93.184.215.14'), asAddress('2606:4700::1111')]);
    expect(asked).toBe(1);
    expect(await look()).toMatchObject({ name: 'Refused' });
  });

  it('lets public addresses pass', () => {
    for (const address of ['8.8.8.8', '93.184.215.14', '2606:4700::1111', '2a00:1450:4001::1']) {
      expect(isPublic(address), address).toBe(true);
    }
  });
});
