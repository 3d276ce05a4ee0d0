import PostalMime, { addressParser, type Email } from 'postal-mime';
import type { Address, Mail, ReadMail } from '../domain/takedown/mail.ts';
import type { MailReaderPort } from '../ports.ts';
import { relabelled } from './mail-reader/relabel.ts';
import { TooDeep, visibleText } from './mail-reader/visible-text.ts';

const maxBytes = 40 * 1024 * 1024;
const maxText = 5_000_000;
const maxParts = 1_000;
const maxMailsWithin = 20;
/** More nested mails than this are no forwarding but an attack on the parser. */
const maxMailsNamed = 100;
const options = {
  // A mail within a mail is parsed by us, within limits; inline it costs quadratic time.
  forceRfc822Attachments: true,
  maxNestingDepth: 50,
  maxHeadersSize: 1024 * 1024,
};

class Unreadable extends Error {}

const parse = async (raw: Uint8Array): Promise<Email> => {
  const corrected = relabelled(raw);
  if (corrected !== null) {
    const email = await PostalMime.parse(corrected, options);
    if (!`${email.text}${email.html}`.includes('\ufffd')) return email;
  }
  return PostalMime.parse(raw, options);
};

const valuesOf = (email: Email, header: string): string[] =>
  email.headers.filter(({ key }) => key === header).map(({ value }) => value);

const addressesOf = (email: Email, header: string): Address[] =>
  valuesOf(email, header)
    .flatMap((value) => addressParser(value, { flatten: true }))
    .map(({ name, address }) => ({ name: name.slice(0, 200), address: (address ?? '').trim() }))
    .filter(({ address }) => address !== '')
    .slice(0, 200);

const idsOf = (text: string | undefined): string[] =>
  (text?.match(/<[^<>\s]{1,990}>/g) ?? []).slice(0, 50);

const returnPathOf = (email: Email): string | null => {
  const value = valuesOf(email, 'return-path')[0];
  return value === undefined ? null : value.replace(/^<|>$/g, '').trim();
};

/** Characters that are not seen and split addresses in two. */
const unseen = /[\u00ad\u200b\u2060\ufeff]/g;

type Words = { text: string; htmlText: string; links: Mail['links'] };

const wordsOf = (email: Email): Words => {
  if ((email.text?.length ?? 0) + (email.html?.length ?? 0) > maxText * 4) {
    throw new Unreadable('more text than can be read');
  }
  const { text: seen, links } = visibleText(email.html ?? '');
  const htmlText = seen.replace(unseen, '');
  return { text: email.text?.replace(unseen, '') ?? htmlText, htmlText, links };
};

const quoted = (text: string): string =>
  text
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');

/** The words of the mails attached to this one, marked as quoted, at most three deep. */
const wordsWithin = async (email: Email, budget: { left: number }, depth = 3): Promise<Words[]> => {
  const found: Words[] = [];
  if (depth === 0) return found;
  for (const { mimeType, content } of email.attachments) {
    if (mimeType !== 'message/rfc822' || typeof content === 'string' || budget.left === 0) continue;
    budget.left -= 1;
    const inner = await parse(new Uint8Array(content));
    const words = wordsOf(inner);
    found.push({ ...words, text: quoted(`${inner.subject ?? ''}\n${words.text}`) });
    found.push(...(await wordsWithin(inner, budget, depth - 1)));
  }
  return found;
};

const sizeOf = (content: ArrayBuffer | Uint8Array | string): number =>
  typeof content === 'string' ? content.length : content.byteLength;

const countOf = (raw: Uint8Array, words: string): number => {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  let count = 0;
  for (let at = bytes.indexOf(words); at >= 0; at = bytes.indexOf(words, at + 1)) count += 1;
  return count;
};

const mailOf = async (raw: Uint8Array): Promise<Mail> => {
  if (countOf(raw, 'message/rfc822') > maxMailsNamed) throw new Unreadable('too many mails within');
  const email = await parse(raw);
  if (email.attachments.length > maxParts) throw new Unreadable(`more than ${maxParts} parts`);
  const own = wordsOf(email);
  const within = await wordsWithin(email, { left: maxMailsWithin });
  const text = [own.text, ...within.map((words) => words.text)].join('\n');
  if (text.length > maxText) throw new Unreadable('more text than can be read');
  const sentAt = Date.parse(email.date ?? '');
  return {
    bytes: raw.byteLength,
    messageId: idsOf(email.messageId)[0] ?? '',
    inReplyTo: idsOf(email.inReplyTo)[0] ?? '',
    references: idsOf(email.references),
    subject: (email.subject ?? '').slice(0, 1_000),
    from: addressesOf(email, 'from'),
    to: addressesOf(email, 'to'),
    cc: addressesOf(email, 'cc'),
    replyTo: addressesOf(email, 'reply-to'),
    returnPath: returnPathOf(email),
    sentAt: Number.isNaN(sentAt) ? null : sentAt,
    headers: email.headers.map(({ key, value }) => ({ name: key, value })),
    contentType: valuesOf(email, 'content-type')[0] ?? '',
    text,
    htmlText: own.text === own.htmlText ? text : own.htmlText,
    links: [...own.links, ...within.flatMap((words) => words.links)],
    attachments: email.attachments.map(({ filename, mimeType, content }) => ({
      filename: filename ?? '',
      contentType: mimeType,
      bytes: sizeOf(content),
    })),
  };
};

const read = async (raw: Uint8Array): Promise<ReadMail> => {
  if (raw.byteLength > maxBytes) return { kind: 'unreadable', reason: 'larger than 40 MB' };
  try {
    return { kind: 'read', mail: await mailOf(raw) };
  } catch (error) {
    const isOurs = error instanceof Unreadable || error instanceof TooDeep;
    const reason = isOurs ? error.message : 'not to be parsed as a mail';
    return { kind: 'unreadable', reason };
  }
};

/** Parses mails within limits of size, parts, headers and depth; opens no attachment. */
export const mailReader: MailReaderPort = { read };
