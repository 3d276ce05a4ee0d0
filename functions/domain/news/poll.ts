import type { Draft } from '../audit/event.ts';
import type { Instant } from '../time.ts';
import { hostOf } from './canonical-url.ts';
import type { FetchResult, ParsedFeed } from './page.ts';
import { afterPoll, maxAgeOf } from './schedule.ts';
import type { Feed } from './source.ts';

/** How many entries a poll queued, and whether more are left for the next. */
export type Queued = { count: number; isMore: boolean };

/** What to log of a poll, if anything, and the feed's next row. */
type Polled = { draft: Draft | null; next: Feed };

/** So many 404 in a row are no slip: the feed is gone. */
const patience = 10;

/** After so many failures a permanent redirect is no longer believed. */
const belief = 3;

const failed = (feed: Feed, retryAfter: Instant | null, now: Instant): Polled => {
  const { movedTo, ...poll } = afterPoll(feed, { kind: 'failed', retryAfter }, now);
  const isBelieved = movedTo !== undefined && poll.failures < belief;
  return { draft: null, next: { ...feed, poll: { ...poll, ...(isBelieved && { movedTo }) } } };
};

const gone = (feed: Feed, status: number, now: Instant): Polled => {
  const after = failed(feed, null, now);
  if (status !== 410 && after.next.poll.failures < patience) return after;
  const details = { host: hostOf(feed.terms.feedUrl), status };
  return { draft: { action: 'source.gone', details }, next: { ...after.next, state: 'gone' } };
};

const read = (
  feed: Feed,
  { headers, movedTo }: Extract<FetchResult, { kind: 'fetched' }>,
  { count, isMore }: Queued,
  now: Instant,
): Polled => {
  const maxAge = isMore ? 0 : maxAgeOf(headers['cache-control']);
  const poll = {
    ...afterPoll(feed, { kind: count > 0 ? 'new' : 'quiet', maxAge }, now),
    // A validator would hide the entries that are left.
    etag: isMore ? null : (headers['etag'] ?? null),
    lastModified: isMore ? null : (headers['last-modified'] ?? null),
  };
  const asked = feed.poll.movedTo ?? feed.terms.feedUrl;
  if (movedTo === null || movedTo === asked) return { draft: null, next: { ...feed, poll } };
  const details = { host: hostOf(feed.terms.feedUrl), newHost: hostOf(movedTo) };
  return {
    draft: { action: 'source.moved', details },
    next: { ...feed, poll: { ...poll, movedTo } },
  };
};

/** Judges one poll of a feed. `parsed` is what the answer's body was, where it had one. */
export const pollOf = (
  feed: Feed,
  answer: FetchResult,
  parsed: ParsedFeed | undefined,
  queued: Queued,
  now: Instant,
): Polled => {
  switch (answer.kind) {
    case 'unchanged':
      return {
        draft: null,
        next: { ...feed, poll: afterPoll(feed, { kind: 'quiet', maxAge: 0 }, now) },
      };
    case 'gone':
      return gone(feed, answer.status, now);
    case 'failed':
      return failed(feed, answer.retryAfter, now);
    case 'fetched':
      return parsed?.kind === 'feed' ? read(feed, answer, queued, now) : failed(feed, null, now);
  }
};
