import type { Sha256 } from '../audit/chain.ts';
import { day, dayOf, type Instant } from '../time.ts';
import type { Arrival, Mail } from './mail.ts';

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const shape = /\bSD-\d{8}-[0-9A-HJKMNP-TV-Z]{6}\b/i;

/** 'SD-20261124-7K3M9Q': the day of receipt and 30 bits of a hash. */
const idFor = (at: Instant, seed: string, sha256: Sha256): string => {
  let number = Number.parseInt(sha256(`case\n${seed}`).slice(0, 8), 16);
  let code = '';
  for (let i = 0; i < 6; i += 1) {
    code = `${crockford[number % 32]}${code}`;
    number = Math.floor(number / 32);
  }
  return `SD-${dayOf(at).replaceAll('-', '')}-${code}`;
};

/**
 * The ids under which this mail's case is, or would be, known; to be tried in turn.
 * Copies of one mail to two recipients, or across midnight, have the same ids.
 */
export const caseIdsOf = (arrival: Arrival, mail: Mail | null, sha256: Sha256): CaseIds => {
  const author = mail?.from[0]?.address.toLowerCase() ?? '';
  const seed =
    mail === null || mail.messageId === ''
      ? arrival.mailId
      : [mail.messageId, author, mail.subject, mail.text].join('\n');
  const at = (instant: Instant, turn: number): string => idFor(instant, `${seed}\n${turn}`, sha256);
  return {
    yesterday: at(arrival.receivedAt - day, 0),
    today: [0, 1, 2, 3].map((turn) => at(arrival.receivedAt, turn)),
  };
};

type CaseIds = {
  /** Where a copy that came just before midnight would be. */
  yesterday: string;
  /** The first that no other mail holds is this mail's. */
  today: string[];
};

/** The case that a mail answers, by its subject or by the letters it refers to. */
export const citedCase = (
  mail: Pick<Mail, 'subject' | 'references' | 'inReplyTo'>,
): string | null => {
  const places = [mail.subject, mail.inReplyTo, ...mail.references];
  const found = places.map((place) => shape.exec(place)?.[0]).find((id) => id !== undefined);
  return found?.toUpperCase() ?? null;
};
