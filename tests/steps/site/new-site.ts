import { memoryPorts } from '../../../functions/adapters/memory.ts';
import type { LiveArticle } from '../../../functions/domain/news/article.ts';
import type { WebRequest, WebResponse } from '../../../functions/runtime/lambda.ts';
import { serveSite } from '../../../functions/site/serve-site.ts';
import { bodyOf, idOf, kept } from '../../domain/views/live-article.ts';

const now = Date.UTC(2026, 10, 24, 6, 10);

export type Answer = {
  status: number;
  headers: Record<string, unknown>;
  body: string;
  base64: boolean;
};

const answerOf = ({ statusCode, headers, body, isBase64Encoded }: WebResponse): Answer => ({
  status: statusCode ?? 0,
  headers: headers ?? {},
  body: body ?? '',
  base64: isBase64Encoded ?? false,
});

const requestOf = (path: string, method: string, origin: string): WebRequest => {
  const url = new URL(path, 'https://function.example');
  const http = { method, path: url.pathname, protocol: 'HTTP/1.1', sourceIp: '::1', userAgent: '' };
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    headers: origin ? { 'x-viewer-origin': origin } : {},
    queryStringParameters: Object.fromEntries(url.searchParams),
    requestContext: {
      accountId: 'anonymous',
      apiId: 'site',
      domainName: 'function.example',
      domainPrefix: 'function',
      http,
      requestId: 'r-1',
      routeKey: '$default',
      stage: '$default',
      time: '24/Nov/2026:06:10:00 +0000',
      timeEpoch: now,
    },
    isBase64Encoded: false,
  };
};

export const newSite = (change: Partial<ReturnType<typeof memoryPorts>> = {}) => {
  const ports = { ...memoryPorts(), ...change };
  const step = serveSite(ports, { adminAddress: 'admin@sundown.example', siteTitle: 'Sundown' });
  const ask = async (path: string, method = 'GET', origin = 'https://news.example') =>
    answerOf(await step(requestOf(path, method, origin), now));
  const publish = async (article: LiveArticle, html = '<p>Boats.</p>') => {
    await ports.articles.publish(article);
    const picture = kept(Number.parseInt(article.id, 16), 0);
    const body = JSON.stringify(bodyOf(html, [picture]));
    await ports.bodies.put(
      `articles/${article.id}/body.json`,
      Buffer.from(body),
      'application/json',
    );
    await ports.bodies.put(picture.key ?? '', Uint8Array.of(0xff, 0xd8, 0xff), 'image/jpeg');
    return article;
  };
  const addSource = (id: string, title: string) =>
    ports.feeds.put({
      terms: {
        id,
        title,
        feedUrl: `https://${id}.example/rss`,
        homeUrl: `https://${id}.example/`,
        display: 'full',
        languages: ['en'],
        intervalFloorMinutes: 15,
      },
      organisation: `${id}.example`,
      state: 'active',
      poll: { dueAt: 0, lastPolledAt: null, etag: null, lastModified: null, failures: 0 },
    });
  return { ports, ask, publish, addSource };
};

export const pageOf = (n: number): string => `/article/${idOf(n)}`;
export const pictureOf = (n: number): string => `/article/${idOf(n)}/pictures/0.jpg`;

/** How long what shows articles may be kept. */
export const briefly = 'public, max-age=60, s-maxage=300, stale-if-error=0';
