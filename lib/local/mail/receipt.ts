import type { Topics } from '../endpoint/sns.ts';
import type { DeliveredMail } from '../mail-door/types.ts';
import type { Bucket } from '../s3/bucket.ts';
import { addressesOf, type Header, headersOf } from './headers.ts';

/** A receipt rule with its S3 action. */
export type ReceiptRule = {
  /** Addresses and domains it takes mail for; [] = all. */
  recipients: string[];
  bucket: string;
  prefix: string;
  topicArn: string | null;
};

/** As SES reads a rule: `admin@d` takes `admin+label@d` too, a domain takes all its addresses. */
const takes = (rule: ReceiptRule, recipient: string): boolean => {
  const address = recipient.toLowerCase();
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  const plain = `${address.slice(0, at).replace(/\+.*$/, '')}@${domain}`;
  return (
    rule.recipients.length === 0 ||
    rule.recipients.some((one) => [address, plain, domain].includes(one.toLowerCase()))
  );
};

const values = (headers: readonly Header[], name: string): string[] =>
  headers.filter((header) => header.name.toLowerCase() === name).map(({ value }) => value);

const commonHeaders = (headers: readonly Header[], messageId: string) => {
  const first = (name: string): string | undefined => values(headers, name)[0];
  const list = (name: string): string[] | undefined => {
    const all = values(headers, name).flatMap((value) =>
      value.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/).map((one) => one.trim()),
    );
    return all.length > 0 ? all : undefined;
  };
  return {
    returnPath: addressesOf(first('return-path') ?? '')[0],
    from: list('from'),
    date: first('date'),
    to: list('to'),
    cc: list('cc'),
    messageId: first('message-id') ?? messageId,
    subject: first('subject'),
  };
};

/** The notification that SES publishes for an S3 action. */
const notificationOf = (mail: DeliveredMail, rule: ReceiptRule) => {
  const headers = headersOf(mail.raw);
  const timestamp = new Date(mail.receivedAt).toISOString();
  const { spam, virus, spf, dkim, dmarc, dmarcPolicy } = mail.verdicts;
  return {
    notificationType: 'Received',
    mail: {
      timestamp,
      source: mail.source,
      messageId: mail.messageId,
      destination: mail.recipients,
      headersTruncated: false,
      headers,
      commonHeaders: commonHeaders(headers, mail.messageId),
    },
    receipt: {
      timestamp,
      processingTimeMillis: 0,
      recipients: mail.recipients.filter((recipient) => takes(rule, recipient)),
      spamVerdict: { status: spam },
      virusVerdict: { status: virus },
      spfVerdict: { status: spf },
      dkimVerdict: { status: dkim },
      dmarcVerdict: { status: dmarc },
      ...(dmarcPolicy === null ? {} : { dmarcPolicy }),
      action: {
        type: 'S3',
        ...(rule.topicArn === null ? {} : { topicArn: rule.topicArn }),
        bucketName: rule.bucket,
        objectKeyPrefix: rule.prefix,
        objectKey: `${rule.prefix}${mail.messageId}`,
      },
    },
  };
};

/** Headers that would not fit into a notification are cut, and it says so. */
const largestHeaders = 10 * 1024;

const fitted = (notification: ReturnType<typeof notificationOf>): string => {
  const { mail } = notification;
  let size = 0;
  const headers = mail.headers.filter(({ name, value }) => {
    size += name.length + value.length;
    return size <= largestHeaders;
  });
  const headersTruncated = headers.length < mail.headers.length;
  return JSON.stringify({ ...notification, mail: { ...mail, headers, headersTruncated } });
};

/** SES inbound behind the SMTP door: stores a mail as the rule says, then tells its topic. */
export const receipt = (
  rules: readonly ReceiptRule[],
  buckets: ReadonlyMap<string, Bucket>,
  topics: Topics,
) => ({
  accepts: (recipient: string): boolean => rules.some((rule) => takes(rule, recipient)),
  deliver: async (mail: DeliveredMail): Promise<void> => {
    const wanted = rules.filter((rule) => mail.recipients.some((one) => takes(rule, one)));
    for (const rule of wanted) {
      const bucket = buckets.get(rule.bucket);
      if (bucket === undefined) throw new Error(`There is no bucket ${rule.bucket} here.`);
      const facts = { contentType: 'application/octet-stream', headers: {} };
      bucket.put(`${rule.prefix}${mail.messageId}`, mail.raw, facts);
      if (rule.topicArn !== null) topics.publish(rule.topicArn, fitted(notificationOf(mail, rule)));
    }
  },
});
