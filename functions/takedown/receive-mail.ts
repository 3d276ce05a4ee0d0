import { dynamoClient } from '../adapters/dynamo.ts';
import { dynamoArticles } from '../adapters/dynamo-articles.ts';
import { dynamoAudit } from '../adapters/dynamo-audit.ts';
import { dynamoCases } from '../adapters/dynamo-cases.ts';
import { dynamoFeeds } from '../adapters/dynamo-feeds.ts';
import { mailReader } from '../adapters/mail-reader.ts';
import { organisationOf } from '../adapters/organisation.ts';
import { s3Inbox } from '../adapters/s3-inbox.ts';
import { sqsQueue } from '../adapters/sqs-queue.ts';
import type { Draft } from '../domain/audit/event.ts';
import type { Arrival } from '../domain/takedown/mail.ts';
import { policy } from '../domain/takedown/policy.ts';
import { judgeRequest, setAside } from '../domain/takedown/request.ts';
import { type Instant, instant, iso } from '../domain/time.ts';
import { Retryable } from '../errors.ts';
import type { CaseDue, LetterDue } from '../ports.ts';
import { env } from '../runtime/env.ts';
import { type Journal, journal } from '../runtime/journal.ts';
import { queued } from '../runtime/lambda.ts';
import { sha256OfBytes } from '../runtime/sha256.ts';
import { readArrival } from './receive-mail/arrival.ts';
import { joinCase } from './receive-mail/join-case.ts';
import { openCase, openingOfMail, openingOfUnread } from './receive-mail/open-case.ts';
import type { ReceivePorts } from './receive-mail/ports.ts';
import { readRequest } from './receive-mail/read-request.ts';

export type Env = {
  INBOX_BUCKET: string;
  ARTICLES_TABLE: string;
  FEEDS_TABLE: string;
  CASES_TABLE: string;
  AUDIT_TABLE: string;
  CASE_QUEUE_URL: string;
  LETTER_QUEUE_URL: string;
  SITE_ORIGIN: string;
  ADMIN_ADDRESS: string;
};

/** The scanner's word, from the notification or from the header it left on the mail. */
const hasVirus = ({ verdicts }: Arrival, raw: Uint8Array): boolean => {
  if (verdicts.virus === 'FAIL') return true;
  const top = new TextDecoder('latin1').decode(raw.subarray(0, 8_192));
  return verdicts.virus === 'NOT_SCANNED' && /^x-ses-virus-verdict:\s*fail/im.test(top);
};

/** Decides how a mail ends, and does what that needs; the caller records the end. */
const work = async (
  ports: ReceivePorts,
  log: Journal,
  arrival: Arrival,
  raw: Uint8Array,
  now: Instant,
): Promise<Draft> => {
  if (hasVirus(arrival, raw)) {
    const opening = openingOfUnread(arrival, raw, 'virus', 'not opened: the scanner found a virus');
    return openCase(ports, log, arrival, opening, now);
  }
  const parsed = await ports.mailReader.read(raw);
  if (parsed.kind === 'unreadable') {
    const opening = openingOfUnread(arrival, raw, 'unreadable', `not read: ${parsed.reason}`);
    return openCase(ports, log, arrival, opening, now);
  }
  const reading = await readRequest(ports, arrival, parsed.mail);
  const request = judgeRequest(reading, ports.organisationOf, policy);

  const joined = await joinCase(ports, log, reading, request, now);
  if (joined !== null) return joined;
  const reason = setAside(reading, ports.organisationOf);
  if (reason !== null) return { action: 'mail.set-aside', details: { reason } };
  return openCase(ports, log, arrival, openingOfMail(arrival, raw, reading, request), now);
};

/**
 * Takes in one mail: it is recorded before it is parsed, and it ends in a case, in
 * a case that stands, or in a reason for none. Run twice, it ends the same.
 * @throws Retryable where a port fails for now or the mail is not in the inbox
 */
export const receiveMail =
  (ports: ReceivePorts) =>
  async (arrival: Arrival, now: Instant): Promise<void> => {
    const log = journal(ports.audit, 'receive-mail');
    const subject = `mail:${arrival.mailId}` as const;
    let head = await log.head(subject);
    if (head !== undefined && head.action !== 'mail.received') return;
    const raw = await ports.inbox.read(arrival.key);
    if (raw === undefined) throw new Retryable(`mail ${arrival.mailId} is not in the inbox`);
    if (head === undefined) {
      const details = {
        receivedAt: iso(arrival.receivedAt),
        bytes: raw.byteLength,
        commitment: sha256OfBytes('commitment', raw),
      };
      [head] = await log.append(subject, head, [{ action: 'mail.received', details }], now);
    }

    // A mail that is sent in again may come with a later time; the first one counts.
    const first =
      head?.action === 'mail.received' ? instant(head.details.receivedAt) : arrival.receivedAt;
    const end = await work(ports, log, { ...arrival, receivedAt: first }, raw, now);

    await log.append(subject, head, [end], now);
  };

export const handler = queued<Arrival>(() => {
  const e = env<Env>();
  const client = dynamoClient();
  return receiveMail({
    audit: dynamoAudit(client, e.AUDIT_TABLE),
    inbox: s3Inbox(e.INBOX_BUCKET),
    mailReader,
    articles: dynamoArticles(client, e.ARTICLES_TABLE),
    feeds: dynamoFeeds(client, e.FEEDS_TABLE),
    cases: dynamoCases(client, e.CASES_TABLE),
    caseQueue: sqsQueue<CaseDue>(e.CASE_QUEUE_URL),
    letterQueue: sqsQueue<LetterDue>(e.LETTER_QUEUE_URL),
    organisationOf,
    siteOrigin: e.SITE_ORIGIN,
    adminAddress: e.ADMIN_ADDRESS,
  });
}, readArrival);
