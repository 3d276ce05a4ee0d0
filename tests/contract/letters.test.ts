import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { memoryPorts } from '../../functions/adapters/memory.ts';
import { sesLetters } from '../../functions/adapters/ses-letters.ts';
import { Permanent } from '../../functions/errors.ts';
import type { LettersPort, OutgoingLetter } from '../../functions/ports.ts';
import { embeddedAws } from './aws-environment.ts';

const aws = embeddedAws();

const sender = { from: 'News <admin@news.example>', configurationSet: 'letters' };

const letter: OutgoingLetter = {
  to: { name: 'Олена Міст', address: 'owner@herald.example' },
  subject: 'Справа c1: отримано',
  text: 'Ми отримали вашого листа.\n',
  html: '<p dir="auto">Ми отримали вашого листа.</p>',
  inReplyTo: '<2@herald.example>',
  references: ['<1@herald.example>'],
};

const lastRaw = (): string =>
  readFileSync(aws.endpoint().outbox.letters().at(-1)?.file ?? '', 'utf8');

const lastMail = () => PostalMime.parse(lastRaw());

const headersOf = (raw: string): string[] =>
  raw
    .slice(0, raw.indexOf('\r\n\r\n'))
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .map((line) => line.slice(0, line.indexOf(':')).toLowerCase());

const senders: { name: string; make: () => LettersPort }[] = [
  { name: 'memory', make: () => memoryPorts().letters },
  { name: 'SES', make: () => sesLetters(sender) },
];

describe.each(senders)('letters by $name', ({ make }) => {
  it('give each letter a message id of its own', async () => {
    const letters = make();

    const one = await letters.send(letter);
    const two = await letters.send(letter);

    expect(one.messageId).toMatch(/./);
    expect(one.messageId).not.toBe(two.messageId);
  });
});

describe('a letter by SES', () => {
  it('arrives as it was written, as text and as HTML, in any script', async () => {
    await sesLetters(sender).send(letter);

    const mail = await lastMail();
    expect(mail.subject).toBe(letter.subject);
    expect(mail.from).toMatchObject({ name: 'News', address: 'admin@news.example' });
    expect(mail.to).toMatchObject([letter.to]);
    expect(mail.text?.trim()).toBe(letter.text.trim());
    expect(mail.html?.trim()).toBe(letter.html);
  });

  it('says that a machine answers, and in which thread', async () => {
    await sesLetters(sender).send(letter);

    const mail = await lastMail();
    const header = (key: string) => mail.headers.find((one) => one.key === key)?.value;
    expect(header('auto-submitted')).toBe('auto-replied');
    expect(header('x-auto-response-suppress')).toBe('All');
    expect(header('in-reply-to')).toBe('<2@herald.example>');
    expect(header('references')).toBe('<1@herald.example> <2@herald.example>');
  });

  it('keeps no thread where the mail had no usable message id', async () => {
    const inReplyTo = 'x@y>\r\nBcc: <evil@spam.example';
    await sesLetters(sender).send({ ...letter, inReplyTo, references: ['', 'junk', '<a b>'] });

    expect(headersOf(lastRaw())).not.toContain('in-reply-to');
    expect(headersOf(lastRaw())).not.toContain('references');
  });

  it('cuts a long thread to its first and its newest mails', async () => {
    const references = Array.from({ length: 300 }, (_, n) => `<${n}@herald.example>`);
    await sesLetters(sender).send({ ...letter, references });

    const value = (await lastMail()).headers.find(({ key }) => key === 'references')?.value ?? '';
    expect(value.split(/\s+/)).toHaveLength(20);
    expect(value).toMatch(/^<0@herald.example>.*<2@herald.example>$/s);
  });

  it('reaches a domain of any script in the form that mail servers know', async () => {
    await sesLetters(sender).send({ ...letter, to: { name: '', address: 'a.b+c@вісник.example' } });

    expect(aws.endpoint().outbox.letters().at(-1)?.to).toEqual(['a.b+c@xn--b1amgkt9j.example']);
  });

  it('lets no sender’s words become a header or a second recipient', async () => {
    const letters = sesLetters(sender);
    await letters.send(letter);
    const expected = headersOf(lastRaw()).sort();
    const nasty = fc.stringMatching(/^[\r\n\0 <>,;:"@a-zé\u2028]{0,40}$/);
    const property = fc.asyncProperty(nasty, nasty, async (name, subject) => {
      const words = { to: { ...letter.to, name: `${name}\r\nBcc: evil@spam.example\r\n` } };
      await letters.send({ ...letter, ...words, subject: `${subject}\r\n\r\nBcc: e@spam.example` });

      expect(aws.endpoint().outbox.letters().at(-1)?.to).toEqual(['owner@herald.example']);
      expect(headersOf(lastRaw()).sort()).toEqual(expected);
      expect((await lastMail()).to).toHaveLength(1);
    });

    await fc.assert(property, { numRuns: 40 });
  });

  it.each([
    'a@b.example, c@d.example',
    'a@b.example\r\nBcc: c@d.example',
    '<a@b.example>',
    'nobody',
    '@b.example',
    'a@',
    'a@b@c.example',
    'ü@b.example',
    '',
  ])('is not sent to %j, which is not one address', async (address) => {
    const sent = sesLetters(sender).send({ ...letter, to: { name: '', address } });

    await expect(sent).rejects.toThrow(Permanent);
  });

  it('fails for good where the configuration set is unknown', async () => {
    const letters = sesLetters({ ...sender, configurationSet: 'none' });

    await expect(letters.send(letter)).rejects.toThrow(Permanent);
  });
});
