import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { frontDoor } from '../../functions/adapters/front-door.ts';
import { memoryPorts } from '../../functions/adapters/memory.ts';
import { Permanent, Retryable } from '../../functions/errors.ts';

const asked: IncomingMessage[] = [];

const site = createServer((request, response) => {
  asked.push(request);
  const path = request.url ?? '';
  if (path === '/moved') response.writeHead(302, { location: 'https://other.example/' }).end('go');
  else if (path === '/broken') response.destroy();
  else if (path === '/long') response.end('x'.repeat(3_000_000));
  else response.writeHead(path === '/article/a' ? 451 : 200).end(`this is ${path} – так`);
});

let origin = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
});

afterAll(() => {
  site.closeAllConnections();
  site.close();
});

describe('the front door', () => {
  it('tells what a reader gets, past the caches on the way', async () => {
    expect(await frontDoor(origin).get('/article/a')).toEqual({
      status: 451,
      text: 'this is /article/a – так',
    });
    expect(asked.at(-1)?.headers['cache-control']).toBe('no-cache');
  });

  it('takes a redirect for the answer and does not follow it', async () => {
    expect(await frontDoor(origin).get('/moved')).toEqual({ status: 302, text: 'go' });
  });

  it('reads no more than two million bytes', async () => {
    expect((await frontDoor(origin).get('/long')).text).toHaveLength(2_000_000);
  });

  it('never takes an error for an absence', async () => {
    await expect(frontDoor(origin).get('/broken')).rejects.toThrow(Retryable);
    await expect(frontDoor('http://127.0.0.1:1').get('/')).rejects.toThrow(Retryable);
  });

  it.each(['https://other.example/', '//other.example/', 'article/a', ''])(
    'asks nobody else: %j',
    async (path) => {
      await expect(frontDoor(origin).get(path)).rejects.toThrow(Permanent);
    },
  );
});

describe('the front door in memory', () => {
  it('answers what the test says, and 404 before', async () => {
    const { frontDoor: door } = memoryPorts();
    expect((await door.get('/')).status).toBe(404);

    door.answer = (path) => ({ status: 200, text: path });

    expect(await door.get('/a')).toEqual({ status: 200, text: '/a' });
  });
});
