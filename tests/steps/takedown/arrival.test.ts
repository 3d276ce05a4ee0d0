import { describe, expect, it } from 'vitest';
import { Permanent } from '../../../functions/errors.ts';
import { readArrival } from '../../../functions/takedown/receive-mail/arrival.ts';
import { notificationOf } from '../../../functions/takedown/watch-deadlines/notification.ts';

const notification = {
  notificationType: 'Received',
  mail: {
    messageId: 'abc',
    timestamp: '2026-11-24T06:00:00.000Z',
    destination: ['admin@news.example'],
  },
  receipt: {
    timestamp: '2026-11-24T06:00:09.000Z',
    recipients: ['admin@news.example'],
    spamVerdict: { status: 'PASS' },
    virusVerdict: { status: 'DISABLED' },
    dkimVerdict: { status: 'GRAY' },
    dmarcVerdict: { status: 'FAIL' },
    action: { type: 'S3', objectKeyPrefix: 'mail/', objectKey: 'mail/abc' },
  },
};

const withAction = (action: object): string =>
  JSON.stringify({ ...notification, receipt: { ...notification.receipt, action } });

describe('reading an SES notification', () => {
  it('takes the time SES received the mail, its key, recipients and verdicts', () => {
    expect(readArrival(JSON.stringify(notification))).toEqual({
      mailId: 'abc',
      key: 'mail/abc',
      receivedAt: Date.UTC(2026, 10, 24, 6),
      recipients: ['admin@news.example'],
      verdicts: {
        spam: 'PASS',
        virus: 'NOT_SCANNED',
        spf: 'NOT_SCANNED',
        dkim: 'GRAY',
        dmarc: 'FAIL',
      },
    });
  });

  it('puts the prefix before a key that lacks it', () => {
    const body = withAction({ type: 'S3', objectKeyPrefix: 'mail/', objectKey: 'abc' });

    expect(readArrival(body).key).toBe('mail/abc');
  });

  it('reads what the watch sends in the place of a lost notification', () => {
    const body = JSON.stringify(notificationOf('abc', 'mail/abc', '2026-11-24T06:00:00.000Z'));

    expect(readArrival(body)).toMatchObject({ mailId: 'abc', key: 'mail/abc', recipients: [] });
  });

  it.each([
    ['no JSON', 'Successfully validated SNS topic for Amazon SES event publishing.'],
    ['null', 'null'],
    ['another action', withAction({ type: 'Lambda' })],
    ['no key', withAction({ type: 'S3' })],
    ['no time', JSON.stringify({ ...notification, mail: { messageId: 'abc', timestamp: 'x' } })],
    ['no id', JSON.stringify({ ...notification, mail: {} })],
  ])('refuses %s, and says what to check', (_name, body) => {
    expect(() => readArrival(body)).toThrow(Permanent);
    expect(() => readArrival(body)).toThrow(/receipt rule/);
  });
});
