import { randomBytes } from 'node:crypto';
import { createTransport } from 'nodemailer';
import { describe, expect, it } from 'vitest';
import { actions, begin, type Journey, pageOf } from './journey.ts';
import { send, written } from './mails.ts';

const pear = 'http://herald.example/news/nature/lost-pear-behind-bus-depot-10388.html';
const buses = 'http://herald.example/news/politics/night-buses-saved-by-two-votes-10359.html';
const comet = 'http://herald.example/news/science/school-telescope-catches-comet-10371.html';
const pat = 'Pat <pat@mailbox.example>';

/** A mail with one attachment of that many bytes on the wire. */
const heavy = (admin: string, bytes: number, body: string): Buffer => {
  const line = `${randomBytes(57).toString('base64')}\r\n`;
  const head = written(admin, {
    from: pat,
    headers: ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b'],
    body: [
      '--b\r\nContent-Type: text/plain; charset=utf-8\r\n',
      body,
      '--b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n',
    ].join('\r\n'),
  });
  const filler = line.repeat(Math.ceil((bytes - head.length) / line.length));
  return Buffer.from(`${head}${filler}--b--\r\n`);
};

const personOf = async (journey: Journey, id: string) => {
  const [opened] = await journey.chain(`case:${id}`);
  return opened?.action === 'case.opened' ? opened.details.person : 'no case';
};

const at = begin();

describe('a mail of great size', () => {
  it('is taken at 30 MB and becomes a case', async () => {
    const journey = at();
    const { admin } = journey.stack.facts();

    await journey.mail('pat@mailbox.example', admin, heavy(admin, 30e6, `Remove ${pear}`));

    const [id = ''] = await journey.cases();
    expect(actions(await journey.chain(`case:${id}`))).toContain('letter.sent');
    expect(await personOf(journey, id)).toBe('none');
    const [letter] = await journey.lettersTo('pat@mailbox.example');
    expect(letter?.raw).toMatch(/carried one\s+attachment/);
  });

  it('is refused at 42 MB, in SMTP, with a reason the sender can act on', async () => {
    const journey = at();
    const { admin, smtp } = journey.stack.facts();
    const post = createTransport({ ...smtp, secure: false, ignoreTLS: true });
    const before = await journey.cases();
    const raw = heavy(admin, 42 * 1024 * 1024, `Remove ${pear}`);

    const sending = post.sendMail({ envelope: { from: 'pat@mailbox.example', to: admin }, raw });

    await expect(sending).rejects.toMatchObject({ responseCode: 552 });
    await expect(sending).rejects.toThrow('send it without attachments');
    await journey.stack.settle();
    expect(await journey.cases()).toEqual(before);
  });
});

describe('a mail that cannot be read', () => {
  it('becomes a case for a person', async () => {
    const journey = at();
    const { admin } = journey.stack.facts();
    const before = await journey.cases();

    await journey.mail('noise@mailbox.example', admin, randomBytes(20_000));

    const [id = ''] = (await journey.cases()).filter((one) => !before.includes(one));
    expect(id).not.toBe('');
    expect(journey.stack.pages().some(({ message }) => message.includes(id))).toBe(true);
    expect(await journey.lettersTo('noise@mailbox.example')).toEqual([]);
  });

  it('for its nested parts becomes a case for a person', async () => {
    const journey = at();
    const nested = Array.from(
      { length: 200 },
      (_, n) => `Content-Type: multipart/mixed; boundary=n${n}\r\n\r\n--n${n}\r\n`,
    ).join('');
    const headers = ['MIME-Version: 1.0', nested.trimEnd()];

    const id = await send(journey, { from: pat, headers, body: `Remove ${buses}` });

    expect(await personOf(journey, id)).toBe('unreadable');
  });
});

describe('a mail that a machine wrote', () => {
  it('to say that someone is away opens no case and gets no letter', async () => {
    const journey = at();
    const headers = ['Auto-Submitted: auto-replied'];
    const subject = 'Out of office: Re: your mail';
    const from = 'away@mailbox.example';

    expect(await send(journey, { from, subject, headers, body: 'I am away.' })).toBe('');

    expect(await journey.lettersTo(from)).toEqual([]);
  });

  it('to say that ours did not arrive opens no case and gets no letter', async () => {
    const journey = at();
    const { outbox } = journey.stack;
    const letters = outbox().length;
    const { admin } = journey.stack.facts();
    const raw = written(admin, {
      from: 'MAILER-DAEMON@mailbox.example',
      subject: 'Undelivered Mail Returned to Sender',
      headers: [
        'MIME-Version: 1.0',
        'Content-Type: multipart/report; report-type=delivery-status; boundary=r',
      ],
      body: `--r\r\n\r\nIt named ${buses}\r\n--r\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\n--r--`,
    });
    const before = await journey.cases();

    await journey.mail('', admin, raw);

    expect(await journey.cases()).toEqual(before);
    expect(outbox()).toHaveLength(letters);
  });
});

describe('a mail that is HTML alone', () => {
  it('is understood by its links and its words', async () => {
    const journey = at();
    const headers = ['MIME-Version: 1.0', 'Content-Type: text/html; charset=utf-8'];
    const body = `<p>Please remove <a href="${buses}?utm_source=x">this</a> and ${comet}</p>`;

    const id = await send(journey, { from: 'legal@herald.example', headers, body });

    expect(actions(await journey.chain(`case:${id}`))).toContain('case.closed');
    const pages = await Promise.all([buses, comet].map((url) => journey.get(pageOf(url))));
    expect(pages.map(({ status }) => status)).toEqual([451, 451]);
  });
});
