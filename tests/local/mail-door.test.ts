import { createTransport } from 'nodemailer';
import { afterEach, describe, expect, it } from 'vitest';
import { startMailDoor } from '../../lib/local/mail-door/mail-door.ts';
import type { DeliveredMail, MailDoor, MailDoorOptions } from '../../lib/local/mail-door/types.ts';

const admin = 'admin@news.example';
const receivedAt = Date.UTC(2026, 4, 6, 7, 8, 9);
const open: MailDoor[] = [];

const start = async (changes: Partial<MailDoorOptions> = {}) => {
  const delivered: DeliveredMail[] = [];
  const log: string[] = [];
  const door = await startMailDoor({
    port: 0,
    hostname: 'mx.news.example',
    zone: { '1.0.0.127.in-addr.arpa': { ptr: ['localhost'] } },
    accepts: (recipient) => recipient.endsWith('@news.example'),
    deliver: async (mail) => void delivered.push(mail),
    now: () => receivedAt,
    log: (line) => void log.push(line),
    ...changes,
  });
  open.push(door);
  const program = createTransport({ host: door.host, port: door.port, name: 'laptop.example' });
  return { delivered, log, program };
};
afterEach(async () => {
  await Promise.all(open.splice(0).map((door) => door.stop()));
});

const plain = { from: 'someone@mailbox.example', to: admin, subject: 'Hello', text: 'A question.' };

describe('the mail door', () => {
  it('puts the headers of SES above the mail, in its order, and changes nothing below', async () => {
    const { delivered, program } = await start();
    const raw = 'From: <a@mailbox.example>\r\nSubject: x\r\n\r\n.dots\r\nand ünïcode\r\n';

    await program.sendMail({ raw, envelope: { from: 'a@mailbox.example', to: admin } });

    const text = delivered[0]?.raw.toString() ?? '';
    const head = text.slice(0, text.indexOf('From: <a@mailbox.example>'));
    const names = [...head.matchAll(/^([\w-]+):/gm)].map((match) => match[1]);
    expect(names).toEqual([
      'Return-Path',
      'Received',
      'X-SES-Spam-Verdict',
      'X-SES-Virus-Verdict',
      'Received-SPF',
      'Authentication-Results',
      'X-SES-RECEIPT',
      'X-SES-DKIM-SIGNATURE',
    ]);
    expect(head).toContain(
      [
        'Return-Path: <a@mailbox.example>',
        'Received: from laptop.example (localhost [127.0.0.1])',
        ` by inbound-smtp.us-east-1.amazonaws.com with SMTP id ${delivered[0]?.messageId}`,
        ` for ${admin};`,
        ' Wed, 06 May 2026 07:08:09 +0000 (UTC)',
        'X-SES-Spam-Verdict: PASS',
        'X-SES-Virus-Verdict: PASS',
        'Received-SPF: none (spfCheck: ',
      ].join('\r\n'),
    );
    expect(text.slice(head.length)).toBe(raw);
  });

  it('hands over what the notification of SES says', async () => {
    const { delivered, program } = await start();

    await program.sendMail({ ...plain, to: [admin, 'admin+case@news.example'] });

    expect(delivered).toHaveLength(1);
    expect(delivered[0]).toMatchObject({
      recipients: [admin, 'admin+case@news.example'],
      source: 'someone@mailbox.example',
      receivedAt,
    });
    expect(delivered[0]?.messageId).toMatch(/^[a-z0-9]{40}$/);
  });

  it('takes a bounce, which has no sender', async () => {
    const { delivered, program } = await start();

    await program.sendMail({ ...plain, envelope: { from: '', to: admin } });

    expect(delivered[0]?.source).toBe('');
    expect(delivered[0]?.raw.toString()).toMatch(/^Return-Path: <>\r\n/);
  });

  it('refuses a recipient it does not know with 550, and says where to look', async () => {
    const { delivered, program } = await start();

    const sent = program.sendMail({ ...plain, to: 'nobody@elsewhere.example' });

    await expect(sent).rejects.toMatchObject({ responseCode: 550 });
    await expect(sent).rejects.toThrow(/No mailbox <nobody@elsewhere\.example>.*on the site/);
    expect(delivered).toEqual([]);
  });

  it('refuses a mail over the size limit with 552, announced or not', async () => {
    const { delivered, program } = await start({ maxBytes: 2_000 });
    const raw = `From: <a@b.example>\r\n\r\n${'x'.repeat(5_000)}\r\n`;
    const envelope = { from: 'a@b.example', to: admin };

    const announced = program.sendMail({ raw, envelope: { ...envelope, size: 5_000 } });
    await expect(announced).rejects.toThrow(/size larger than allowed/);
    const surprise = program.sendMail({ raw, envelope });
    await expect(surprise).rejects.toMatchObject({ responseCode: 552 });
    await expect(surprise).rejects.toThrow(/longer than 2000 bytes/);
    expect(delivered).toEqual([]);
  });

  it('answers 250 only after the mail is stored', async () => {
    const steps: string[] = [];
    let store = (): void => undefined;
    const stored = new Promise<void>((resolve) => {
      store = () => {
        steps.push('stored');
        resolve();
      };
    });
    const asked = Promise.withResolvers<void>();
    const { program } = await start({
      deliver: () => {
        asked.resolve();
        return stored;
      },
    });

    const answer = program.sendMail(plain).then(() => steps.push('answered'));
    await asked.promise;
    store();
    await answer;

    expect(steps).toEqual(['stored', 'answered']);
  });

  it('answers 451 when the mail cannot be stored, keeps no secret of it, and takes the next', async () => {
    let isBroken = true;
    const { program, log } = await start({
      deliver: async () => {
        if (isBroken) throw Object.assign(new Error('disk full'), { responseCode: 250 });
      },
    });

    await expect(program.sendMail(plain)).rejects.toMatchObject({ responseCode: 451 });
    expect(log).toContainEqual(expect.stringContaining('disk full'));

    isBroken = false;
    await expect(program.sendMail(plain)).resolves.toMatchObject({ response: /^250 OK/ });
  });

  it.each([
    ['in the text', (virus: string) => ({ text: virus })],
    [
      'in an attachment',
      (virus: string) => ({ attachments: [{ filename: 'a.com', content: virus }] }),
    ],
  ])('finds the test virus %s', async (_where, parts) => {
    const { delivered, program } = await start();
    const virus = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-', 'TEST-FILE!$H+H*'];

    await program.sendMail({ ...plain, ...parts(virus.join('')) });

    expect(delivered[0]?.verdicts).toMatchObject({ virus: 'FAIL', spam: 'PASS' });
    expect(delivered[0]?.raw.toString()).toContain('X-SES-Virus-Verdict: FAIL');
  });
});
