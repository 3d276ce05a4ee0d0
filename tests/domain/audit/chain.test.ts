import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, chain, genesis } from '../../../functions/domain/audit/chain.ts';
import type { AuditEvent, Draft } from '../../../functions/domain/audit/event.ts';
import {
  type Fault,
  verifyChain,
  verifyProjections,
} from '../../../functions/domain/audit/verify.ts';
import { sha256 } from '../../../functions/runtime/sha256.ts';

const now = Date.UTC(2026, 10, 24, 12);
const link = { subject: 'case:SD-1', actor: 'enforce-cases', now, sha256 } as const;
const drafts: Draft[] = [
  { action: 'case.person-called', details: { reason: 'flood', times: 1 } },
  { action: 'case.approved', details: { articles: ['a', 'b'] } },
  { action: 'case.hidden', details: { article: 'a' } },
  { action: 'case.erased', details: { article: 'a', locations: ['objects: 0 objects'] } },
  { action: 'case.closed', details: { outcome: 'erased', erased: 1, refused: 0, manifest: [] } },
];
const log = (): AuditEvent[] => chain(drafts, undefined, link);
const faultsOf = (events: AuditEvent[]): Fault[] => verifyChain(events, sha256);

describe('canonical JSON', () => {
  it.each([
    [{ b: 1, a: 'x' }, '{"a":"x","b":1}'],
    [{ z: [3, { y: true, x: null }] }, '{"z":[3,{"x":null,"y":true}]}'],
    [{ '\u20ac': 1, '\r': 2, '1': 3 }, '{"\\r":2,"1":3,"\u20ac":1}'],
    [{ n: 1e21, m: 0.000001, k: -0 }, '{"k":0,"m":0.000001,"n":1e+21}'],
  ])('writes %j as RFC 8785 says', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it('does not depend on the order of members', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer()), (object) => {
        const turned = Object.fromEntries(Object.entries(object).reverse());
        expect(canonicalJson(turned)).toBe(canonicalJson(object));
      }),
    );
  });
});

describe('a chain', () => {
  it('begins at 1 behind 64 zeros and links each record to the one before', () => {
    const events = log();

    expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    expect(events[0]?.prevHash).toBe(genesis);
    expect(events[4]?.prevHash).toBe(events[3]?.hash);
    expect(faultsOf(events)).toEqual([]);
  });

  it('goes on behind its head as if written at once', () => {
    const [first, second, ...rest] = log();

    const goneOn = chain(drafts.slice(2), second, link);

    expect([first, second, ...goneOn]).toEqual([first, second, ...rest]);
  });

  it('never runs backwards in time, even if the clock of the next writer does', () => {
    const events = log();

    const [next] = chain(drafts.slice(0, 1), events.at(-1), { ...link, now: now - 60_000 });

    expect(next?.at).toBe(events.at(-1)?.at);
  });
});

describe('verification names the first broken record', () => {
  it('when a field is changed', () => {
    const events = log();
    const third = events[2] as AuditEvent & { action: 'case.hidden' };
    events[2] = { ...third, details: { article: 'b' } };

    expect(faultsOf(events)[0]).toMatchObject({
      seq: 3,
      problem: 'its fields do not give its hash',
    });
  });

  it('when a record is dropped', () => {
    const events = log();
    events.splice(1, 1);

    expect(faultsOf(events)[0]).toMatchObject({ seq: 3, problem: 'record 2 is missing' });
  });

  it('when two records are swapped', () => {
    const [a, b, c, ...rest] = log() as [AuditEvent, AuditEvent, AuditEvent];

    expect(faultsOf([a, c, b, ...rest])[0]).toMatchObject({ seq: 3 });
  });

  it('when a record is rewritten with a hash of its own', () => {
    const events = log();
    const forged = chain([{ action: 'case.hidden', details: { article: 'z' } }], events[1], link);
    events.splice(2, 1, ...forged);

    expect(faultsOf(events)[0]).toMatchObject({
      seq: 4,
      problem: 'it does not follow the record before it',
    });
  });

  it.each([
    ['remark', 'it has a field "remark" that no record has'],
    ['toString', 'it has a field "toString" that no record has'],
    ['day', 'it is filed under a day that is not its own'],
  ])('when a field %s stands there that no hash covers', (name, problem) => {
    const events = log();
    events[1] = { ...events[1], [name]: '2026-11-23' } as AuditEvent;

    expect(faultsOf(events)).toEqual([{ subject: 'case:SD-1', seq: 2, problem }]);
  });

  it('when the end is cut off and a table has seen it', () => {
    const projections = [{ subject: 'case:SD-1', seq: 5 } as const];

    const faults = verifyProjections(projections, new Map([['case:SD-1', 3]]));

    expect(faults).toEqual([
      { subject: 'case:SD-1', seq: 5, problem: 'a table has seen record 5, the log ends at 3' },
    ]);
  });

  it('whatever single character of any record is changed', () => {
    const events = log();
    fc.assert(
      fc.property(
        fc.nat(events.length - 1),
        fc.nat(),
        fc.string({ minLength: 1, maxLength: 1 }),
        (i, at, char) => {
          const text = JSON.stringify(events[i]);
          const place = at % text.length;
          const changed = text.slice(0, place) + char + text.slice(place + 1);
          let record: AuditEvent;
          try {
            record = JSON.parse(changed) as AuditEvent;
          } catch {
            return;
          }
          fc.pre(JSON.stringify(record) !== text);
          const altered = events.map((event, j) => (j === i ? record : event));
          expect(faultsOf(altered).length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
