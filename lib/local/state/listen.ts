import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { readJson, writeJson } from './files.ts';

export const loopback = '127.0.0.1';

const tryListen = (server: Server, port: number): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error);
    server.once('error', failed);
    server.listen(port, loopback, () => {
      server.off('error', failed);
      resolve(true);
    });
  });

export const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/**
 * An HTTP server on loopback, without a handler yet.
 * @param port the port wanted; 0 = any. @param must false = any other will do if it is taken
 * @throws Error where it must have the port and cannot
 */
export const listen = async (
  port = 0,
  must = false,
  server: Server = createServer(),
): Promise<Server> => {
  if (await tryListen(server, port)) return server;
  if (must)
    throw new Error(`Port ${port} is in use by another program; choose another, or leave it out.`);
  await tryListen(server, 0);
  return server;
};

export const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/** Ports by name, kept from start to start so that addresses stay the same. */
export const portBook = (dir: string) => {
  const path = join(dir, 'ports.json');
  const ports = readJson<Record<string, number>>(path) ?? {};
  return {
    remembered: (name: string): number => ports[name] ?? 0,
    remember: (name: string, port: number): void => {
      ports[name] = port;
      writeJson(path, ports);
    },
  };
};
