import type { Instant } from '../time.ts';
import type { Case } from './case.ts';
import { nextDue } from './case-plan.ts';
import type { Correspondence } from './correspondence.ts';
import type { Policy } from './policy.ts';

/** The manifests stand in the log; in the row they would outgrow it. */
const withoutManifests = (state: Case): Case => ({
  ...state,
  holds: Object.fromEntries(
    Object.entries(state.holds).map(([id, hold]) => [id, { ...hold, manifest: [] }]),
  ),
});

/** What is gone must not live on in the row of its case, once every letter has said so. */
const withoutTheGone = (state: Case, correspondence: Correspondence): Correspondence => {
  const isOver =
    state.closedAt !== null &&
    Object.values(state.letters).every((letter) => letter.state === 'sent');
  return isOver ? { ...correspondence, subject: '', urls: [] } : correspondence;
};

/** The row of a case, as the fold of its chain wants it. */
export const projectionOf = (
  state: Case,
  correspondence: Correspondence,
  policy: Policy,
): { case: Case; correspondence: Correspondence; dueAt: Instant | null } => ({
  case: withoutManifests(state),
  correspondence: withoutTheGone(state, correspondence),
  dueAt: nextDue(state, policy),
});
