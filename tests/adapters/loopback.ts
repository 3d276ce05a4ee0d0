import { createServer, type RequestListener } from 'node:http';
import type { Server } from 'node:net';

export type Loopback = { port: number; connections: () => number; close: () => void };

const portOf = (server: Server): number => {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server is not open');
  return address.port;
};

const opened = async (server: Server): Promise<Loopback> => {
  let connections = 0;
  const sockets = new Set<{ destroy(): void }>();
  server.on('connection', (socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => {});
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { port: portOf(server), connections: () => connections, close };
};

export const serve = (listener: RequestListener): Promise<Loopback> =>
  opened(createServer(listener));

export const serveRaw = (server: Server): Promise<Loopback> => opened(server);
