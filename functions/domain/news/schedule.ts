import { day, hour, type Instant, minute, second } from '../time.ts';
import type { Feed, PollState } from './source.ts';

/** What a poll brought. */
export type PollOutcome =
  | { kind: 'new' | 'quiet'; maxAge: number }
  | { kind: 'failed'; retryAfter: Instant | null };

const limits = {
  widening: 6,
  quietMost: 4 * hour,
  failureMost: 12 * hour,
  maxAgeMost: day,
  retryAfterMost: 7 * day,
} as const;

/** Milliseconds the publisher wants its answer to be used; 0 where it does not say. */
export const maxAgeOf = (cacheControl: string | undefined): number => {
  const seconds = /(?:^|[\s,])max-age\s*=\s*"?(\d{1,10})/i.exec(cacheControl ?? '')?.[1];
  return Math.min(limits.maxAgeMost, Number(seconds ?? 0) * second);
};

/** Up to a tenth of the wait, the same for a feed each time, so that feeds do not march in step. */
const spread = (feedId: string, wait: number): number => {
  let hash = 0x811c9dc5;
  for (const char of feedId) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return Math.floor((wait / 10) * (hash / 2 ** 32));
};

const waitOf = (outcome: PollOutcome, floor: number, poll: PollState): number => {
  if (outcome.kind === 'failed') {
    const backoff = floor * 2 ** Math.min(poll.failures, 20);
    return Math.max(floor, Math.min(limits.failureMost, backoff));
  }
  const wider = floor * Math.min(limits.widening, 1 + (poll.quietPolls ?? 0) / 2);
  const wait = outcome.kind === 'new' ? floor : Math.min(wider + floor / 2, limits.quietMost);
  return Math.max(floor, Math.min(wait, floor * limits.widening), outcome.maxAge);
};

/**
 * The poll state after a poll: at the floor while news comes, wider while none
 * does, doubling while it fails; never sooner than the publisher asked for.
 */
export const afterPoll = (
  { terms, poll }: Pick<Feed, 'terms' | 'poll'>,
  outcome: PollOutcome,
  now: Instant,
): PollState => {
  const wait = waitOf(outcome, terms.intervalFloorMinutes * minute, poll);
  const due = now + wait + spread(terms.id, wait);
  const failed = outcome.kind === 'failed';
  const asked = failed ? Math.min(outcome.retryAfter ?? 0, now + limits.retryAfterMost) : 0;
  return {
    ...poll,
    dueAt: Math.max(due, asked),
    lastPolledAt: now,
    failures: failed ? poll.failures + 1 : 0,
    quietPolls: outcome.kind === 'new' ? 0 : (poll.quietPolls ?? 0) + (failed ? 0 : 1),
  };
};
