import type { Server } from 'node:http';
import { close, listen, loopback, portBook, portOf } from './listen.ts';

/** Servers that listen but do not answer yet: a template needs their addresses first. */
export type Places = {
  aws: Server;
  site: Server;
  awsOrigin: string;
  siteHost: string;
  /** The port of the last start under this name; 0 = none. */
  remembered(name: string): number;
  remember(name: string, port: number): void;
  stop(): Promise<void>;
};

/** @param sitePort the port that the site must have; undefined = the last one, or any */
export const openPlaces = async (dir: string, sitePort: number | undefined): Promise<Places> => {
  const book = portBook(dir);
  const aws = await listen(book.remembered('aws'));
  const site = await listen(sitePort ?? book.remembered('site'), sitePort !== undefined).catch(
    async (error: unknown) => {
      await close(aws);
      throw error;
    },
  );
  book.remember('aws', portOf(aws));
  book.remember('site', portOf(site));
  return {
    aws,
    site,
    awsOrigin: `http://${loopback}:${portOf(aws)}`,
    siteHost: `${loopback}:${portOf(site)}`,
    ...book,
    stop: async () => {
      await close(aws);
      await close(site);
    },
  };
};
