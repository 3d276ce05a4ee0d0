import type { Arrival, Verdict } from '../../domain/takedown/mail.ts';
import { Permanent } from '../../errors.ts';

/** As far as we use it; every field is checked before use. */
type Notification = {
  mail?: { messageId?: unknown; timestamp?: unknown; destination?: unknown };
  receipt?: {
    recipients?: unknown;
    action?: { type?: unknown; objectKey?: unknown; objectKeyPrefix?: unknown };
    [verdict: string]: unknown;
  };
};

const refuse = (what: string): never => {
  throw new Permanent(
    `The inbox queue holds a message that is no SES notification of a stored mail: ${what}. Check that the receipt rule's S3 action names the topic of this queue, with raw message delivery on.`,
  );
};

const notificationIn = (body: string): Notification => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return refuse('it is not JSON');
  }
  if (typeof parsed !== 'object' || parsed === null) return refuse('it is not an object');
  return parsed as Notification;
};

const textOf = (value: unknown, name: string): string =>
  typeof value === 'string' && value !== '' ? value : refuse(`${name} is missing`);

const known: readonly Verdict[] = ['PASS', 'FAIL', 'GRAY', 'PROCESSING_FAILED'];

/** 'DISABLED' and an absent verdict mean the same: nobody looked. */
const verdictOf = (value: unknown): Verdict => {
  const { status } = (value ?? {}) as { status?: unknown };
  return known.find((verdict) => verdict === status) ?? 'NOT_SCANNED';
};

const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? (value as unknown[]).filter((item) => typeof item === 'string') : [];

/**
 * Reads the notification that SES sends when it has stored a mail.
 * @throws Permanent on any other message
 * @see https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html
 */
export const readArrival = (body: string): Arrival => {
  const { mail, receipt } = notificationIn(body);
  const action = receipt?.action;
  if (action?.type !== 'S3') return refuse('its action is not S3');
  const mailId = textOf(mail?.messageId, 'mail.messageId');
  const objectKey = textOf(action.objectKey, 'receipt.action.objectKey');
  const prefix = typeof action.objectKeyPrefix === 'string' ? action.objectKeyPrefix : '';
  // The clock starts when SES took the mail, not when it ran the action.
  const receivedAt = Date.parse(textOf(mail?.timestamp, 'mail.timestamp'));
  if (Number.isNaN(receivedAt)) return refuse('mail.timestamp is no time');
  const recipients = textsOf(receipt?.recipients);
  return {
    mailId,
    key: objectKey.startsWith(prefix) ? objectKey : `${prefix}${objectKey}`,
    receivedAt,
    recipients: recipients.length > 0 ? recipients : textsOf(mail?.destination),
    verdicts: {
      spam: verdictOf(receipt?.['spamVerdict']),
      virus: verdictOf(receipt?.['virusVerdict']),
      spf: verdictOf(receipt?.['spfVerdict']),
      dkim: verdictOf(receipt?.['dkimVerdict']),
      dmarc: verdictOf(receipt?.['dmarcVerdict']),
    },
  };
};
