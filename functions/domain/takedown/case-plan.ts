import type { CaseOutcome, LetterKind, PersonReason } from '../audit/facts.ts';
import { type Instant, minute } from '../time.ts';
import { type Case, type Hold, isBlocking, isDecided, isSettled } from './case.ts';
import type { Policy } from './policy.ts';

/** What enforcement is to do next for one case. */
export type Move =
  | { kind: 'hide'; article: string; automatic: boolean }
  | { kind: 'show'; article: string }
  | { kind: 'erase'; article: string }
  | { kind: 'call-person'; reason: PersonReason; times: number }
  | { kind: 'close'; outcome: CaseOutcome; erased: number; refused: number }
  | { kind: 'letter'; letter: LetterKind };

export type Planned = { at: Instant; move: Move };

/** Parts of a request that articles do not settle: a person must say that they were seen. */
const isOpenEnded = (person: PersonReason | null): boolean =>
  person === 'whole-source' || person === 'reply';

/** A letter that began and has no outcome after this is sent again. */
export const letterLease = 5 * minute;

const planHold = (state: Case, article: string, hold: Hold, policy: Policy): Planned[] => {
  if (isSettled(hold)) return [];
  const notBefore = (at: Instant): Instant => Math.max(at, hold.retryAt ?? 0);
  if (hold.stage === 'erasing') return [{ at: notBefore(0), move: { kind: 'erase', article } }];
  if (hold.ground !== null) return [{ at: notBefore(0), move: { kind: 'show', article } }];

  const mayGoOn = hold.approved || !isBlocking(state.person);
  if (!mayGoOn) return [];
  const atOnce = hold.approved || state.authority === 'proven';
  if (hold.stage === 'hidden') {
    const at = atOnce ? state.receivedAt : state.deadline + policy.eraseUnprovenAfter;
    return [{ at: notBefore(at), move: { kind: 'erase', article } }];
  }
  const at = atOnce ? state.receivedAt : state.deadline - policy.hideAhead;
  return [{ at: notBefore(at), move: { kind: 'hide', article, automatic: !hold.approved } }];
};

const planCall = (state: Case, policy: Policy): Planned[] => {
  const { person, calls, lastCallAt } = state;
  if (person === null) return [];
  const isStuck =
    isBlocking(person) || isOpenEnded(person) || Object.keys(state.holds).length === 0;
  const waitsForPerson = isStuck && state.closedAt === null;
  if (calls > 0 && !waitsForPerson) return [];
  const at =
    lastCallAt === null || calls === 0 ? state.receivedAt : lastCallAt + policy.callAgainAfter;
  return [{ at, move: { kind: 'call-person', reason: person, times: calls + 1 } }];
};

const outcomeOf = (erased: number, refused: number, isRefused: boolean): CaseOutcome => {
  if (erased === 0) return refused === 0 && !isRefused ? 'nothing-held' : 'refused';
  return refused === 0 && !isRefused ? 'erased' : 'partly-erased';
};

const planClose = (state: Case): Planned[] => {
  const holds = Object.values(state.holds);
  const isSeen = holds.length > 0 ? !isOpenEnded(state.person) : state.person === null;
  const isFinished = isSeen && holds.every(isSettled);
  if (!isFinished) return [];
  const erased = holds.filter((hold) => hold.stage === 'erased').length;
  const refused = holds.length - erased;
  const outcome = outcomeOf(erased, refused, state.refusal !== null);
  return [{ at: 0, move: { kind: 'close', outcome, erased, refused } }];
};

const planLetters = (state: Case): Planned[] =>
  Object.entries(state.letters).flatMap(([kind, { state: stage, at }]) => {
    const move: Move = { kind: 'letter', letter: kind as LetterKind };
    if (stage === 'sent') return [];
    return [{ at: stage === 'owed' ? at : at + letterLease, move }];
  });

/** Everything still to be done for a case, and from when on; no order. */
export const planCase = (state: Case, policy: Policy): Planned[] => {
  const letters = planLetters(state);
  if (state.closedAt !== null) return [...planCall(state, policy), ...letters];
  const holds = Object.entries(state.holds).flatMap(([article, hold]) =>
    planHold(state, article, hold, policy),
  );
  return [...holds, ...planCall(state, policy), ...planClose(state), ...letters];
};

/** When something must be done next; null = nothing, ever. */
export const nextDue = (state: Case, policy: Policy): Instant | null => {
  const times = planCase(state, policy).map(({ at }) => at);
  return times.length === 0 ? null : Math.max(state.receivedAt, Math.min(...times));
};

/** Named articles that are public now although the promise has run out. */
export const lateArticles = (state: Case, now: Instant): string[] => {
  if (now <= state.deadline || state.closedAt !== null) return [];
  const held = isBlocking(state.person) && state.calls > 0;
  const isPublic = ({ stage }: Hold): boolean =>
    stage === 'named' || stage === 'hiding' || stage === 'shown';
  return Object.entries(state.holds)
    .filter(([, hold]) => isPublic(hold) && !hold.ground && !(held && !isDecided(hold)))
    .map(([article]) => article);
};

/**
 * Since when has work that a machine could do been waiting? null = none is.
 * For a proven owner that is since receipt; for others since the hide was due.
 */
export const overdueSince = (state: Case, now: Instant, policy: Policy): Instant | null => {
  const waiting = planCase(withoutRetries(state), policy).filter(
    ({ at, move }) => at <= now && move.kind !== 'call-person' && move.kind !== 'letter',
  );
  if (waiting.length === 0) return null;
  return Math.max(state.receivedAt, Math.min(...waiting.map(({ at }) => at)));
};

const withoutRetries = (state: Case): Case => ({
  ...state,
  holds: Object.fromEntries(
    Object.entries(state.holds).map(([id, hold]) => [id, { ...hold, retryAt: null }]),
  ),
});

/** A person must read what came; a reason that holds the case back is never lost to a milder one. */
export const callForReply = (state: Case): PersonReason => state.person ?? 'reply';
