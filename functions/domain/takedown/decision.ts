import type { Draft } from '../audit/event.ts';
import type { RefusalGround } from '../audit/facts.ts';
import { type Case, isDecided } from './case.ts';

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
  | { kind: 'name'; articles: string[] };

export type Ruling = { kind: 'ruled'; draft: Draft } | { kind: 'rejected'; reason: string };

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
  const erased = decision.articles.find((id) => state.holds[id]?.stage === 'erased');
  return erased === undefined ? null : `Article ${erased} is erased already.`;
};

/** Turns a person's decision into the event that records it, or says why it cannot be taken. */
export const rule = (state: Case, decision: Decision): Ruling => {
  const problem = problemOf(state, decision);
  if (problem !== null) return rejected(problem);
  if (decision.kind === 'name') {
    return {
      kind: 'ruled',
      draft: { action: 'case.named', details: { articles: decision.articles } },
    };
  }
  const waiting = Object.keys(state.holds).filter((id) => {
    const hold = state.holds[id];
    return hold !== undefined && !isDecided(hold);
  });
  const articles = decision.articles.length > 0 ? decision.articles : waiting;
  if (decision.kind === 'approve') {
    if (articles.length === 0)
      return rejected(`No article in case ${state.id} waits for approval.`);
    return { kind: 'ruled', draft: { action: 'case.approved', details: { articles } } };
  }
  if (articles.length === 0 && Object.keys(state.holds).length > 0) {
    return rejected(`Every article of case ${state.id} is decided; name one with --article.`);
  }
  const { ground, noteHash } = decision;
  return {
    kind: 'ruled',
    draft: { action: 'case.refused', details: { articles, ground, note: noteHash } },
  };
};
