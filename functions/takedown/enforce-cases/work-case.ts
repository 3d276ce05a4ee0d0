import type { Draft } from '../../domain/audit/event.ts';
import { type Case, foldCase } from '../../domain/takedown/case.ts';
import { type Move, planCase } from '../../domain/takedown/case-plan.ts';
import { type Policy, retryAt } from '../../domain/takedown/policy.ts';
import { projectionOf } from '../../domain/takedown/projection.ts';
import { type Instant, iso } from '../../domain/time.ts';
import { Retryable, reasonOf } from '../../errors.ts';
import { journal, Overtaken } from '../../runtime/journal.ts';
import { eraseArticle } from './erase-article.ts';
import { hideArticle, showArticle } from './hide-article.ts';
import type { EnforcePorts, Work } from './work.ts';

const callPerson = async (
  { ports, state }: Work,
  move: Move & { kind: 'call-person' },
): Promise<Draft[]> => {
  const text = `Case ${state.id} needs a person: ${move.reason} (call ${move.times}). Its deadline is ${iso(state.deadline)}. Look at it with: sundown case show ${state.id}`;
  await ports.pager.call(`Sundown: ${state.id} needs a person`, text);
  return [{ action: 'case.person-called', details: { reason: move.reason, times: move.times } }];
};

const closeCase = ({ state }: Work, move: Move & { kind: 'close' }): Draft[] => {
  const { outcome, erased, refused } = move;
  const manifest = Object.entries(state.holds).map(([article, hold]) =>
    hold.stage === 'erased'
      ? `${article}: ${hold.manifest.length} locations empty`
      : `${article}: refused (${hold.ground ?? 'unknown'})`,
  );
  return [{ action: 'case.closed', details: { outcome, erased, refused, manifest } }];
};

const attempt = async (work: Work, move: Move): Promise<Draft[]> => {
  switch (move.kind) {
    case 'hide':
      return hideArticle(work, move.article, move.automatic);
    case 'show':
      return showArticle(work, move.article);
    case 'erase':
      return eraseArticle(work, move.article);
    case 'call-person':
      return callPerson(work, move);
    case 'close':
      return closeCase(work, move);
    case 'letter':
      await work.ports.letterQueue.send({ caseId: work.state.id });
      return [];
  }
};

/** Alarms grow rarer but never end: at 4, 8, 16 … failures in a row. */
const isAlarming = (failures: number): boolean => failures >= 4 && Math.log2(failures) % 1 === 0;

const delay = async (work: Work, article: string, error: unknown): Promise<Draft[]> => {
  const { ports, state, policy, now } = work;
  const failures = (state.holds[article]?.failures ?? 0) + 1;
  const at = iso(retryAt(failures, now, policy));
  const reason = error instanceof Retryable ? error.message : reasonOf(error);
  if (isAlarming(failures)) {
    const text = `Case ${state.id}, article ${article}: ${failures} failures in a row (${reason}). The next try is at ${at}. Its deadline is ${iso(state.deadline)}.`;
    await ports.pager.call(`Sundown: ${state.id} does not get on`, text);
  }
  return [{ action: 'case.delayed', details: { article, failures, reason, retryAt: at } }];
};

/** Everything named leaves the public before the slow work begins. */
const urgency = ({ kind }: Move): number => (kind === 'hide' ? 0 : 1);

/** What is about to be done is said first, so that a decision made meanwhile collides with it. */
const intentOf = (state: Case, move: Move): Draft | null => {
  if (move.kind !== 'hide' && move.kind !== 'erase') return null;
  const { article } = move;
  const begun = move.kind === 'hide' ? 'hiding' : 'erasing';
  if (state.holds[article]?.stage === begun) return null;
  return { action: `case.${begun}`, details: { article } };
};

const perform = async (work: Work, move: Move): Promise<Draft[]> => {
  if (!('article' in move)) return attempt(work, move);
  try {
    return await attempt(work, move);
  } catch (error) {
    if (error instanceof Overtaken) throw error;
    return delay(work, move.article, error);
  }
};

/**
 * Does everything that is due for one case and writes what became of it, event
 * by event, so that a run killed anywhere is taken up by the next.
 * @throws Retryable where another run works the same subjects, or the case is not known yet
 */
export const workCase = async (
  ports: EnforcePorts,
  caseId: string,
  policy: Policy,
  now: Instant,
): Promise<void> => {
  const log = journal(ports.audit, 'enforce-cases');
  const subject = `case:${caseId}` as const;
  let events = await log.history(subject);
  let state = foldCase(events);
  if (state === null) throw new Retryable(`case ${caseId} is not in the log yet`);

  const asked = new Set<string>();
  for (;;) {
    const move = planCase(state, policy)
      .toSorted((a, b) => urgency(a.move) - urgency(b.move))
      .filter(({ at, move: { kind } }) => at <= now && !asked.has(kind))
      .map((planned) => planned.move)[0];
    if (move === undefined) break;
    if (move.kind === 'letter') asked.add('letter');

    const intent = intentOf(state, move);
    if (intent !== null) {
      events = [...events, ...(await log.append(subject, events.at(-1), [intent], now))];
      state = foldCase(events) ?? state;
    }
    const drafts = await perform({ ports, log, state, policy, now }, move);

    const added = await log.append(subject, events.at(-1), drafts, now);
    events = [...events, ...added];
    state = foldCase(events) ?? state;
  }
  await project(ports, state, policy);
};

const project = async (ports: EnforcePorts, state: Case, policy: Policy): Promise<void> => {
  const row = await ports.cases.get(state.id);
  if (row === undefined) throw new Retryable(`case ${state.id} has no row yet`);
  await ports.cases.put(projectionOf(state, row.correspondence, policy));
};
