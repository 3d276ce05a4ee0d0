import type { Draft } from '../audit/event.ts';
import type { RefusalGround } from '../audit/facts.ts';
import { type Case, type Hold, isBlocking, isDecided } from './case.ts';

export const refusalGrounds: readonly RefusalGround[] = [
  'not-the-owner',
  'licensed',
  'not-the-work',
  'public-domain',
  'abusive',
  'other',
];

/** What a person says of a case; no articles = all that wait for a decision. */
export type Decision =
  | { kind: 'approve'; articles: string[] }
  | { kind: 'refuse'; articles: string[]; ground: RefusalGround; noteHash: string }
  | { kind: 'name'; articles: string[] }
  /** The person has read it; the articles go their way. */
  | { kind: 'seen'; articles: [] };

export type Ruling = { kind: 'ruled'; draft: Draft } | { kind: 'rejected'; reason: string };

/** Erasure, once begun, is never turned back: some of it may have happened. */
const isGoing = (hold: Hold | undefined): boolean =>
  hold?.stage === 'erasing' || hold?.stage === 'erased';

const rejected = (reason: string): Ruling => ({ kind: 'rejected', reason });

const problemOf = (state: Case, decision: Decision): string | null => {
  if (state.closedAt !== null) return `Case ${state.id} is closed; nothing can be decided in it.`;
  if (decision.kind === 'name') {
    return decision.articles.length === 0 ? 'Say which articles the request is about.' : null;
  }
  const stranger = decision.articles.find((id) => state.holds[id] === undefined);
  if (stranger !== undefined) {
    return `Article ${stranger} is not named in case ${state.id}; "sundown case show ${state.id}" lists those that are.`;
  }
  const gone = decision.articles.find((id) => isGoing(state.holds[id]));
  return gone === undefined ? null : `Article ${gone} is erased already, or being erased now.`;
};

/** Only what leaves the articles to the clock can simply be seen. */
const ruleSeen = (state: Case): Ruling => {
  if (state.person === null) return rejected(`Nobody is called in case ${state.id}.`);
  if (isBlocking(state.person) || Object.keys(state.holds).length === 0) {
    return rejected(`Case ${state.id} waits for a decision: approve, refuse or name articles.`);
  }
  return { kind: 'ruled', draft: { action: 'case.seen', details: { reason: state.person } } };
};

/** Turns a person's decision into the event that records it, or says why it cannot be taken. */
export const rule = (state: Case, decision: Decision): Ruling => {
  const problem = problemOf(state, decision);
  if (problem !== null) return rejected(problem);
  if (decision.kind === 'seen') return ruleSeen(state);
  if (decision.kind === 'name') {
    return {
      kind: 'ruled',
      draft: { action: 'case.named', details: { articles: decision.articles } },
    };
  }
  const waiting = Object.entries(state.holds)
    .filter(([, hold]) => !isDecided(hold) && !isGoing(hold))
    .map(([id]) => id);
  const articles = decision.articles.length > 0 ? decision.articles : waiting;
  if (decision.kind === 'approve') {
    if (articles.length === 0 && state.person === null) {
      return rejected(`Nothing in case ${state.id} waits for approval.`);
    }
    return { kind: 'ruled', draft: { action: 'case.approved', details: { articles } } };
  }
  if (articles.length === 0 && Object.keys(state.holds).length > 0 && state.person === null) {
    return rejected(`Every article of case ${state.id} is decided; name one with --article.`);
  }
  const { ground, noteHash } = decision;
  return {
    kind: 'ruled',
    draft: { action: 'case.refused', details: { articles, ground, note: noteHash } },
  };
};
