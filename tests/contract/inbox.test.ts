import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { memoryInbox } from '../../functions/adapters/memory-stores.ts';
import { s3Inbox } from '../../functions/adapters/s3-inbox.ts';
import { hour, type Instant } from '../../functions/domain/time.ts';
import type { InboxPort } from '../../functions/ports.ts';
import { embeddedAws } from './aws-environment.ts';

const aws = embeddedAws();

/** An inbox and the far side that stores mails in it, one hour apart. */
type Inbox = { inbox: InboxPort; receive(key: string, text: string): Promise<Instant> };

const memory = (): Inbox => {
  const inbox = memoryInbox();
  let storedAt = 0;
  return {
    inbox,
    receive: async (key, text) => {
      storedAt += hour;
      inbox.mails.set(key, { bytes: new TextEncoder().encode(text), storedAt });
      return storedAt;
    },
  };
};

const cloud = (): Inbox => {
  const Bucket = aws.fresh('plain');
  const s3 = new S3Client({});
  return {
    inbox: s3Inbox(Bucket),
    receive: async (Key, Body) => {
      // Signatures bear the true time, so the clock of the store may only be a little ahead.
      aws.clock.advance(2000);
      const storedAt = aws.clock.now();
      await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
      return storedAt;
    },
  };
};

const listOf = async (inbox: InboxPort, since: Instant): Promise<string[]> => {
  const keys: string[] = [];
  for await (const { key } of inbox.list(since)) keys.push(key);
  return keys;
};

describe.each([
  { name: 'memory', make: memory },
  { name: 'S3', make: cloud },
])('the inbox in $name', ({ make }) => {
  it('reads a mail as it came, and undefined where there is none', async () => {
    const { inbox, receive } = make();
    await receive('mail/1', 'From: a@b.example\r\n\r\nHi\u0000');

    expect(new TextDecoder().decode(await inbox.read('mail/1'))).toBe(
      'From: a@b.example\r\n\r\nHi\u0000',
    );
    expect(await inbox.read('mail/2')).toBeUndefined();
  });

  it('lists what came since a time, oldest first, with its size', async () => {
    const { inbox, receive } = make();
    await receive('mail/c', 'one');
    const since = await receive('mail/b', 'four');
    await receive('mail/a', 'three');

    expect(await listOf(inbox, since - 1)).toEqual(['mail/b', 'mail/a']);
    for await (const mail of inbox.list(since - 1)) {
      expect(mail).toMatchObject({ key: 'mail/b', bytes: 4 });
      expect(Math.abs(mail.storedAt - since)).toBeLessThan(1000);
      break;
    }
  });

  it('is empty when no mail came', async () => {
    expect(await listOf(make().inbox, 0)).toEqual([]);
  });
});

describe('the inbox bucket', () => {
  it('does not take the note that SES leaves at setup, or other prefixes, for mail', async () => {
    const { inbox, receive } = cloud();
    await receive('mail/AMAZON_SES_SETUP_NOTIFICATION', 'hello');
    await receive('other/1', 'no mail');
    await receive('mail/1', 'mail');

    expect(await listOf(inbox, 0)).toEqual(['mail/1']);
  });
});
