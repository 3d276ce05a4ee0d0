import { type Instant, second } from '../time.ts';

export type Trouble = {
  /** 1 for the first reading of the entry. */
  attempt: number;
  /** Does the feed itself carry enough of the article? */
  isCarried: boolean;
  /** Does the article stand already, perhaps read from its page? */
  isStanding: boolean;
  /** The page answers 410: it says itself that it will not come back. */
  isGone: boolean;
  retryAfter: Instant | null;
  now: Instant;
};

type Remedy = { kind: 'use-feed' } | { kind: 'retry'; delaySeconds: number } | { kind: 'give-up' };

const maxAttempts = 6;

/** The longest delay that SQS has. */
const mostDelay = 900;

/** Until then a run that has claimed the same text has stored its article, or died. */
export const textWaitSeconds = 10;

const delayOf = (attempt: number): number => Math.min(mostDelay, 60 * 2 ** (attempt - 1));

/**
 * What to do about a page that cannot be had. A new article is taken from its feed
 * at once; a standing one keeps its page's text as long as the page may come back.
 */
export const remedyOf = (trouble: Trouble): Remedy => {
  const { attempt, isCarried, isStanding, isGone, retryAfter, now } = trouble;
  const isLast = isGone || attempt >= maxAttempts;
  if (isCarried && (!isStanding || isLast)) return { kind: 'use-feed' };
  if (isLast) return { kind: 'give-up' };
  const asked = retryAfter === null ? 0 : Math.ceil((retryAfter - now) / second);
  return { kind: 'retry', delaySeconds: Math.min(mostDelay, Math.max(delayOf(attempt), asked)) };
};
