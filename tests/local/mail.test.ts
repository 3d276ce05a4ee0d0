import { readFileSync } from 'node:fs';
import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import { receipt } from '../../lib/local/mail/receipt.ts';
import type { DeliveredMail } from '../../lib/local/mail-door/types.ts';
import { startEndpoint } from './endpoint.ts';

const topic = (name: string): string => `arn:aws:sns:us-east-1:000000000000:${name}`;
const inbox = { name: 'inbox', visibilityMs: 1000, delayMs: 0, deadLetter: null };
const rules = [
  {
    ...{ recipients: ['admin@sundown.example'], bucket: 'mails', prefix: 'mail/' },
    topicArn: topic('mail'),
  },
];

const start = async () => {
  const started = await startEndpoint({
    buckets: [{ name: 'mails', versioned: false, retentionDays: null }],
    queues: [inbox],
    topics: [
      { arn: topic('mail'), queues: [{ name: 'inbox', raw: true }] },
      { arn: topic('pager'), queues: [] },
    ],
    ses: { identities: ['sundown.example'], configurationSets: ['letters'] },
  });
  const { aws } = started;
  return { ...started, ...receipt(rules, aws.buckets, aws.topics) };
};

const mail = (more: Partial<DeliveredMail> = {}): DeliveredMail => ({
  raw: Buffer.from(
    'Return-Path: <legal@herald.example>\r\nFrom: "Desk, Legal" <legal@herald.example>\r\n' +
      'To: admin@sundown.example\r\nSubject: Please\r\n remove\r\nMessage-ID: <1@herald.example>\r\n\r\nText',
  ),
  messageId: 'm'.repeat(40),
  recipients: ['admin@sundown.example', 'other@else.example'],
  source: 'legal@herald.example',
  receivedAt: Date.parse('2026-11-24T10:00:00Z'),
  verdicts: {
    ...{ spam: 'PASS', virus: 'PASS', spf: 'GRAY', dkim: 'PASS', dmarc: 'FAIL' },
    dmarcPolicy: 'reject',
  },
  ...more,
});

describe('mail in', () => {
  it('is stored under its id and told to the topic as SES tells it', async () => {
    const { deliver, aws } = await start();

    await deliver(mail());

    const bucket = aws.buckets.get('mails');
    const version = bucket?.find(`mail/${'m'.repeat(40)}`);
    expect(version && bucket?.read(version).toString()).toBe(mail().raw.toString());
    const [message] = aws.queues.get('inbox')?.receive(1) ?? [];
    expect(JSON.parse(message?.body ?? '')).toEqual({
      notificationType: 'Received',
      mail: {
        timestamp: '2026-11-24T10:00:00.000Z',
        source: 'legal@herald.example',
        messageId: 'm'.repeat(40),
        destination: ['admin@sundown.example', 'other@else.example'],
        headersTruncated: false,
        headers: [
          { name: 'Return-Path', value: '<legal@herald.example>' },
          { name: 'From', value: '"Desk, Legal" <legal@herald.example>' },
          { name: 'To', value: 'admin@sundown.example' },
          { name: 'Subject', value: 'Please remove' },
          { name: 'Message-ID', value: '<1@herald.example>' },
        ],
        commonHeaders: {
          returnPath: 'legal@herald.example',
          from: ['"Desk, Legal" <legal@herald.example>'],
          to: ['admin@sundown.example'],
          messageId: '<1@herald.example>',
          subject: 'Please remove',
        },
      },
      receipt: {
        timestamp: '2026-11-24T10:00:00.000Z',
        processingTimeMillis: 0,
        recipients: ['admin@sundown.example'],
        spamVerdict: { status: 'PASS' },
        virusVerdict: { status: 'PASS' },
        spfVerdict: { status: 'GRAY' },
        dkimVerdict: { status: 'PASS' },
        dmarcVerdict: { status: 'FAIL' },
        dmarcPolicy: 'reject',
        action: {
          type: 'S3',
          topicArn: topic('mail'),
          bucketName: 'mails',
          objectKeyPrefix: 'mail/',
          objectKey: `mail/${'m'.repeat(40)}`,
        },
      },
    });
  });

  it('is taken for the address of the rule, with any label, and for no other', async () => {
    const { accepts } = await start();

    const taken = ['admin@sundown.example', 'Admin+SD-1@Sundown.example'].map(accepts);
    const refused = ['root@sundown.example', 'admin@else.example'].map(accepts);

    expect([...taken, ...refused]).toEqual([true, true, false, false]);
  });

  it('cuts headers that would not fit into a notification, and says so', async () => {
    const { deliver, aws } = await start();
    const lines = Array.from({ length: 400 }, (_, n) => `X-Filler-${n}: ${'x'.repeat(900)}\r\n`);
    const raw = Buffer.from(`Subject: long\r\n${lines.join('')}\r\nText`);

    await deliver(mail({ raw }));

    const [message] = aws.queues.get('inbox')?.receive(1) ?? [];
    expect(JSON.parse(message?.body ?? '')).toMatchObject({
      mail: { headersTruncated: true, commonHeaders: { subject: 'long' } },
    });
    expect(message?.body.length).toBeLessThan(150 * 1024);
  });
});

describe('letters out', () => {
  const letter = (from: string): Buffer =>
    Buffer.from(
      `From: Sundown <${from}>\r\nTo: legal@herald.example\r\nSubject: Received\r\n` +
        `Message-ID: <ours@x>\r\n\tfolded\r\nReferences: <1@herald.example>\r\n\r\nText\r\nFrom: body`,
    );
  const send = (client: object, from: string, more = {}) =>
    new SESClient(client).send(
      new SendRawEmailCommand({ RawMessage: { Data: letter(from) }, ...more }),
    );

  it('lie in the outbox, with the Message-ID that SES gives them', async () => {
    const { client, aws } = await start();

    const { MessageId } = await send(client, 'admin@sundown.example', {
      ConfigurationSetName: 'letters',
    });

    const [kept] = aws.outbox.letters();
    expect(kept).toMatchObject({
      messageId: MessageId,
      from: 'admin@sundown.example',
      to: ['legal@herald.example'],
      subject: 'Received',
    });
    const text = readFileSync(kept?.file ?? '', 'utf8');
    expect(text.match(/^Message-ID:.*$/gim)).toEqual([
      `Message-ID: <${MessageId}@email.amazonses.com>`,
    ]);
    expect(text).toMatch(/References: <1@herald.example>\r\n\r\nText\r\nFrom: body$/);
    expect(text).not.toContain('folded');
  });

  it('are refused from a domain that is not ours, and with a set that does not exist', async () => {
    const { client, aws } = await start();

    const foreign = send(client, 'admin@herald.example');
    const unknown = send(client, 'admin@sundown.example', { ConfigurationSetName: 'none' });

    await expect(foreign).rejects.toMatchObject({ name: 'MessageRejected' });
    await expect(unknown).rejects.toMatchObject({ name: 'ConfigurationSetDoesNotExistException' });
    expect(aws.outbox.letters()).toEqual([]);
  });
});

describe('a call for a person', () => {
  it('is kept, and a topic that nobody made is refused', async () => {
    const { client, aws } = await start();
    const sns = new SNSClient(client);
    const publish = (name: string) =>
      sns.send(new PublishCommand({ TopicArn: topic(name), Subject: 'Late', Message: 'Look' }));

    await publish('pager');

    expect(aws.pages()).toMatchObject([{ topic: 'pager', subject: 'Late', message: 'Look' }]);
    await expect(publish('none')).rejects.toMatchObject({ name: 'NotFoundException' });
  });
});
