import { domainToASCII } from 'node:url';
import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import MailComposer from 'nodemailer/lib/mail-composer';
import { Permanent } from '../errors.ts';
import type { LettersPort, OutgoingLetter } from '../ports.ts';
import { answerOf } from './aws-answers.ts';

type Sender = { from: string; configurationSet: string };

/** One mailbox, and nothing that could start another header, recipient or comment. */
const addressForm = /^[\w!#$%&'*+/=?^`{|}~.-]+@[a-z0-9.-]+$/i;

/** SES takes ASCII only: a domain has such a form, a local part may not. */
const asciiAddress = (address: string): string => {
  const at = address.lastIndexOf('@');
  const ascii = `${address.slice(0, Math.max(at, 0))}@${domainToASCII(address.slice(at + 1))}`;
  if (!addressForm.test(ascii)) throw new Permanent('The recipient is no address SES can mail to.');
  return ascii;
};

const messageIdForm = /^<[^\s<>]+>$/;

const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();

/** References longer than a mail system must take are cut to the first and the newest. */
const threadOf = ({ inReplyTo, references }: OutgoingLetter) => {
  const earlier = references.filter((id) => id !== inReplyTo);
  const unique = [...new Set([...earlier, inReplyTo])].filter((id) => messageIdForm.test(id));
  const kept = unique.length > 20 ? [...unique.slice(0, 1), ...unique.slice(-19)] : unique;
  return {
    ...(messageIdForm.test(inReplyTo) && { inReplyTo }),
    ...(kept.length > 0 && { references: kept }),
  };
};

/** The letter as MIME, marked as an answer of a machine (RFC 3834 §5). */
const compose = (letter: OutgoingLetter, from: string) => {
  return new MailComposer({
    from,
    to: { name: oneLine(letter.to.name), address: asciiAddress(letter.to.address) },
    subject: oneLine(letter.subject),
    text: letter.text,
    html: letter.html,
    textEncoding: 'quoted-printable',
    headers: { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All' },
    disableFileAccess: true,
    disableUrlAccess: true,
    ...threadOf(letter),
  }).compile();
};

/** SES; `from` is the verified address that the letters come from. */
export const sesLetters = ({ from, configurationSet }: Sender): LettersPort => {
  const ses = new SESClient({ maxAttempts: 3 });
  return {
    send: async (letter) => {
      const mime = compose(letter, from);
      const { from: source, to } = mime.getEnvelope();
      const command = new SendRawEmailCommand({
        ...(source && { Source: source }),
        Destinations: to,
        RawMessage: { Data: await mime.build() },
        ...(configurationSet && { ConfigurationSetName: configurationSet }),
      });
      const { MessageId } = await answerOf('sending a letter', ses.send(command));
      return { messageId: MessageId ?? '' };
    },
  };
};
