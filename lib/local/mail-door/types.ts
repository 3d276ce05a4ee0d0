/** Milliseconds since the epoch, UTC; a function so that a trial can move the clock. */
export type Clock = () => number;
export type Log = (line: string) => void;

/** One name's answers; what is absent answers "no such record". */
export type ZoneRecords = {
  txt?: string[];
  a?: string[];
  mx?: { priority: number; exchange: string }[];
  ptr?: string[];
};

/** Names in lower case without the last dot; PTR names as `1.0.0.127.in-addr.arpa`. */
export type Zone = Record<string, ZoneRecords>;

/** TXT gives chunks, MX gives objects, the rest text. */
export type Answers = string[] | string[][] | { priority: number; exchange: string }[];

/** The shape of `dns.promises.resolve`. */
export type Resolver = (name: string, rrtype: string) => Promise<Answers>;

/** As in an SES receipt. */
export type VerdictStatus = 'PASS' | 'FAIL' | 'GRAY' | 'PROCESSING_FAILED';

export type Verdicts = {
  spam: VerdictStatus;
  virus: VerdictStatus;
  spf: VerdictStatus;
  dkim: VerdictStatus;
  dmarc: VerdictStatus;
  /** The domain's wish; null unless DMARC failed, as in an SES receipt. */
  dmarcPolicy: 'none' | 'quarantine' | 'reject' | null;
};

/** A mail as SES stores it, with what the SNS notification says of it. */
export type DeliveredMail = {
  /** The sender's bytes below the headers that SES prepends. */
  raw: Buffer;
  /** Forty characters of [a-z0-9]: the object key, without prefix. */
  messageId: string;
  /** Envelope recipients. */
  recipients: string[];
  /** Envelope sender; '' for a bounce. */
  source: string;
  receivedAt: number;
  verdicts: Verdicts;
};

export type MailDoorOptions = {
  /** 127.0.0.1 unless told otherwise. */
  host?: string;
  /** 0 = any free port. */
  port: number;
  /** What the door calls itself in its greeting. */
  hostname: string;
  zone: Zone;
  /** Is there a mailbox here? Asked for each RCPT TO. */
  accepts: (recipient: string) => boolean;
  /** The sender hears 250 only after this resolved; a rejection is answered by 451. */
  deliver: (mail: DeliveredMail) => Promise<void>;
  now: Clock;
  log: Log;
  /** Names outside the zone; real DNS unless told otherwise. */
  elsewhere?: Resolver;
  /** Time limits of one answer and of all of a mail's; 2 s and 6 s unless told otherwise. */
  patience?: { queryMs: number; budgetMs: number };
  /** 40 MB (SES's limit for its S3 action) unless told otherwise. */
  maxBytes?: number;
};

export type MailDoor = { host: string; port: number; stop(): Promise<void> };
