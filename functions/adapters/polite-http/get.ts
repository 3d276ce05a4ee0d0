import * as http from 'node:http';
import * as https from 'node:https';
import type { Route } from './connect.ts';

type Ask = { path: string; headers: Record<string, string>; maxHeaderSize: number };

/** What a fetch holds open; destroying all of it ends the fetch with that error. */
export type Open = Set<{ destroy(error?: Error): unknown }>;

/**
 * One GET over a connection of its own, by no proxy. The response, and until there
 * is one the request, is in `open`.
 */
export const get = (
  { isSecure, ...route }: Route,
  ask: Ask,
  open: Open,
): Promise<http.IncomingMessage> =>
  new Promise((resolve, reject) => {
    const request = (isSecure ? https : http).get({ ...route, ...ask, agent: false });
    open.add(request);
    request.on('error', reject);
    request.on('close', () => reject(new Error('closed without a response')));
    request.on('response', (response) => {
      open.delete(request);
      open.add(response);
      // A body nobody reads fails when its connection is closed, and nobody minds.
      response.on('error', () => {});
      resolve(response);
    });
  });
