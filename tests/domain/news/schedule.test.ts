import { describe, expect, it } from 'vitest';
import { afterPoll, maxAgeOf, type PollOutcome } from '../../../functions/domain/news/schedule.ts';
import type { PollState } from '../../../functions/domain/news/source.ts';
import { day, hour, minute } from '../../../functions/domain/time.ts';
import { feedOf, now } from './samples.ts';

const feed = feedOf();
const fresh: PollOutcome = { kind: 'new', maxAge: 0 };
const quiet: PollOutcome = { kind: 'quiet', maxAge: 0 };
const failed: PollOutcome = { kind: 'failed', retryAfter: null };

const repeat = (outcome: PollOutcome, times: number, floor = 15): PollState => {
  const terms = { ...feed.terms, intervalFloorMinutes: floor };
  let { poll } = feed;
  for (let at = 0; at < times; at += 1) poll = afterPoll({ terms, poll }, outcome, now);
  return poll;
};

/** The wait without the spread, which adds at most a tenth. */
const expectWait = (poll: PollState, wait: number): void => {
  expect(poll.dueAt - now).toBeGreaterThanOrEqual(wait);
  expect(poll.dueAt - now).toBeLessThanOrEqual(wait * 1.1);
};

describe('afterPoll', () => {
  it('comes again at the floor while there is news', () => {
    expectWait(repeat(fresh, 3), 15 * minute);
  });

  it('widens while nothing is new, up to six times the floor', () => {
    const waits = [1, 2, 5].map((times) => repeat(quiet, times).dueAt);

    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expectWait(repeat(quiet, 1), 22.5 * minute);
    expectWait(repeat(quiet, 50), 90 * minute);
  });

  it('waits at most four hours while nothing is new, unless the floor is higher', () => {
    expectWait(repeat(quiet, 50, 60), 4 * hour);
    expectWait(repeat(quiet, 50, 600), 600 * minute);
  });

  it('returns to the floor with the first news', () => {
    const poll = afterPoll({ ...feed, poll: repeat(quiet, 9) }, fresh, now);

    expectWait(poll, 15 * minute);
    expect(poll.quietPolls).toBe(0);
  });

  it('doubles its wait with each failure, up to twelve hours', () => {
    expectWait(repeat(failed, 1), 15 * minute);
    expectWait(repeat(failed, 3), 60 * minute);
    expectWait(repeat(failed, 500), 12 * hour);
    expect(repeat(failed, 3).failures).toBe(3);
  });

  it('honours a later Retry-After, within a week', () => {
    const later = afterPoll(feed, { kind: 'failed', retryAfter: now + 5 * hour }, now);
    const never = afterPoll(feed, { kind: 'failed', retryAfter: now + 4000 * day }, now);
    const sooner = afterPoll(feed, { kind: 'failed', retryAfter: now + minute }, now);

    expect(later.dueAt).toBe(now + 5 * hour);
    expect(never.dueAt).toBe(now + 7 * day);
    expectWait(sooner, 15 * minute);
  });

  it('honours a longer max-age', () => {
    expectWait(afterPoll(feed, { kind: 'new', maxAge: 3 * hour }, now), 3 * hour);
  });

  it('spreads feeds, each always in the same way', () => {
    const due = (id: string) => afterPoll(feedOf({ id }), fresh, now).dueAt;

    expect(due('herald')).toBe(due('herald'));
    expect(new Set(['a', 'b', 'c', 'd', 'e'].map(due)).size).toBe(5);
  });
});

describe('maxAgeOf', () => {
  it.each([
    [undefined, 0],
    ['no-cache', 0],
    ['public, max-age=600', 600_000],
    ['s-maxage=5, Max-Age="60"', 60_000],
    ['max-age=99999999', day],
  ])('reads %s as %i ms', (header, expected) => {
    expect(maxAgeOf(header)).toBe(expected);
  });
});
