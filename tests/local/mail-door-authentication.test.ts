import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startMailDoor } from '../../lib/local/mail-door/mail-door.ts';
import type { DeliveredMail, MailDoor, Resolver } from '../../lib/local/mail-door/types.ts';
import { startPublishers } from '../../lib/local/publishers/publishers.ts';
import type { Publisher, Publishers } from '../../lib/local/publishers/types.ts';

const admin = 'admin@news.example';
const noLog = (): void => undefined;
const silentDns: Resolver = () => new Promise(() => undefined);

let publishers: Publishers;
let door: MailDoor;
let delivered: DeliveredMail[];

beforeAll(async () => {
  const dir = mkdtempSync(join(tmpdir(), 'publishers-'));
  publishers = await startPublishers({ dir, port: 0, now: () => 0, log: noLog });
  door = await startMailDoor({
    port: 0,
    hostname: 'mx.news.example',
    zone: publishers.zone,
    accepts: () => true,
    deliver: async (mail) => void delivered.push(mail),
    now: () => Date.UTC(2026, 2, 1),
    log: noLog,
    elsewhere: silentDns,
    patience: { queryMs: 20, budgetMs: 60 },
  });
});
beforeEach(() => {
  delivered = [];
});
afterAll(async () => {
  await door.stop();
  await publishers.stop();
});

const publisher = (host: string): Publisher => {
  const found = publishers.publishers.find((one) => one.host === host);
  if (!found) throw new Error(`no publisher ${host}`);
  return found;
};

const mail = (from: string, text = 'Please take down our article.'): string =>
  [
    `From: Legal desk <${from}>`,
    `To: ${admin}`,
    'Subject: Takedown',
    `Message-ID: <1@${from}>`,
    'Date: Sun, 01 Mar 2026 00:00:00 +0000',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
    '',
  ].join('\r\n');

const send = async (raw: string | Buffer, sender: string): Promise<DeliveredMail> => {
  const program = createTransport({ host: door.host, port: door.port, name: 'laptop.example' });
  await program.sendMail({ raw, envelope: { from: sender, to: admin } });
  const [received] = delivered;
  if (!received) throw new Error('nothing was delivered');
  return received;
};

const results = ({ raw }: DeliveredMail): string => {
  const lines = raw.toString('latin1').split('\r\n');
  const first = lines.indexOf('Authentication-Results: amazonses.com;');
  return lines
    .slice(
      first + 1,
      lines.findIndex((line) => line.startsWith('X-SES-RECEIPT')),
    )
    .join('\n');
};

describe('the mail door', () => {
  it.each(['herald.example', 'visnyk.example', 'sahafa.example'])(
    'passes a mail signed by the owner of %s',
    async (host) => {
      const { owner } = publisher(host);

      const received = await send(await owner.sign(mail(owner.address)), owner.address);

      expect(received.verdicts).toMatchObject({ dkim: 'PASS', dmarc: 'PASS', dmarcPolicy: null });
      expect(results(received)).toContain(
        ` dkim=pass header.i=@${host};\n dmarc=pass header.from=${host};`,
      );
    },
  );

  it('passes a signed mail that a stranger relays, by DKIM alone', async () => {
    const { owner } = publisher('visnyk.example');

    const received = await send(await owner.sign(mail(owner.address)), 'relay@mailbox.example');

    expect(received.verdicts).toMatchObject({ spf: 'PASS', dkim: 'PASS', dmarc: 'PASS' });
  });

  it('passes an ordinary mail program writing as the Herald, by SPF', async () => {
    const received = await send(mail('legal@herald.example'), 'legal@herald.example');

    expect(received.verdicts).toMatchObject({ spf: 'PASS', dkim: 'GRAY', dmarc: 'PASS' });
    expect(results(received)).toMatch(
      /^ spf=pass \(spfCheck: domain of herald\.example designates 127\.0\.0\.1 as permitted sender\)/,
    );
  });

  it('fails an unsigned mail in the name of a publisher that must sign', async () => {
    const received = await send(mail('pravo@visnyk.example'), 'pravo@visnyk.example');

    expect(received.verdicts).toMatchObject({
      spf: 'FAIL',
      dkim: 'GRAY',
      dmarc: 'FAIL',
      dmarcPolicy: 'reject',
    });
    expect(results(received)).toContain('dkim=none;\n dmarc=fail header.from=visnyk.example;');
  });

  it("fails a forged From in a stranger's envelope, though SPF passes", async () => {
    const received = await send(mail('legal@herald.example'), 'someone@mailbox.example');

    expect(received.verdicts).toMatchObject({ spf: 'PASS', dmarc: 'FAIL', dmarcPolicy: 'reject' });
    expect(results(received)).toContain('dmarc=fail header.from=herald.example;');
  });

  it('fails a signed mail that was changed on its way', async () => {
    const { owner } = publisher('sahafa.example');
    const signed = await owner.sign(mail(owner.address, 'Remove one article.'));

    const changed = signed
      .toString('latin1')
      .replace('Remove one article.', 'Remove all articles.');
    const received = await send(changed, owner.address);

    expect(received.verdicts).toMatchObject({ dkim: 'FAIL', dmarc: 'FAIL' });
    expect(results(received)).toContain('dkim=fail header.i=@sahafa.example;');
  });

  it('passes free mail as free mail', async () => {
    const received = await send(mail('someone@mailbox.example'), 'someone@mailbox.example');

    expect(received.verdicts).toMatchObject({ spf: 'PASS', dmarc: 'PASS' });
    expect(results(received)).toContain('dmarc=pass header.from=mailbox.example;');
  });

  it('says permerror of a mail with two authors', async () => {
    const twice = `From: <other@mailbox.example>\r\n${mail('legal@herald.example')}`;

    const received = await send(twice, 'legal@herald.example');

    expect(received.verdicts.dmarc).toBe('PROCESSING_FAILED');
    expect(results(received)).toContain(' dmarc=permerror;');
  });

  it('takes the mail with temperror when real DNS does not answer in time', async () => {
    const received = await send(mail('me@far-away.org'), 'me@far-away.org');

    expect(received.verdicts).toMatchObject({
      spf: 'PROCESSING_FAILED',
      dmarc: 'PROCESSING_FAILED',
    });
    expect(results(received)).toMatch(/^ spf=temperror .*\n dkim=none;\n dmarc=temperror/);
  });
});
