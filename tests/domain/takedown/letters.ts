import { chain } from '../../../functions/domain/audit/chain.ts';
import type { AuditEvent, Draft } from '../../../functions/domain/audit/event.ts';
import type { CaseOpened } from '../../../functions/domain/audit/facts.ts';
import { foldCase } from '../../../functions/domain/takedown/case.ts';
import type { Correspondence } from '../../../functions/domain/takedown/correspondence.ts';
import type { LetterContext } from '../../../functions/domain/takedown/letter.ts';
import { day, hour, iso } from '../../../functions/domain/time.ts';
import { sha256 } from '../../../functions/runtime/sha256.ts';

const receivedAt = Date.UTC(2026, 10, 24, 6, 6);
export const caseId = 'SD-20261124-7K3M9Q';
export const [a, b] = ['a'.repeat(32), 'b'.repeat(32)];

export const opening = (change: Partial<CaseOpened> = {}): Draft => ({
  action: 'case.opened',
  details: {
    mail: 'm1',
    receivedAt: iso(receivedAt),
    deadline: iso(receivedAt + day),
    authority: 'proven',
    evidence: 'DMARC pass for herald.example, the source of all it names',
    organisation: 'herald.example',
    sender: 'x',
    articles: [a],
    unmatched: 0,
    person: 'none',
    answerable: true,
    language: 'en',
    ...change,
  },
});

const logOf = (...drafts: Draft[]): AuditEvent[] =>
  chain(drafts, undefined, {
    subject: `case:${caseId}`,
    actor: 'test',
    now: receivedAt + hour,
    sha256,
  });

const correspondence = (change: Partial<Correspondence> = {}): Correspondence => ({
  salt: 's',
  mailKey: 'mail/m1',
  address: 'ada@herald.example',
  name: 'Ada Brandt',
  subject: 'Removal request',
  messageId: '<one@herald.example>',
  references: [],
  recipient: 'admin@news.example',
  urls: [{ url: 'https://herald.example/a', taken: 'article', article: a }],
  notes: {},
  ...change,
});

export const context = (drafts: Draft[], change: Partial<Correspondence> = {}): LetterContext => {
  const state = foldCase(logOf(...drafts));
  if (state === null) throw new Error('no case');
  return {
    state,
    correspondence: correspondence(change),
    siteOrigin: 'https://news.example',
    adminAddress: 'admin@news.example',
  };
};
