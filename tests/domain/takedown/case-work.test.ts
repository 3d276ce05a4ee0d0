import { describe, expect, it } from 'vitest';
import type { Draft } from '../../../functions/domain/audit/event.ts';
import type { Case } from '../../../functions/domain/takedown/case.ts';
import { nextDue, overdueSince } from '../../../functions/domain/takedown/case-plan.ts';
import { type Decision, rule } from '../../../functions/domain/takedown/decision.ts';
import { policy, retryAt } from '../../../functions/domain/takedown/policy.ts';
import { hour, iso, minute } from '../../../functions/domain/time.ts';
import { dueMoves, erased, opened, receivedAt, story } from './story.ts';

describe('failures and letters', () => {
  it('puts the next try off as the log says, but stays overdue since receipt', () => {
    const delayed: Draft = {
      action: 'case.delayed',
      details: { article: 'a', failures: 3, reason: 'x', retryAt: iso(receivedAt + 4 * minute) },
    };
    const state = story(
      [receivedAt, opened({ authority: 'proven', articles: ['a'] })],
      [receivedAt, delayed],
    );

    expect(nextDue(state, policy)).toBe(receivedAt + 4 * minute);
    expect(overdueSince(state, receivedAt + 2 * minute, policy)).toBe(receivedAt);
  });

  it.each([
    [1, minute],
    [2, 2 * minute],
    [6, 32 * minute],
    [7, hour],
    [500, hour],
  ])('retries for ever: after %i failures in %i ms', (failures, wait) => {
    expect(retryAt(failures, receivedAt, policy)).toBe(receivedAt + wait);
  });

  it('owes an acknowledgement from the start and a receipt from the close', () => {
    const state = story(
      [receivedAt, opened({ answerable: true, articles: ['a'] })],
      [receivedAt, erased('a')],
      [
        receivedAt + 1,
        {
          action: 'case.closed',
          details: { outcome: 'erased', erased: 1, refused: 0, manifest: [] },
        },
      ],
    );

    expect(dueMoves(state, receivedAt + 1)).toEqual(['letter', 'letter']);
  });

  it('sends a letter again whose sending has no outcome after its lease', () => {
    const sending: Draft = {
      action: 'letter.sending',
      details: { kind: 'acknowledgement', attempt: 1 },
    };
    const state = story([receivedAt, opened({ answerable: true })], [receivedAt, sending]);

    expect(dueMoves(state, receivedAt + 5 * minute - 1)).toEqual([]);
    expect(dueMoves(state, receivedAt + 5 * minute)).toEqual(['letter']);
  });

  it('never owes a letter to one who may not be answered', () => {
    expect(dueMoves(story([receivedAt, opened()]), receivedAt)).toEqual([]);
  });
});

describe('a decision', () => {
  const state = story([receivedAt, opened()]);

  it('without articles means all that wait', () => {
    const ruling = rule(state, { kind: 'approve', articles: [] });

    expect(ruling).toMatchObject({ draft: { details: { articles: ['a', 'b'] } } });
  });

  it.each<[string, Case, Decision, string]>([
    ['about a stranger', state, { kind: 'approve', articles: ['z'] }, 'is not named'],
    [
      'about an erased article',
      story([receivedAt, opened()], [receivedAt, erased('a')]),
      { kind: 'refuse', articles: ['a'], ground: 'licensed', noteHash: '' },
      'erased already',
    ],
    ['seen where nobody was called', state, { kind: 'seen', articles: [] }, 'Nobody is called'],
    [
      'seen where only a person can go on',
      story([receivedAt, opened({ person: 'too-many-articles' })]),
      { kind: 'seen', articles: [] },
      'waits for a decision',
    ],
    ['that names nothing', state, { kind: 'name', articles: [] }, 'Say which articles'],
    [
      'on a closed case',
      story(
        [receivedAt, opened()],
        [
          receivedAt,
          {
            action: 'case.closed',
            details: { outcome: 'refused', erased: 0, refused: 2, manifest: [] },
          },
        ],
      ),
      { kind: 'approve', articles: [] },
      'is closed',
    ],
  ])('%s is rejected with what is wrong', (_name, on, decision, words) => {
    const ruling = rule(on, decision);

    expect(ruling.kind === 'rejected' && ruling.reason).toContain(words);
  });
});
