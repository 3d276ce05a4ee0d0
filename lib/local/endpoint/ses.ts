import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { addressesOf, headerOf, withHeader } from '../mail/headers.ts';
import type { Outbox } from '../mail/outbox.ts';
import type { Answer } from './exchange.ts';
import { queryAnswer, queryFailure } from './query.ts';

const namespace = 'http://ses.amazonaws.com/doc/2010-12-01/';
const largestMail = 10 * 1024 * 1024;

export type SesSpec = {
  /** Verified domains and addresses. */
  identities: string[];
  configurationSets: string[];
};

const listOf = (form: URLSearchParams, name: string): string[] =>
  [...form].filter(([key]) => key.startsWith(`${name}.member.`)).map(([, value]) => value);

const recipientsOf = (form: URLSearchParams, mail: Buffer): string[] => {
  const named = listOf(form, 'Destinations').flatMap(addressesOf);
  if (named.length > 0) return named;
  return ['to', 'cc', 'bcc'].flatMap((name) => addressesOf(headerOf(mail, name) ?? ''));
};

const verified = ({ identities }: SesSpec, address: string): boolean => {
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  return identities.some(
    (identity) => identity === address || domain === identity || domain.endsWith(`.${identity}`),
  );
};

const ours = (sender: string): string =>
  `Email address is not verified. The following identities failed the check in region US-EAST-1: ${sender}`;

type Refusal = [code: string, message: string];

const refusalOf = (
  spec: SesSpec,
  set: string | null,
  senders: readonly string[],
  to: readonly string[],
  mail: Buffer,
): Refusal | undefined => {
  if (set && !spec.configurationSets.includes(set))
    return ['ConfigurationSetDoesNotExist', `Configuration set <${set}> does not exist.`];
  if (mail.length > largestMail) return ['MessageRejected', 'Message length is more than 10 MB.'];
  const stranger = senders.find((sender) => !verified(spec, sender));
  if (senders.length === 0) return ['InvalidParameterValue', "Missing 'From' header."];
  if (stranger !== undefined) return ['MessageRejected', ours(stranger)];
  if (to.length === 0) return ['InvalidParameterValue', 'Missing required header: To.'];
  const wrong = to.find((address) => !/^[^\s@]+@[^\s@]+$/.test(address));
  return wrong === undefined
    ? undefined
    : ['InvalidParameterValue', 'Local address contains control or whitespace'];
};

const newMessageId = (): string => {
  const hex = randomBytes(26).toString('hex');
  const dashed = [8, 12, 16, 20, 32].map((end, at, ends) => hex.slice(ends[at - 1] ?? 0, end));
  return `0100${hex.slice(40)}-${dashed.join('-')}-000000`;
};

/**
 * SES, query protocol: SendRawEmail. What is sent lies in the outbox, with the
 * Message-ID and Date that SES writes over the sender's.
 */
export const ses =
  (spec: SesSpec, outbox: Outbox, clock: Clock) =>
  (form: URLSearchParams): Answer => {
    const mail = Buffer.from(form.get('RawMessage.Data') ?? '', 'base64');
    const from = addressesOf(headerOf(mail, 'from') ?? '');
    const senders = [...new Set([...from, ...addressesOf(form.get('Source') ?? '')])];
    const to = recipientsOf(form, mail);
    const refusal = refusalOf(spec, form.get('ConfigurationSetName'), senders, to, mail);
    if (refusal !== undefined) return queryFailure(400, namespace, ...refusal);
    const messageId = newMessageId();
    const dated = withHeader(mail, 'Date', new Date(clock.now()).toUTCString());
    const sent = withHeader(dated, 'Message-ID', `<${messageId}@email.amazonses.com>`);
    outbox.keep(messageId, from[0] ?? '', to, headerOf(mail, 'subject') ?? '', sent);
    return queryAnswer('SendRawEmail', namespace, { MessageId: messageId });
  };
