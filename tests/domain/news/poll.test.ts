import { describe, expect, it } from 'vitest';
import { chain } from '../../../functions/domain/audit/chain.ts';
import type { FetchResult, ParsedFeed } from '../../../functions/domain/news/page.ts';
import { pollOf } from '../../../functions/domain/news/poll.ts';
import { remedyOf, type Trouble } from '../../../functions/domain/news/retry.ts';
import type { Feed, PollState } from '../../../functions/domain/news/source.ts';
import { planSources, unlessSaid } from '../../../functions/domain/news/sources.ts';
import { hour } from '../../../functions/domain/time.ts';
import { feedOf, means, now, sha256, terms } from './samples.ts';

const parsed: ParsedFeed = { kind: 'feed', title: '', language: null, entries: [], problems: [] };
const none = { count: 0, isMore: false };
const fetched = (change: object = {}): FetchResult => ({
  kind: 'fetched',
  url: 'https://herald.example/feed.xml',
  status: 200,
  headers: { etag: '"e"', 'last-modified': 'yesterday' },
  bytes: new Uint8Array(),
  movedTo: null,
  ...change,
});
const polling = (poll: Partial<PollState>): Feed => {
  const feed = feedOf();
  return { ...feed, poll: { ...feed.poll, ...poll } };
};

describe('pollOf', () => {
  it('remembers the validators of a good answer', () => {
    const { next, draft } = pollOf(feedOf(), fetched(), parsed, none, now);

    expect(draft).toBeNull();
    expect(next.poll).toMatchObject({ etag: '"e"', lastModified: 'yesterday', lastPolledAt: now });
  });

  it('forgets them where entries are left for the next poll', () => {
    const { next } = pollOf(feedOf(), fetched(), parsed, { count: 100, isMore: true }, now);

    expect(next.poll).toMatchObject({ etag: null, lastModified: null });
  });

  it('keeps the old ones when the answer cannot be read, and counts a failure', () => {
    const feed = polling({ etag: '"old"' });
    const { next } = pollOf(feed, fetched(), { kind: 'unreadable', reason: '' }, none, now);

    expect(next.poll).toMatchObject({ etag: '"old"', failures: 1 });
  });

  it('stops at 410, and at the tenth 404 in a row', () => {
    const gone = (status: number, failures: number) =>
      pollOf(polling({ failures }), { kind: 'gone', status }, undefined, none, now);

    expect(gone(410, 0)).toMatchObject({
      draft: { action: 'source.gone' },
      next: { state: 'gone' },
    });
    expect(gone(404, 8)).toMatchObject({ draft: null, next: { state: 'active' } });
    expect(gone(404, 9)).toMatchObject({
      draft: { action: 'source.gone', details: { status: 404 } },
      next: { state: 'gone' },
    });
  });

  it('follows a permanent redirect, says so once, and doubts it after three failures', () => {
    const movedTo = 'https://new.example/feed';
    const moved = pollOf(feedOf(), fetched({ movedTo }), parsed, none, now);
    const again = pollOf(moved.next, fetched({ movedTo: null }), parsed, none, now);
    const failing = { kind: 'failed', status: 500, reason: '', retryAfter: null } as const;
    const twice = pollOf(polling({ movedTo, failures: 1 }), failing, undefined, none, now);
    const thrice = pollOf(polling({ movedTo, failures: 2 }), failing, undefined, none, now);

    expect(moved.draft).toMatchObject({
      details: { host: 'herald.example', newHost: 'new.example' },
    });
    expect(again).toMatchObject({ draft: null, next: { poll: { movedTo } } });
    expect(twice.next.poll.movedTo).toBe(movedTo);
    expect(thrice.next.poll.movedTo).toBeUndefined();
  });
});

describe('planSources', () => {
  const plan = (wanted: Parameters<typeof planSources>[0], known: Feed[]) =>
    planSources(wanted, known, now, means.organisationOf);

  it('does nothing where nothing differs', () => {
    expect(plan([terms()], [feedOf()])).toEqual([]);
  });

  it('adds, changes and removes', () => {
    const changes = plan(
      [terms({ id: 'new' }), terms({ display: 'link' })],
      [feedOf(), feedOf({ id: 'old' })],
    );

    expect(changes.map(({ draft, feed }) => [draft.action, feed.terms.id, feed.state])).toEqual([
      ['source.added', 'new', 'active'],
      ['source.changed', 'herald', 'active'],
      ['source.removed', 'old', 'removed'],
    ]);
  });

  it('lets the home page say whose feed it is', () => {
    const [added] = plan([terms({ feedUrl: 'https://feeds.service.example/7' })], []);

    expect(added?.feed.organisation).toBe('herald.example');
  });

  it('reads a gone source again when it gets a new address, and only then', () => {
    const gone: Feed = { ...feedOf(), state: 'gone' };

    expect(plan([terms({ title: 'New name' })], [gone])[0]?.feed.state).toBe('gone');
    expect(plan([terms({ feedUrl: 'https://herald.example/2.xml' })], [gone])[0]?.feed.state).toBe(
      'active',
    );
  });

  it('takes a removed source back and leaves it alone while it is removed', () => {
    const removed: Feed = { ...feedOf(), state: 'removed' };

    expect(plan([], [removed])).toEqual([]);
    expect(plan([terms()], [removed])[0]?.draft.action).toBe('source.added');
  });

  it('does not say twice what a crashed run said', () => {
    const [added] = plan([terms()], []);
    if (!added) throw new Error('no change');
    const [head] = chain([added.draft], undefined, {
      subject: 'source:herald',
      actor: 'a',
      now,
      sha256,
    });

    expect(unlessSaid(added.draft, head)).toEqual([]);
    expect(unlessSaid(added.draft, undefined)).toHaveLength(1);
  });
});

describe('remedyOf', () => {
  const trouble = (change: Partial<Trouble>): Trouble => ({
    attempt: 1,
    isCarried: false,
    isStanding: false,
    isGone: false,
    retryAfter: null,
    now,
    ...change,
  });

  it('asks no second time for a page that says it is gone for good', () => {
    expect(remedyOf(trouble({ isGone: true }))).toEqual({ kind: 'give-up' });
    expect(remedyOf(trouble({ isGone: true, isCarried: true }))).toEqual({ kind: 'use-feed' });
  });

  it('takes a new article from its feed at once, a standing one only in the end', () => {
    expect(remedyOf(trouble({ isCarried: true })).kind).toBe('use-feed');
    expect(remedyOf(trouble({ isCarried: true, isStanding: true })).kind).toBe('retry');
    expect(remedyOf(trouble({ isCarried: true, isStanding: true, attempt: 6 })).kind).toBe(
      'use-feed',
    );
  });

  it('tries six times, waiting longer each time, then gives up', () => {
    const delays = [1, 2, 3, 4, 5].map((attempt) => remedyOf(trouble({ attempt })));

    expect(delays).toEqual(
      [60, 120, 240, 480, 900].map((delaySeconds) => ({ kind: 'retry', delaySeconds })),
    );
    expect(remedyOf(trouble({ attempt: 6 }))).toEqual({ kind: 'give-up' });
  });

  it('waits as long as the publisher asks, as far as the queue can', () => {
    expect(remedyOf(trouble({ retryAfter: now + 200_000 }))).toMatchObject({ delaySeconds: 200 });
    expect(remedyOf(trouble({ retryAfter: now + 9 * hour }))).toMatchObject({ delaySeconds: 900 });
    expect(remedyOf(trouble({ retryAfter: now - 1 }))).toMatchObject({ delaySeconds: 60 });
  });
});
