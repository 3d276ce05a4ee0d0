import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  daysWithout,
  type Head,
  isInPlace,
  rootOf,
  verifyCheckpoint,
} from '../../../functions/domain/audit/checkpoint.ts';
import { sha256 } from '../../../functions/runtime/sha256.ts';

const headsOf = (count: number): Head[] =>
  Array.from({ length: count }, (_, i) => ({
    subject: `case:SD-${String(i).padStart(4, '0')}`,
    seq: i + 1,
    hash: sha256(String(i)),
  }));
const checkpointOf = (heads: Head[]) => ({
  at: '2026-11-24T00:10:00.000Z',
  root: rootOf(heads, sha256),
  heads,
  signature: '',
});

describe('a checkpoint', () => {
  it('has a root on an empty day too', () => {
    expect(rootOf([], sha256)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('has the same root whatever the order its heads come in', () => {
    const heads = headsOf(7);

    expect(rootOf([...heads].reverse(), sha256)).toBe(rootOf(heads, sha256));
  });

  it('changes its root when any head changes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 33 }), fc.nat(), (count, pick) => {
        const heads = headsOf(count);
        const changed = heads.map((head, i) =>
          i === pick % count ? { ...head, seq: head.seq + 1 } : head,
        );
        expect(rootOf(changed, sha256)).not.toBe(rootOf(heads, sha256));
      }),
    );
  });

  it('agrees with a log that has grown since', () => {
    const heads = headsOf(3);
    const hashAt = (subject: string, seq: number) =>
      heads.find((head) => head.subject === subject && head.seq === seq)?.hash;

    expect(verifyCheckpoint(checkpointOf(heads), hashAt, sha256)).toEqual([]);
  });

  it('names the chain that was rewritten or lost since', () => {
    const heads = headsOf(3);

    const faults = verifyCheckpoint(
      checkpointOf(heads),
      (subject) =>
        subject === 'case:SD-0001' ? 'another' : heads.find((h) => h.subject === subject)?.hash,
      sha256,
    );

    expect(faults).toMatchObject([{ subject: 'case:SD-0001', seq: 2 }]);
  });

  it('is refused when its own heads do not give its root', () => {
    const checkpoint = { ...checkpointOf(headsOf(3)), heads: headsOf(2) };

    expect(verifyCheckpoint(checkpoint, () => undefined, sha256)[0]?.problem).toContain(
      'its own root',
    );
  });

  it('lies under the day it was made on, and no other', () => {
    const checkpoint = checkpointOf([]);

    expect(isInPlace('checkpoints/2026-11-24', checkpoint)).toBe(true);
    expect(isInPlace('checkpoints/2026-11-25', checkpoint)).toBe(false);
  });
});

describe('the days without a checkpoint', () => {
  it.each([
    [[], []],
    [['2026-11-24'], []],
    [['2026-11-24', '2026-11-25'], []],
    [
      ['2026-11-28', '2026-11-30', '2026-12-02'],
      ['2026-11-29', '2026-12-01'],
    ],
  ])('between those of %j are %j', (days, missing) => {
    expect(daysWithout(days.map((one) => `checkpoints/${one}`))).toEqual(missing);
  });
});
