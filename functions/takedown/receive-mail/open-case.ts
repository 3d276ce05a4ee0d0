import type { AuditEvent, Draft } from '../../domain/audit/event.ts';
import type { CaseOpened, PersonReason } from '../../domain/audit/facts.ts';
import { foldCase } from '../../domain/takedown/case.ts';
import { caseIdsOf } from '../../domain/takedown/case-id.ts';
import { type Correspondence, cut, keptUrls } from '../../domain/takedown/correspondence.ts';
import type { Arrival, Mail } from '../../domain/takedown/mail.ts';
import { policy } from '../../domain/takedown/policy.ts';
import type { Reading, Request } from '../../domain/takedown/request.ts';
import { type Instant, iso } from '../../domain/time.ts';
import { Permanent, Retryable } from '../../errors.ts';
import type { Journal } from '../../runtime/journal.ts';
import { sha256, sha256OfBytes } from '../../runtime/sha256.ts';
import type { ReceivePorts } from './ports.ts';

type Opening = { opened: CaseOpened; correspondence: Correspondence; mail: Mail | null };

/** For mail that was not read: a person must look at it, and nobody is answered. */
const unread = (person: PersonReason, evidence: string): Request => ({
  articles: [],
  articlesLeftOut: 0,
  unmatched: 0,
  authority: 'unproven',
  evidence,
  person,
  answerable: false,
});

type Parts = { arrival: Arrival; raw: Uint8Array; request: Request; reading: Reading | null };

const openingOf = ({ arrival, raw, request, reading }: Parts): Opening => {
  const mail = reading?.mail ?? null;
  const { name = '', address = '' } = mail?.from[0] ?? {};
  const salt = sha256OfBytes('salt', raw);
  const { articlesLeftOut, ...asked } = request;
  return {
    mail,
    opened: {
      ...asked,
      mail: arrival.mailId,
      receivedAt: iso(arrival.receivedAt),
      deadline: iso(arrival.receivedAt + policy.deadlineAfter),
      organisation: reading?.sender.organisation ?? '',
      sender: sha256(`${salt}\n${address.toLowerCase()}`),
      language: reading?.notice.language ?? 'und',
    },
    correspondence: {
      salt,
      mailKey: arrival.key,
      address,
      name,
      subject: cut(mail?.subject ?? ''),
      messageId: mail?.messageId ?? '',
      references: (mail?.references ?? []).slice(-20).filter(({ length }) => length < 1_000),
      recipient: arrival.recipients[0] ?? '',
      ...keptUrls(reading?.matched ?? []),
      articlesLeftOut,
      unreadAttachments: mail?.attachments.length ?? 0,
      notes: {},
    },
  };
};

export const openingOfMail = (
  arrival: Arrival,
  raw: Uint8Array,
  reading: Reading,
  request: Request,
): Opening => openingOf({ arrival, raw, request, reading });

export const openingOfUnread = (
  arrival: Arrival,
  raw: Uint8Array,
  person: PersonReason,
  evidence: string,
): Opening => openingOf({ arrival, raw, request: unread(person, evidence), reading: null });

type Place = { id: string; kind: 'free' | 'ours' | 'copy' };

/** One of two copies may have lost its signature on the way. */
const provesMore = ({ authority }: CaseOpened, standing: AuditEvent): boolean =>
  authority === 'proven' &&
  standing.action === 'case.opened' &&
  standing.details.authority === 'unproven';

/** What stands at a case's number already, seen from this mail. */
const tenantOf = async (
  ports: ReceivePorts,
  log: Journal,
  id: string,
  { arrival, mail, opened }: Opening & { arrival: Arrival },
): Promise<Place['kind'] | 'stranger'> => {
  const [first] = await log.history(`case:${id}`);
  if (first === undefined) return 'free';
  if (first.action === 'case.opened' && first.details.mail === arrival.mailId) return 'ours';
  const row = await ports.cases.get(id);
  if (row === undefined) throw new Retryable(`case ${id} is being opened by another run`);
  const { messageId, address } = row.correspondence;
  const isCopy = messageId !== '' && messageId === mail?.messageId;
  const isOfOneSender = isCopy && address === mail.from[0]?.address;
  return isOfOneSender && !provesMore(opened, first) ? 'copy' : 'stranger';
};

/** Finds the number that is this mail's, whether or not its case stands there already. */
const placeOf = async (
  ports: ReceivePorts,
  log: Journal,
  arrival: Arrival,
  opening: Opening,
): Promise<Place> => {
  const { yesterday, today } = caseIdsOf(arrival, opening.mail, sha256);
  const before = await tenantOf(ports, log, yesterday, { ...opening, arrival });
  if (before === 'copy' || before === 'ours') return { id: yesterday, kind: before };
  for (const id of today) {
    const kind = await tenantOf(ports, log, id, { ...opening, arrival });
    if (kind !== 'stranger') return { id, kind };
  }
  throw new Permanent(`no case number is free for mail ${arrival.mailId}`);
};

/**
 * Opens the case of a mail, or finishes opening it after a crash: the event first,
 * then the row, then the queues.
 * @returns how the mail ends: in a case of its own, or as a copy in that of its twin
 */
export const openCase = async (
  ports: ReceivePorts,
  log: Journal,
  arrival: Arrival,
  opening: Opening,
  now: Instant,
): Promise<Draft> => {
  const { opened, correspondence } = opening;
  const { id, kind } = await placeOf(ports, log, arrival, opening);
  if (kind === 'copy') return { action: 'mail.joined', details: { case: id, reason: 'copy' } };
  const subject = `case:${id}` as const;
  const draft: Draft = { action: 'case.opened', details: opened };
  const events =
    kind === 'free'
      ? await log.append(subject, undefined, [draft], now)
      : await log.history(subject);
  const state = foldCase(events);
  if (state === null) throw new Permanent(`the log of case ${id} does not begin with its opening`);
  if ((await ports.cases.get(id)) === undefined) {
    await ports.cases.put({ case: state, correspondence, dueAt: now });
  }
  await ports.caseQueue.send({ caseId: id });
  if (state.answerable) await ports.letterQueue.send({ caseId: id });
  return { action: 'mail.joined', details: { case: id, reason: 'first' } };
};
