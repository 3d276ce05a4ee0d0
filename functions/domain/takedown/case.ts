import type { Action, AuditEvent } from '../audit/event.ts';
import type {
  Authority,
  CaseOutcome,
  LetterKind,
  PersonReason,
  RefusalGround,
} from '../audit/facts.ts';
import { type Instant, instant } from '../time.ts';

/** One named article within a case. */
export type Hold = {
  /** 'hiding' and 'erasing' have begun and have no outcome yet. */
  stage: 'named' | 'hiding' | 'hidden' | 'shown' | 'erasing' | 'erased';
  approved: boolean;
  ground: RefusalGround | null;
  failures: number;
  retryAt: Instant | null;
  /** What the second reading of each location found; [] until erased. */
  manifest: string[];
  erasedAt: Instant | null;
};

export type Letter = {
  state: 'owed' | 'sending' | 'sent';
  attempts: number;
  /** owed: not before; sending: when it began; sent: when. */
  at: Instant;
};

/** A takedown case: the fold of its events, nothing else. */
export type Case = {
  id: string;
  seq: number;
  receivedAt: Instant;
  deadline: Instant;
  authority: Authority;
  evidence: string;
  organisation: string;
  sender: string;
  language: string;
  answerable: boolean;
  unmatched: number;
  holds: Record<string, Hold>;
  /** Why a person must look; null where none must, or one did. */
  person: PersonReason | null;
  calls: number;
  lastCallAt: Instant | null;
  letters: Partial<Record<LetterKind, Letter>>;
  /** Why a person refused the request as a whole; null where none did. */
  refusal: RefusalGround | null;
  outcome: CaseOutcome | null;
  closedAt: Instant | null;
};

const newHold = (): Hold => ({
  stage: 'named',
  approved: false,
  ground: null,
  failures: 0,
  retryAt: null,
  manifest: [],
  erasedAt: null,
});

/** Nothing more will be done for this article, unless a person decides anew. */
export const isSettled = (hold: Hold): boolean =>
  hold.stage === 'erased' ||
  (hold.ground !== null && (hold.stage === 'named' || hold.stage === 'shown'));

export const isDecided = (hold: Hold): boolean =>
  hold.approved || hold.ground !== null || hold.stage === 'erased';

const calm = { failures: 0, retryAt: null };

const withHolds = (state: Case, ids: readonly string[], change: Partial<Hold>): Case => {
  const holds = { ...state.holds };
  for (const id of ids) holds[id] = { ...(holds[id] ?? newHold()), ...change };
  return { ...state, holds };
};

const withLetter = (state: Case, kind: LetterKind, letter: Letter): Case => ({
  ...state,
  letters: { ...state.letters, [kind]: letter },
});

/** Only a person may let these go on; all other reasons leave the clock running. */
export const isBlocking = (person: PersonReason | null): boolean =>
  person === 'flood' || person === 'too-many-articles';

/** A decision frees the person who was called once every article has one. */
const freed = (state: Case): Case =>
  Object.values(state.holds).every(isDecided) ? { ...state, person: null } : state;

type Of<A extends Action> = Extract<AuditEvent, { action: A }>;

const changes: { [A in Action]?: (state: Case, event: Of<A>) => Case } = {
  'case.named': (state, { details }) => ({
    ...withHolds(state, details.articles, {}),
    person: isBlocking(state.person) ? state.person : null,
  }),
  'case.person-called': (state, { details, at }) => ({
    ...state,
    person: details.reason,
    calls: details.times,
    lastCallAt: instant(at),
  }),
  'case.approved': (state, { details }) =>
    freed(withHolds(state, details.articles, { approved: true, ground: null, ...calm })),
  'case.refused': (state, { details }) => {
    const { articles, ground } = details;
    if (articles.length === 0) return { ...state, refusal: ground, person: null };
    return freed(withHolds(state, articles, { approved: false, ground, ...calm }));
  },
  'case.seen': (state) => ({ ...state, person: null }),
  'case.hiding': (state, { details }) => withHolds(state, [details.article], { stage: 'hiding' }),
  'case.erasing': (state, { details }) => withHolds(state, [details.article], { stage: 'erasing' }),
  'case.hidden': (state, { details }) =>
    withHolds(state, [details.article], { stage: 'hidden', ...calm }),
  'case.shown': (state, { details }) =>
    withHolds(state, [details.article], { stage: 'shown', ...calm }),
  'case.erased': (state, { details, at }) =>
    withHolds(state, [details.article], {
      stage: 'erased',
      manifest: details.locations,
      erasedAt: instant(at),
      ...calm,
    }),
  'case.delayed': (state, { details }) =>
    withHolds(state, [details.article], {
      failures: details.failures,
      retryAt: instant(details.retryAt),
    }),
  'case.closed': (state, { details, at }) => {
    const closed = { ...state, person: null, outcome: details.outcome, closedAt: instant(at) };
    const owed = { state: 'owed', attempts: 0, at: instant(at) } as const;
    return state.answerable ? withLetter(closed, 'receipt', owed) : closed;
  },
  'letter.sending': (state, { details, at }) =>
    withLetter(state, details.kind, {
      state: 'sending',
      attempts: details.attempt,
      at: instant(at),
    }),
  'letter.sent': (state, { details, at }) =>
    withLetter(state, details.kind, { state: 'sent', attempts: details.attempt, at: instant(at) }),
  'letter.failed': (state, { details }) =>
    withLetter(state, details.kind, {
      state: 'owed',
      attempts: details.attempt,
      at: instant(details.retryAt),
    }),
};

const opened = ({ subject, seq, at, details }: Of<'case.opened'>): Case => ({
  id: subject.slice('case:'.length),
  seq,
  receivedAt: instant(details.receivedAt),
  deadline: instant(details.deadline),
  authority: details.authority,
  evidence: details.evidence,
  organisation: details.organisation,
  sender: details.sender,
  language: details.language,
  answerable: details.answerable,
  unmatched: details.unmatched,
  holds: Object.fromEntries(details.articles.map((id) => [id, newHold()])),
  person: details.person === 'none' ? null : details.person,
  calls: 0,
  lastCallAt: null,
  letters: details.answerable
    ? { acknowledgement: { state: 'owed', attempts: 0, at: instant(at) } }
    : {},
  refusal: null,
  outcome: null,
  closedAt: null,
});

/** Folds the chain of one case; null where no case was opened. */
export const foldCase = (events: readonly AuditEvent[]): Case | null => {
  const [first, ...rest] = events;
  if (first?.action !== 'case.opened') return null;
  return rest.reduce((state, event) => {
    const change = changes[event.action] as ((s: Case, e: AuditEvent) => Case) | undefined;
    return { ...(change?.(state, event) ?? state), seq: event.seq };
  }, opened(first));
};
