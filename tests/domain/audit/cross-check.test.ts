import { expect, it } from 'vitest';
import { chain } from '../../../functions/domain/audit/chain.ts';
import { crossCheck } from '../../../functions/domain/audit/cross-check.ts';
import type { AuditEvent, Draft, Subject } from '../../../functions/domain/audit/event.ts';
import type { CaseOpened } from '../../../functions/domain/audit/facts.ts';
import { sha256 } from '../../../functions/runtime/sha256.ts';

const now = Date.UTC(2026, 10, 24, 12);
const sealed = (subject: Subject, ...drafts: Draft[]): [Subject, AuditEvent[]] => [
  subject,
  chain(drafts, undefined, { subject, actor: 'test', now, sha256 }),
];
const opened: CaseOpened = {
  mail: 'm1',
  receivedAt: '2026-11-24T12:00:00.000Z',
  deadline: '2026-11-25T12:00:00.000Z',
  authority: 'proven',
  evidence: 'dmarc pass',
  organisation: 'herald.example',
  sender: 'salted',
  articles: ['a'],
  unmatched: 0,
  person: 'none',
  answerable: true,
  language: 'en',
};
const erased: Draft = { action: 'article.erased', details: { case: 'SD-1', locations: [] } };
const received: Draft = {
  action: 'mail.received',
  details: { receivedAt: opened.receivedAt, bytes: 3, commitment: 'c' },
};

const log = (): Map<Subject, AuditEvent[]> =>
  new Map([
    sealed('mail:m1', received, {
      action: 'mail.joined',
      details: { case: 'SD-1', reason: 'first' },
    }),
    sealed('mail:m2', received, {
      action: 'mail.joined',
      details: { case: 'SD-1', reason: 'copy' },
    }),
    sealed(
      'case:SD-1',
      { action: 'case.opened', details: opened },
      { action: 'case.erased', details: { article: 'a', locations: [] } },
    ),
    sealed('article:a', erased),
  ]);

const faultsOf = (chains: Map<Subject, AuditEvent[]>) =>
  crossCheck(chains).map(({ fault }) => fault);

it('finds nothing missing in a log that is whole', () => {
  expect(crossCheck(log())).toEqual([]);
});

it.each<[string, Subject, string]>([
  ['mail:m1', 'case:SD-1', 'mail:m1 has no record mail.received'],
  ['case:SD-1', 'mail:m1', 'case:SD-1 has no record case.opened by mail m1'],
  ['article:a', 'case:SD-1', 'article:a has no record article.erased for case SD-1'],
])('names what is missing when the chain %s is taken out whole', (gone, subject, problem) => {
  const chains = log();
  chains.delete(gone as Subject);

  expect(faultsOf(chains)).toContainEqual(expect.objectContaining({ subject, problem }));
});

it('does not take the erasure for one case as that for another', () => {
  const chains = log();
  const other: Draft = { action: 'article.erased', details: { case: 'SD-2', locations: [] } };
  chains.set(...sealed('article:a', other));

  expect(faultsOf(chains)).toMatchObject([{ subject: 'case:SD-1', seq: 2 }]);
});

it('does not take the opening of a case by another mail as that by this one', () => {
  const chains = log();
  chains.set(...sealed('case:SD-1', { action: 'case.opened', details: { ...opened, mail: 'm2' } }));

  expect(faultsOf(chains)).toMatchObject([{ subject: 'mail:m1', seq: 2 }]);
});
