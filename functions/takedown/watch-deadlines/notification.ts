import type { Iso } from '../../domain/time.ts';

const notScanned = { status: 'DISABLED' };

/**
 * The notification that SES would have sent, for a mail whose own was lost. Its
 * verdicts are unknown, so that trust can come only from the mail's headers.
 * @see https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html
 */
export const notificationOf = (messageId: string, objectKey: string, timestamp: Iso): object => ({
  notificationType: 'Received',
  mail: { messageId, timestamp, source: '', destination: [] },
  receipt: {
    timestamp,
    recipients: [],
    spamVerdict: notScanned,
    virusVerdict: notScanned,
    spfVerdict: notScanned,
    dkimVerdict: notScanned,
    dmarcVerdict: notScanned,
    action: { type: 'S3', objectKey },
  },
});
