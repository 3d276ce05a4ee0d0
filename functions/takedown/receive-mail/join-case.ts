import type { Draft } from '../../domain/audit/event.ts';
import type { Case } from '../../domain/takedown/case.ts';
import { foldCase } from '../../domain/takedown/case.ts';
import { citedCase } from '../../domain/takedown/case-id.ts';
import { callForReply } from '../../domain/takedown/case-plan.ts';
import type { Reading, Request } from '../../domain/takedown/request.ts';
import type { Instant } from '../../domain/time.ts';
import type { Journal } from '../../runtime/journal.ts';
import type { ReceivePorts } from './ports.ts';

/**
 * Does the mail ask for more than the case it answers does, or prove more? In a
 * closed case nothing is done any more, so whatever still stands is more.
 */
const asksForMore = ({ articles, authority, person }: Request, state: Case): boolean =>
  (state.closedAt !== null && articles.length > 0) ||
  articles.some((id) => state.holds[id] === undefined) ||
  (articles.length > 0 && authority === 'proven' && state.authority === 'unproven') ||
  (person === 'whole-source' && (state.person !== 'whole-source' || state.closedAt !== null));

const echoes: readonly string[] = ['auto-reply', 'bounce', 'report', 'own-letter'];

/** A machine that quotes our own letter back asks for nothing. */
const isEcho = ({ automation, notice }: Reading): boolean =>
  echoes.includes(automation.kind) &&
  notice.urls.every(({ where }) => where === 'quoted' || where === 'link');

const isWaiting = ({ person, calls }: Case): boolean => person !== null && calls === 0;

/**
 * Ends a mail that answers a case and asks for nothing more: a person is called to
 * read it, unless a machine wrote it and it names nothing that stands. null where the mail needs a case of its own.
 */
export const joinCase = async (
  { caseQueue }: ReceivePorts,
  log: Journal,
  reading: Reading,
  request: Request,
  now: Instant,
): Promise<Draft | null> => {
  const id = citedCase(reading.mail);
  const events = id === null ? [] : await log.history(`case:${id}`);
  const state = foldCase(events);
  if (id === null || state === null) return null;
  const isMore = asksForMore(request, state);
  if (isMore && !isEcho(reading)) return null;
  if ((isMore || !reading.automation.automatic) && !isWaiting(state)) {
    const details = { reason: callForReply(state), times: 0 };
    const draft: Draft = { action: 'case.person-called', details };
    await log.append(`case:${id}`, events.at(-1), [draft], now);
    await caseQueue.send({ caseId: id });
  }
  return { action: 'mail.joined', details: { case: id, reason: 'reply' } };
};
