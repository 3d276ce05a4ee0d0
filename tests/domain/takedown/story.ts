import { chain } from '../../../functions/domain/audit/chain.ts';
import type { AuditEvent, Draft } from '../../../functions/domain/audit/event.ts';
import type { CaseOpened } from '../../../functions/domain/audit/facts.ts';
import { type Case, foldCase } from '../../../functions/domain/takedown/case.ts';
import { planCase } from '../../../functions/domain/takedown/case-plan.ts';
import { policy } from '../../../functions/domain/takedown/policy.ts';
import { day, iso } from '../../../functions/domain/time.ts';
import { sha256 } from '../../../functions/runtime/sha256.ts';

export const receivedAt = Date.UTC(2026, 10, 24, 12);
export const deadline = receivedAt + day;

export const opened = (change: Partial<CaseOpened> = {}): Draft => ({
  action: 'case.opened',
  details: {
    mail: 'm',
    receivedAt: iso(receivedAt),
    deadline: iso(deadline),
    authority: 'unproven',
    evidence: '',
    organisation: 'mailbox.example',
    sender: '',
    articles: ['a', 'b'],
    unmatched: 0,
    person: 'none',
    answerable: false,
    language: 'en',
    ...change,
  },
});

export const story = (...steps: [at: number, draft: Draft][]): Case => {
  let events: AuditEvent[] = [];
  for (const [now, draft] of steps) {
    const link = { subject: 'case:SD-1', actor: 'test', now, sha256 } as const;
    events = [...events, ...chain([draft], events.at(-1), link)];
  }
  const state = foldCase(events);
  if (state === null) throw new Error('no case');
  return state;
};
export const hidden = (article: string): Draft => ({ action: 'case.hidden', details: { article } });
export const erased = (article: string): Draft => ({
  action: 'case.erased',
  details: { article, locations: ['objects: 0 objects'] },
});
export const refused = (...articles: string[]): Draft => ({
  action: 'case.refused',
  details: { articles, ground: 'licensed', note: '' },
});
export const dueMoves = (state: Case, now: number): string[] =>
  planCase(state, policy)
    .filter(({ at }) => at <= now)
    .map(({ move }) => ('article' in move ? `${move.kind} ${move.article}` : move.kind));
