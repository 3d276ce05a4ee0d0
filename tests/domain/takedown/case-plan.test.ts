import { describe, expect, it } from 'vitest';
import type { Draft } from '../../../functions/domain/audit/event.ts';
import {
  callForReply,
  lateArticles,
  nextDue,
  planCase,
} from '../../../functions/domain/takedown/case-plan.ts';
import { policy } from '../../../functions/domain/takedown/policy.ts';
import { day, hour } from '../../../functions/domain/time.ts';
import { deadline, dueMoves, erased, hidden, opened, receivedAt, refused, story } from './story.ts';

describe('a proven request', () => {
  const proven = opened({ authority: 'proven' });

  it('is hidden at once and then erased at once', () => {
    expect(dueMoves(story([receivedAt, proven]), receivedAt)).toEqual(['hide a', 'hide b']);
    const next = story([receivedAt, proven], [receivedAt, hidden('a')], [receivedAt, hidden('b')]);
    expect(dueMoves(next, receivedAt)).toEqual(['erase a', 'erase b']);
  });

  it('closes when every article is erased', () => {
    const state = story([receivedAt, proven], [receivedAt, erased('a')], [receivedAt, erased('b')]);

    expect(planCase(state, policy).map(({ move }) => move)).toEqual([
      { kind: 'close', outcome: 'erased', erased: 2, refused: 0 },
    ]);
  });

  it('waits for a person when the flood guard holds it, and calls again and again', () => {
    const call = (times: number): Draft => ({
      action: 'case.person-called',
      details: { reason: 'flood', times },
    });
    const state = story([receivedAt, proven], [receivedAt, call(0)]);
    expect(dueMoves(state, receivedAt)).toEqual(['call-person']);

    const called = story([receivedAt, proven], [receivedAt, call(0)], [receivedAt, call(1)]);
    expect(dueMoves(called, receivedAt + policy.callAgainAfter - 1)).toEqual([]);
    expect(dueMoves(called, receivedAt + policy.callAgainAfter)).toEqual(['call-person']);
    expect(lateArticles(called, deadline + 1)).toEqual([]);
  });
});

describe('an unproven request', () => {
  it('stays up until shortly before the deadline, is hidden then and erased 7 days later', () => {
    const state = story([receivedAt, opened()]);
    const hideAt = deadline - policy.hideAhead;

    expect(nextDue(state, policy)).toBe(hideAt);
    expect(dueMoves(state, hideAt - 1)).toEqual([]);
    expect(dueMoves(state, hideAt)).toEqual(['hide a', 'hide b']);

    const later = story([receivedAt, opened()], [hideAt, hidden('a')], [hideAt, hidden('b')]);
    expect(nextDue(later, policy)).toBe(deadline + policy.eraseUnprovenAfter);
    expect(dueMoves(later, deadline + policy.eraseUnprovenAfter)).toEqual(['erase a', 'erase b']);
  });

  it('is erased at once when a person approves', () => {
    const approve: Draft = { action: 'case.approved', details: { articles: ['a'] } };
    const state = story([receivedAt, opened()], [receivedAt + hour, approve]);

    expect(dueMoves(state, receivedAt + hour)).toEqual(['hide a']);
  });

  it('leaves alone what a person refused, and goes on with the rest', () => {
    const state = story([receivedAt, opened()], [receivedAt + hour, refused('a')]);

    expect(dueMoves(state, deadline)).toEqual(['hide b']);
    expect(lateArticles(state, deadline + 1)).toEqual(['b']);
  });

  it('shows an article again when a person refuses after it was hidden', () => {
    const state = story(
      [receivedAt, opened()],
      [deadline, hidden('a')],
      [deadline + 1, refused('a')],
    );

    expect(dueMoves(state, deadline + 1)).toEqual(['show a', 'hide b']);
  });

  it('closes as partly erased when one was refused', () => {
    const state = story(
      [receivedAt, opened()],
      [receivedAt, refused('a')],
      [deadline, erased('b')],
    );

    expect(planCase(state, policy)[0]?.move).toMatchObject({
      outcome: 'partly-erased',
      refused: 1,
    });
  });

  it('of too many articles is hidden only if a person says so', () => {
    const state = story([receivedAt, opened({ person: 'too-many-articles' })]);

    expect(dueMoves(state, deadline + day)).toEqual(['call-person']);
  });

  it('from a doubtful sender calls a person once and keeps its deadline', () => {
    const call: Draft = {
      action: 'case.person-called',
      details: { reason: 'doubtful-sender', times: 1 },
    };
    const state = story([receivedAt, opened({ person: 'doubtful-sender' })], [receivedAt, call]);

    expect(dueMoves(state, deadline)).toEqual(['hide a', 'hide b']);
  });

  it('that names nothing stays open until a person refuses it', () => {
    const nothing = opened({ articles: [], person: 'nothing-matched' });
    expect(dueMoves(story([receivedAt, nothing]), receivedAt)).toEqual(['call-person']);

    const closed = story([receivedAt, nothing], [receivedAt + hour, refused()]);
    expect(planCase(closed, policy).map(({ move }) => move)).toMatchObject([
      { kind: 'close', outcome: 'refused' },
    ]);
  });
});

describe('a reply that a person must read', () => {
  const replied: Draft = { action: 'case.person-called', details: { reason: 'reply', times: 0 } };
  const read: Draft = { action: 'case.person-called', details: { reason: 'reply', times: 1 } };

  it('calls again until it was seen, and does not stop the clock', () => {
    const state = story([receivedAt, opened()], [receivedAt, replied]);
    expect(dueMoves(state, receivedAt)).toEqual(['call-person']);

    const called = story([receivedAt, opened()], [receivedAt, replied], [receivedAt, read]);
    expect(dueMoves(called, deadline)).toEqual(['hide a', 'hide b', 'call-person']);
    const seen: Draft = { action: 'case.seen', details: { reason: 'reply' } };
    const calm = story([receivedAt, opened()], [receivedAt, replied], [receivedAt, seen]);
    expect(dueMoves(calm, deadline)).toEqual(['hide a', 'hide b']);
  });

  it('calls once for a closed case too', () => {
    const closed: Draft = {
      action: 'case.closed',
      details: { outcome: 'erased', erased: 2, refused: 0, manifest: [] },
    };
    const state = story([receivedAt, opened()], [deadline, closed], [deadline + 1, replied]);

    expect(dueMoves(state, deadline + 1)).toEqual(['call-person']);
  });

  it('never loosens what holds a case back', () => {
    const state = story([receivedAt, opened({ person: 'too-many-articles' })]);

    expect(callForReply(state)).toBe('too-many-articles');
  });
});
