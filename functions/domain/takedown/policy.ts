import { day, hour, type Instant, minute } from '../time.ts';

/** Every number of the takedown policy, in one place; data only. */
export const policy = {
  /** The promise: from receipt of the mail to nothing named being public. */
  deadlineAfter: day,
  /** How long an unproven request stays hidden before it is erased. */
  eraseUnprovenAfter: 7 * day,
  /** Hiding happens this long before the deadline, so that retries still fit. */
  hideAhead: 15 * minute,
  /** More named articles than this, from anyone unproven: a person decides. */
  maxUnprovenArticles: 50,
  /** Automatic hides a day, for one sender and for all together. */
  maxHidesPerSender: 100,
  maxHidesPerDay: 500,
  /** How often a person is called again while nobody has come. */
  callAgainAfter: 4 * hour,
  retry: { first: minute, most: hour },
} as const;

export type Policy = { [K in keyof typeof policy]: Widen<(typeof policy)[K]> };
type Widen<T> = T extends number ? number : { [K in keyof T]: number };

/** When to try again after `failures` failures in a row: 1, 2, 4 … at most 60 minutes. */
export const retryAt = (failures: number, now: Instant, { retry }: Policy): Instant =>
  now + Math.min(retry.most, retry.first * 2 ** Math.max(0, failures - 1));
