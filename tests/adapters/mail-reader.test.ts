import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mailReader } from '../../functions/adapters/mail-reader.ts';
import type { Mail } from '../../functions/domain/takedown/mail.ts';

const folder = new URL('../fixtures/mails/', import.meta.url);
const fixture = (name: string): Uint8Array => readFileSync(new URL(`${name}.eml`, folder));

const read = async (raw: Uint8Array | string): Promise<Mail> => {
  const result = await mailReader.read(typeof raw === 'string' ? Buffer.from(raw) : raw);
  if (result.kind === 'unreadable') throw new Error(result.reason);
  return result.mail;
};

const reasonFor = async (raw: Uint8Array | string): Promise<string> => {
  const result = await mailReader.read(typeof raw === 'string' ? Buffer.from(raw) : raw);
  return result.kind === 'unreadable' ? result.reason : '';
};

describe('reading a mail', () => {
  it('keeps headers in their order and the addresses of each', async () => {
    const mail = await read(fixture('owner-names-our-page'));

    expect(mail).toMatchObject({
      messageId: '<one@herald.example>',
      subject: 'Removal request',
      from: [{ name: 'Ada Brandt', address: 'ada@herald.example' }],
      to: [{ name: '', address: 'admin@news.example' }],
      returnPath: 'bounce@herald.example',
      sentAt: Date.UTC(2026, 10, 24, 6),
      links: [],
      attachments: [],
    });
    expect(mail.headers[0]?.name).toBe('return-path');
    expect(mail.headers[5]).toMatchObject({ name: 'authentication-results' });
    expect(mail.headers[5]?.value).toMatch(/^amazonses\.com; spf=pass/);
  });

  it('keeps all From addresses, of one header or two', async () => {
    for (const name of ['two-from-addresses', 'two-from-headers']) {
      const { from } = await read(fixture(name));

      expect(from.map(({ address }) => address)).toEqual([
        'ada@herald.example',
        'eve@evil.example',
      ]);
    }
  });

  it('tells an empty return path from none', async () => {
    expect((await read(fixture('bounce-of-our-letter'))).returnPath).toBe('');
    expect((await read('From: a@b.example\r\n\r\nx')).returnPath).toBeNull();
  });

  it('undoes format=flowed, quoted-printable and encoded words', async () => {
    const mail = await read(fixture('flowed-and-quoted-printable'));

    expect(mail.subject).toBe('Löschung');
    expect(mail.text).toContain(
      'this page: https://herald.example/2026/11/24/the-lights-of-the-old-harbour-go-out-one-by-one-and-nobody-asks-why.html and',
    );
  });

  it('shows of HTML what a reader sees, with its links and quotes', async () => {
    const mail = await read(fixture('html-only'));

    expect(mail.text).toContain('Please remove our story and https://herald.example/2026/other.');
    expect(mail.text).toMatch(/^> Earlier you wrote/m);
    expect(mail.text).not.toMatch(/secret|color/);
    expect(mail.links).toEqual([
      { text: 'our story', href: 'https://herald.example/2026/harbour-lights?a=1&b=2' },
      {
        text: 'https://herald.example/2026/other',
        href: 'https://news.example/article/21df77d1d46ebf2cfc04dd784678c433',
      },
    ]);
  });

  it('shows the HTML as well where the plain text says nothing', async () => {
    const mail = await read(fixture('alternative-with-empty-text'));

    expect(mail.text).toContain('needs a program');
    expect(mail.htmlText).toBe('Please remove herald.example/2026/harbour-lights today.');
  });

  it('reads a mail within the mail as quoted', async () => {
    const mail = await read(fixture('forwarded-as-attachment'));

    expect(mail.text).toContain('> I saw your story at https://herald.example/2026/harbour-lights');
    expect(mail.attachments).toMatchObject([{ contentType: 'message/rfc822' }]);
  });

  it.each([
    ['utf-8-labelled-us-ascii', 'Будь ласка, видаліть нашу статтю'],
    ['iso-2022-jp', '記事を削除してください'],
    ['big5', '請刪除這篇文章'],
    ['windows-1251', 'Прошу удалить статью'],
  ])('reads the words of %s', async (name, words) => {
    expect((await read(fixture(name))).text).toContain(words);
  });

  it('leaves a text alone that is not the UTF-8 it would be taken for', async () => {
    const raw = Buffer.concat([
      Buffer.from(
        'Content-Type: text/plain; charset=us-ascii\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n',
      ),
      Buffer.from('caf=E9'),
    ]);

    expect((await read(raw)).text).toContain('café');
  });

  it('takes characters out that are not seen', async () => {
    const raw = 'Content-Type: text/plain; charset=utf-8\r\n\r\nhttps://pub.\u200bexample/\u00ada';

    expect((await read(raw)).text).toContain('https://pub.example/a');
  });
});

describe('a mail that is too much', () => {
  const nested = (depth: number, open: (n: number) => string): string =>
    Array.from({ length: depth }, (_, n) => open(n)).join('');

  it('says why it was not read', async () => {
    expect(await reasonFor(new Uint8Array(41 * 1024 * 1024))).toBe('larger than 40 MB');
    expect(await reasonFor(`X: ${'a'.repeat(2_000_000)}\r\n\r\nx`)).toMatch('not to be parsed');
    expect(
      await reasonFor(
        nested(60, (n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`),
      ),
    ).toMatch('not to be parsed');
    expect(
      await reasonFor(
        `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\nContent-Type: image/png\r\n\r\nx\r\n'.repeat(1_100)}--b--\r\n`,
      ),
    ).toBe('more than 1000 parts');
    expect(await reasonFor(`\r\n${'x'.repeat(6_000_000)}`)).toMatch('more text');
  });

  it('leaves mails within mails to a person, at once', async () => {
    const bomb = nested(30_000, () => 'Content-Type: message/rfc822\r\n\r\n');
    const start = performance.now();

    expect(await reasonFor(bomb)).toBe('too many mails within');

    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it('leaves HTML nested without end to a person, at once', async () => {
    const html = `Content-Type: text/html\r\n\r\n${'<div><blockquote>x'.repeat(50_000)}`;
    const start = performance.now();

    expect(await reasonFor(html)).toBe('HTML nested too deep');

    expect(performance.now() - start).toBeLessThan(3_000);
  });

  it('never throws, whatever happens to the bytes', async () => {
    const mails = readdirSync(folder).map((name) => readFileSync(new URL(name, folder)));
    const property = fc.asyncProperty(
      fc.constantFrom(...mails),
      fc.array(fc.tuple(fc.nat(5_000), fc.nat(255)), { maxLength: 30 }),
      fc.nat(5_000),
      async (original, changes, end) => {
        const raw = Uint8Array.from(original).subarray(0, Math.max(10, end));
        for (const [at, byte] of changes) raw[at % raw.length] = byte;

        expect((await mailReader.read(raw)).kind).toMatch(/^(read|unreadable)$/);
      },
    );
    await fc.assert(property, { numRuns: 300 });
  });
});
