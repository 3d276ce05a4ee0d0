import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import type { Article, Edition } from './edition.ts';
import { feedOf } from './feeds.ts';
import { articlePage, feedTypes, homePage, noticePage } from './page.ts';
import type { Site } from './sites.ts';
import type { PublishersOptions } from './types.ts';

type OpenSite = { site: Site; edition: Edition };

type Answer = { status: number; type: string; bytes: Buffer; changedAt?: number };

const ROBOTS = 'User-agent: *\nDisallow: /account/\n';
const PICTURE = /^\/pictures\/([\w-]+\.(?:jpg|png))$/;

const pictureOf = (path: string): Answer | undefined => {
  const [, name = ''] = PICTURE.exec(path) ?? [];
  const file = join(import.meta.dirname, 'pictures', name);
  if (name === '' || !existsSync(file)) return undefined;
  const type = name.endsWith('.png') ? 'image/png' : 'image/jpeg';
  return { status: 200, type, bytes: readFileSync(file) };
};

const documentOf = (site: Site, path: string, all: Article[]): Answer => {
  const bytesOf = (text: string): Buffer => iconv.encode(text, site.charset);
  // As old servers do, visnyk names its charset inside its documents only.
  const type = site.charset === 'utf-8' ? 'text/html; charset=utf-8' : 'text/html';
  const html = (status: number, text: string): Answer => ({ status, type, bytes: bytesOf(text) });
  const changedAt = Math.max(...all.map((article) => article.updatedAt));
  if (path === '/') return { ...html(200, homePage(site, all)), changedAt };
  if (path === site.feed.path)
    return {
      status: 200,
      type: feedTypes[site.feed.kind],
      bytes: bytesOf(feedOf(site, all)),
      changedAt,
    };
  const article = all.find((one) => one.path === path);
  if (article?.status === 410) return html(410, noticePage(site, site.words.gone));
  if (article?.status !== 200) return html(404, noticePage(site, site.words.missing));
  return { ...html(200, articlePage(site, article, all)), changedAt: article.updatedAt };
};

const answerOf = ({ site, edition }: OpenSite, path: string): Answer => {
  if (path === '/robots.txt')
    return { status: 200, type: 'text/plain', bytes: Buffer.from(ROBOTS) };
  return pictureOf(path) ?? documentOf(site, path, edition.articles());
};

const isUnchanged = (request: IncomingMessage, etag: string, changedAt: number): boolean => {
  const match = request.headers['if-none-match'];
  if (match) return match.split(',').some((one) => one.trim().replace(/^W\//, '') === etag);
  const since = Date.parse(request.headers['if-modified-since'] ?? '');
  return Math.floor(changedAt / 1000) * 1000 <= since;
};

const send = (request: IncomingMessage, response: ServerResponse, answer: Answer): void => {
  const { status, type, bytes, changedAt } = answer;
  response.setHeader('content-type', type);
  if (status === 200) {
    const etag = `"${createHash('sha256').update(bytes).digest('hex').slice(0, 24)}"`;
    response.setHeader('etag', etag);
    if (changedAt !== undefined)
      response.setHeader('last-modified', new Date(changedAt).toUTCString());
    if (isUnchanged(request, etag, changedAt ?? Number.POSITIVE_INFINITY)) {
      response.writeHead(304).end();
      return;
    }
  }
  response.writeHead(status, { 'content-length': bytes.length });
  response.end(request.method === 'HEAD' ? undefined : bytes);
};

const plain = (status: number, text: string): Answer => ({
  status,
  type: 'text/plain; charset=utf-8',
  bytes: Buffer.from(`${text}\n`),
});

const unknownHost = (open: readonly OpenSite[], port: number): Answer =>
  plain(
    421,
    `Three sample publishers live here. Open one of these in a browser:\n${open
      .map(({ site }) => `  http://${site.host}.localhost:${port}/`)
      .join('\n')}`,
  );

/** `herald.example:8080` and, for browsers on this machine, `herald.example.localhost:8080`. */
const hostOf = (request: IncomingMessage): string =>
  (request.headers.host ?? '')
    .toLowerCase()
    .replace(/:\d+$/, '')
    .replace(/\.localhost$/, '');

/** All publishers behind one address, told apart by the Host header. */
export const serveSites =
  (open: readonly OpenSite[], log: PublishersOptions['log']) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    const host = hostOf(request);
    const found = open.find(({ site }) => site.host === host);
    const path = (request.url ?? '/').replace(/[?#].*$/, '');
    if (request.method !== 'GET' && request.method !== 'HEAD')
      send(request, response, plain(405, 'Only GET and HEAD work here.'));
    else if (!found) send(request, response, unknownHost(open, request.socket.localPort ?? 0));
    else send(request, response, answerOf(found, path));
    log(`${host} ${request.method} ${path} ${response.statusCode}`);
  };
