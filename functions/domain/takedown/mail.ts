import type { Instant } from '../time.ts';

/** What SES says of a stored mail (or the local SMTP door, in the same words). */
export type Arrival = {
  /** SES message id; also the object's key in the inbox, after the prefix. */
  mailId: string;
  key: string;
  receivedAt: Instant;
  recipients: string[];
  verdicts: { spam: Verdict; virus: Verdict; spf: Verdict; dkim: Verdict; dmarc: Verdict };
};

export type Verdict = 'PASS' | 'FAIL' | 'GRAY' | 'PROCESSING_FAILED' | 'NOT_SCANNED';

export type Address = { name: string; address: string };

/** A link of the mail's HTML: what is shown and where it leads. */
export type MailLink = { text: string; href: string };

/** One mail, parsed and bounded. Everything in it is its sender's word. */
export type Mail = {
  bytes: number;
  messageId: string;
  inReplyTo: string;
  references: string[];
  subject: string;
  /** All addresses of all From headers; more than one is suspect. */
  from: Address[];
  to: Address[];
  cc: Address[];
  replyTo: Address[];
  returnPath: string | null;
  sentAt: Instant | null;
  /** Header names in lower case, in the order of the mail, topmost first. */
  headers: { name: string; value: string }[];
  contentType: string;
  /**
   * text/plain parts, or the visible text of HTML where there are none. A mail
   * within the mail is marked as quoted, line by line, with '> '.
   */
  text: string;
  /** The visible text of the HTML; '' where there is none. */
  htmlText: string;
  links: MailLink[];
  attachments: { filename: string; contentType: string; bytes: number }[];
};

export type ReadMail = { kind: 'read'; mail: Mail } | { kind: 'unreadable'; reason: string };
