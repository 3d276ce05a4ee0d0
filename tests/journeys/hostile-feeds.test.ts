import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { beforeAll, describe, expect, it } from 'vitest';
import { articlesOn } from '../../bin/demo/world.ts';
import { startLocal } from '../../lib/local/start-local.ts';
import { close, listen } from '../../lib/local/state/listen.ts';
import { atEnd, cdkOut, type Journey, journeyOn, pageOf, stateDir } from './journey.ts';

const item = (host: string, n: number, title: string): string =>
  `<item><title>${title}</title><link>http://${host}/story/${n}</link>` +
  `<pubDate>${new Date(1.7e12 + n * 60_000).toUTCString()}</pubDate></item>`;

const rss = (items: string): string =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>${items}</channel></rss>`;

const bomb = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "boom">${Array.from(
  'bcdefghijklmn',
  (name, at) => `<!ENTITY ${name} "${`&${'abcdefghijklmn'[at]};`.repeat(10)}">`,
).join('')}]><rss version="2.0"><channel><title>&n;</title><item><title>&n;</title>
<link>http://visnyk.example/bomb</link></item></channel></rss>`;

const page = (path: string): string =>
  `<!doctype html><html lang="en"><head><title>Story ${path}</title></head><body><article><h1>Story ${path}</h1>${'<p>The ferry of this story carries words enough to be read as an article by anyone.</p>'.repeat(3)}<p>Number ${path}</p></article></body></html>`;

const endless = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'application/rss+xml' });
  response.write('<?xml version="1.0"?><rss version="2.0"><channel><title>');
  const more = (): void => {
    while (!response.destroyed && response.write('never '.repeat(10_000)));
  };
  response.on('drain', more);
  more();
};

const many = rss(
  Array.from({ length: 3000 }, (_, n) => item('herald.example', 2999 - n, `Many ${n}`)).join(''),
);

const feeds: Record<string, (response: ServerResponse) => void> = {
  'herald.example/endless.rss': endless,
  'herald.example/many.rss': (response) => void response.end(many),
  'visnyk.example/bomb.rss': (response) => void response.end(bomb),
  'visnyk.example/reset.rss': (response) => void response.socket?.destroy(),
  'visnyk.example/refused.rss': (response) => void response.writeHead(403).end('No.'),
  'sahafa.example/good.rss': (response) =>
    void response.end(rss(item('sahafa.example', 1, 'The one good story'))),
};

const answer = (request: IncomingMessage, response: ServerResponse): void => {
  const path = request.url ?? '/';
  const feed = feeds[`${request.headers.host}${path}`];
  if (feed !== undefined) {
    feed(response);
    return;
  }
  const isStory = path.startsWith('/story/');
  response.writeHead(isStory ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' });
  response.end(isStory ? page(path) : '');
};

let journey: Journey;

/** In the place of the sample publishers: their hosts are those that lead to this machine. */
beforeAll(async () => {
  const dir = stateDir();
  const addresses = Object.keys(feeds).map((name) => `http://${name}`);
  const own = 'http://127.0.0.1:9090/inside.rss';
  const stack = await startLocal({ dir, autoRun: false, cdkOut, feeds: [...addresses, own] });
  atEnd(stack.stop);
  const { port } = stack.publishers;
  await stack.publishers.stop();
  const server = await listen(port, true, createServer(answer));
  atEnd(() => close(server));
  journey = await journeyOn(stack, dir);
  await journey.readFeeds();
}, 100_000);

describe('a long list', () => {
  it('is read page by page to its end, each article once', async () => {
    const seen: string[] = [];
    let next: string | undefined = '/';
    while (next !== undefined && seen.length < 1000) {
      const { text } = await journey.get(next);
      seen.push(...articlesOn(text));
      next = /href="(\/\?before=[^"]+)"/.exec(text)?.[1];
    }

    expect(seen).toHaveLength(101);
    expect(new Set(seen).size).toBe(101);
  });
});

describe('a feed that means harm', () => {
  it('keeps no other feed from being read', async () => {
    const page = await journey.get(pageOf('http://sahafa.example/story/1'));

    expect(page.status).toBe(200);
  });

  it.each([
    ['never ends', 'too large'],
    ['leads into our own network', 'not public'],
    ['breaks the connection off', 'the connection failed'],
    ['is refused', 'status 403'],
  ])('%s, and the log says "%s"', (_, reason) => {
    expect(journey.logs()).toContain(reason);
  });

  it('is an entity bomb, and is not even parsed', async () => {
    const front = await journey.get('/');

    expect(front.text).not.toContain('boom');
    expect(journey.logs()).toContain('declares entities of its own');
  });

  it('holds 3,000 entries: the newest hundred come first, and the log tells of the rest', async () => {
    const newest = await journey.get(pageOf('http://herald.example/story/2999'));
    const older = await journey.get(pageOf('http://herald.example/story/2899'));

    expect([newest.status, older.status]).toEqual([200, 404]);
    expect(journey.logs()).toContain('more than 500 entries');
  });

  it('stops no function and fills no grave', async () => {
    const logs = journey.logs();

    for (const failure of ['step failed', 'message failed', 'Task timed out', 'OutOfMemory'])
      expect(logs).not.toContain(failure);
  });
});
