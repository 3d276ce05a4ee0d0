import type { Clock, Log, Zone } from '../mail-door/types.ts';

export type PublishersOptions = {
  /** Where the publishers keep their DKIM keys; made when missing. */
  dir: string;
  /** 0 = any free port. */
  port: number;
  now: Clock;
  log: Log;
};

export type Owner = {
  /** The legal desk, e.g. `legal@herald.example`. */
  address: string;
  /** Signs a whole raw message (CRLF or LF) with the publisher's DKIM key. */
  sign(mail: string | Buffer): Promise<Buffer>;
};

export type Publisher = {
  name: string;
  host: string;
  feedUrl: string;
  homeUrl: string;
  owner: Owner;
};

export type Control = {
  /** Changes the text of one article, its page and its feed entry, for good; idempotent. */
  publishUpdate(): Promise<{ url: string }>;
};

export type Publishers = {
  host: string;
  port: number;
  /** `herald.example=127.0.0.1:40123,…` */
  pinnedHosts: string;
  zone: Zone;
  /** The OPML file of the three feeds. */
  opmlFile: string;
  publishers: Publisher[];
  control: Control;
  stop(): Promise<void>;
};
