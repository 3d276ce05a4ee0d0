import type { RequestListener } from 'node:http';
import { politeHttp } from '../../functions/adapters/polite-http.ts';
import type { FetchAsk, FetchResult } from '../../functions/domain/news/page.ts';
import { type Loopback, serve } from './loopback.ts';

export const now = Date.UTC(2026, 10, 24, 6);
export const name = 'herald.example';
const open: Loopback[] = [];

export const closeAll = (): void => {
  for (const server of open.splice(0)) server.close();
};

export const kept = async (opening: Promise<Loopback>): Promise<Loopback> => {
  const server = await opening;
  open.push(server);
  return server;
};

export const started = (listener: RequestListener): Promise<Loopback> => kept(serve(listener));

export const client = (port: number, timeoutMs = 2_000) =>
  politeHttp({
    contact: 'desk@sundown.example',
    pinnedHosts: `${name}=127.0.0.1:${port}`,
    resolve: () => Promise.reject(Object.assign(new Error(), { code: 'ENOTFOUND' })),
    timeoutMs,
  });

export const ask = (over: Partial<FetchAsk> = {}): FetchAsk => ({
  url: `http://${name}/feed`,
  accept: 'application/rss+xml',
  maxBytes: 1_000,
  now,
  ...over,
});

export const fetchFrom = async (
  listener: RequestListener,
  over: Partial<FetchAsk> = {},
): Promise<FetchResult> => {
  const { port } = await started(listener);
  return client(port).fetch(ask(over));
};
