import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { createTransport } from 'nodemailer';
import { describe, expect, it } from 'vitest';
import { actions, begin, pageOf } from './journey.ts';
import { written } from './mails.ts';

const pear = 'http://herald.example/news/nature/lost-pear-behind-bus-depot-10388.html';
const owner = 'legal@herald.example';

/** As SES sends it, without what it says of the mail's headers. */
const notificationOf = (messageId: string, timestamp: string) => ({
  notificationType: 'Received',
  mail: { messageId, timestamp, destination: [] },
  receipt: { recipients: [], action: { type: 'S3', objectKey: `mail/${messageId}` } },
});

describe('one request that comes many times', () => {
  const at = begin();

  it('is one case with one acknowledgement and one receipt', async () => {
    const journey = at();
    const { admin, smtp } = journey.stack.facts();
    const raw = written(admin, { from: owner, messageId: 'same@herald.example', body: pear });
    const post = createTransport({ ...smtp, secure: false, ignoreTLS: true });
    const envelope = { from: owner, to: [admin, admin.replace('@', '+takedown@')] };

    await post.sendMail({ envelope, raw });
    await journey.stack.settle();
    await Promise.all([journey.mail(owner, admin, raw), journey.mail(owner, admin, raw)]);
    await journey.stack.settle();

    const cases = await journey.cases();
    expect(cases).toHaveLength(1);
    expect((await journey.lettersTo(owner)).map(({ subject }) => subject)).toEqual([
      `[${cases[0]}] We have received your request`,
      `[${cases[0]}] What you named is erased`,
    ]);
    expect((await journey.get(pageOf(pear))).status).toBe(451);
  });

  it('changes nothing when the messages of its queues are delivered again', async () => {
    const journey = at();
    const [id = ''] = await journey.cases();
    const before = await journey.chain(`case:${id}`);
    const { awsEndpoint } = journey.stack.facts();
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const sqs = new SQSClient({ endpoint: awsEndpoint, region: 'us-east-1', credentials });
    const urlOf = (name: string) => `${awsEndpoint}/000000000000/sundown-${name}`;

    const mail = before[0]?.action === 'case.opened' ? before[0].details.mail : '';
    const again = [
      ['inbox', JSON.stringify(notificationOf(mail, before[0]?.at ?? ''))],
      ['case', JSON.stringify({ caseId: id })],
      ['letter', JSON.stringify({ caseId: id })],
    ] as const;

    for (const [name, MessageBody] of [...again, ...again])
      await sqs.send(new SendMessageCommand({ QueueUrl: urlOf(name), MessageBody }));
    await journey.stack.settle();

    expect(actions(await journey.chain(`case:${id}`))).toEqual(actions(before));
    expect(await journey.lettersTo(owner)).toHaveLength(2);
    for (const grave of ['inbox-dead', 'case-dead', 'letter-dead']) {
      const dead = await sqs.send(new ReceiveMessageCommand({ QueueUrl: urlOf(grave) }));
      expect(dead.Messages ?? []).toEqual([]);
    }
  });
});
