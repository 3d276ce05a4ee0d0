import type { AuditEvent, Draft } from '../../domain/audit/event.ts';
import type { LetterKind } from '../../domain/audit/facts.ts';
import { acknowledgement } from '../../domain/takedown/acknowledgement.ts';
import type { Case } from '../../domain/takedown/case.ts';
import type { Correspondence } from '../../domain/takedown/correspondence.ts';
import { policy, retryAt } from '../../domain/takedown/policy.ts';
import { type LogEntry, receipt } from '../../domain/takedown/receipt.ts';
import { type Instant, iso } from '../../domain/time.ts';
import { reasonOf } from '../../errors.ts';
import type { AuditPort, CasesPort, LettersPort, OutgoingLetter } from '../../ports.ts';
import { type Journal, Overtaken } from '../../runtime/journal.ts';
import { letterHtml, letterText } from '../../views/letters.ts';

export type LetterPorts = {
  audit: AuditPort;
  cases: CasesPort;
  letters: LettersPort;
  siteOrigin: string;
  adminAddress: string;
};

type Desk = {
  ports: LetterPorts;
  log: Journal;
  state: Case;
  correspondence: Correspondence;
  now: Instant;
};

const compose = (
  { ports, state, correspondence }: Desk,
  kind: LetterKind,
  entry: LogEntry,
): OutgoingLetter => {
  const { siteOrigin, adminAddress } = ports;
  const context = { state, correspondence, siteOrigin, adminAddress };
  const letter = kind === 'receipt' ? receipt(context, entry) : acknowledgement(context, policy);
  const { address, name, messageId, references } = correspondence;
  return {
    to: { name, address },
    subject: letter.subject,
    text: letterText(letter),
    html: letterHtml(letter),
    inReplyTo: messageId,
    references: messageId === '' ? references : [...references, messageId],
  };
};

/** A letter has gone out or not: its outcome is written even if the case has moved on meanwhile. */
const record = async ({ log, state, now }: Desk, draft: Draft): Promise<AuditEvent[]> => {
  const subject = `case:${state.id}` as const;
  for (let attempt = 1; ; attempt += 1) {
    const events = await log.history(subject);
    try {
      return [...events, ...(await log.append(subject, events.at(-1), [draft], now))];
    } catch (error) {
      if (!(error instanceof Overtaken) || attempt === 5) throw error;
    }
  }
};

/** Sends one letter between its intent and its outcome, both in the log; returns the log. */
export const sendLetter = async (
  desk: Desk,
  kind: LetterKind,
  events: readonly AuditEvent[],
): Promise<AuditEvent[]> => {
  const { ports, log, state, now } = desk;
  const subject = `case:${state.id}` as const;
  const attempt = (state.letters[kind]?.attempts ?? 0) + 1;
  const newest = events.at(-1);
  const entry = { seq: newest?.seq ?? 0, hash: newest?.hash ?? '' };
  const letter = compose(desk, kind, entry);
  const sending: Draft = { action: 'letter.sending', details: { kind, attempt } };
  await log.append(subject, newest, [sending], now);
  const outcome = await ports.letters.send(letter).then(
    ({ messageId }): Draft => ({ action: 'letter.sent', details: { kind, attempt, messageId } }),
    (error: unknown): Draft => ({
      action: 'letter.failed',
      details: {
        kind,
        attempt,
        reason: reasonOf(error),
        retryAt: iso(retryAt(attempt, now, policy)),
      },
    }),
  );
  return record(desk, outcome);
};
