import { type MemoryPorts, memoryPorts } from '../../../functions/adapters/memory.ts';
import type { Action, Draft, Subject } from '../../../functions/domain/audit/event.ts';
import type { CaseOpened } from '../../../functions/domain/audit/facts.ts';
import type { LiveArticle } from '../../../functions/domain/news/article.ts';
import { bodyKeyOf, pagePathOf } from '../../../functions/domain/news/article.ts';
import { foldCase } from '../../../functions/domain/takedown/case.ts';
import { nextDue } from '../../../functions/domain/takedown/case-plan.ts';
import { policy } from '../../../functions/domain/takedown/policy.ts';
import { day, iso } from '../../../functions/domain/time.ts';
import { journal } from '../../../functions/runtime/journal.ts';
import { enforceCases } from '../../../functions/takedown/enforce-cases.ts';

export const receivedAt = Date.UTC(2026, 10, 24, 12);

export const liveArticle = (id: string): LiveArticle => ({
  state: 'live',
  id,
  version: 1,
  url: `https://herald.example/${id}?ito=1490`,
  canonicalUrl: `https://herald.example/${id}`,
  sourceId: 'herald',
  sourceTitle: 'The Herald',
  organisation: 'herald.example',
  title: `Title of ${id}`,
  byline: '',
  publishedAt: iso(receivedAt - day),
  modifiedAt: null,
  fetchedAt: iso(receivedAt - day),
  language: 'en',
  direction: 'ltr',
  excerpt: '',
  display: 'full',
  words: 100,
  leadPicture: null,
  contentHash: `hash-${id}`,
  fingerprint: `fp-${id}`,
  aliases: [],
  seen: {},
  holds: [],
});

/** Publishes as publish-article does: log, body, fingerprint, row. */
export const publish = async (ports: MemoryPorts, id: string): Promise<void> => {
  const draft: Draft = {
    action: 'article.published',
    details: {
      source: 'herald',
      host: 'herald.example',
      contentHash: `hash-${id}`,
      fingerprint: `fp-${id}`,
      display: 'full',
      words: 100,
      pictures: 0,
      from: 'page',
    },
  };
  await journal(ports.audit, 'publish-article').append(
    `article:${id}`,
    undefined,
    [draft],
    receivedAt - day,
  );
  await ports.bodies.put(bodyKeyOf(id), new TextEncoder().encode('{}'), 'application/json');
  await ports.articles.claimFingerprint(`fp-${id}`, id);
  await ports.articles.publish(liveArticle(id));
};

/** Opens a case as receive-mail does: log first, then the row. */
export const openCase = async (
  ports: MemoryPorts,
  change: Partial<CaseOpened>,
  id = 'SD-1',
): Promise<void> => {
  const draft: Draft = {
    action: 'case.opened',
    details: {
      mail: `mail-of-${id}`,
      receivedAt: iso(receivedAt),
      deadline: iso(receivedAt + policy.deadlineAfter),
      authority: 'unproven',
      evidence: 'no DMARC record',
      organisation: 'mailbox.example',
      sender: 'salted',
      articles: [],
      unmatched: 0,
      person: 'none',
      answerable: false,
      language: 'en',
      ...change,
    },
  };
  const events = await journal(ports.audit, 'receive-mail').append(
    `case:${id}`,
    undefined,
    [draft],
    receivedAt,
  );
  const state = foldCase(events);
  if (state === null) throw new Error('the case did not open');
  await ports.cases.put({
    case: state,
    correspondence: {
      salt: 'salt',
      mailKey: `mail/mail-of-${id}`,
      address: 'someone@mailbox.example',
      name: '',
      subject: '',
      messageId: '',
      references: [],
      recipient: 'admin@sundown.example',
      urls: [],
      notes: {},
    },
    dueAt: nextDue(state, policy),
  });
};

export type World = MemoryPorts & {
  metrics: { values: Record<string, number>; put(name: string, unit: string, value: number): void };
};

/** Memory ports behind a site that answers from the same rows. */
export const world = (): World => {
  const ports = memoryPorts();
  ports.frontDoor.answer = readAsPublic(ports);
  const values: Record<string, number> = {};
  const put = (name: string, _unit: string, value: number): void => {
    values[name] = value;
  };
  return { ...ports, metrics: { values, put } };
};

export const enforce = (ports: World, now: number, caseId?: string): Promise<void> =>
  enforceCases({ ...ports, letterQueue: ports.queues.letters })(
    caseId === undefined ? undefined : { caseId },
    now,
  );

/** What the public sees, read from the same rows that the site reads. */
const readAsPublic =
  ({ articles }: MemoryPorts) =>
  async (path: string): Promise<{ status: number; text: string }> => {
    const id = /[0-9a-f]{32}/.exec(path)?.[0];
    if (id === undefined) {
      const { items } = await articles.newest(50, null);
      return { status: 200, text: items.map((row) => pagePathOf(row.id)).join('\n') };
    }
    const row = await articles.get(id);
    if (row === undefined) return { status: 404, text: '' };
    return row.state === 'live' ? { status: 200, text: row.title } : { status: 451, text: '' };
  };

export const actions = ({ audit }: MemoryPorts, subject: Subject): Action[] =>
  (audit.chains.get(subject) ?? []).map(({ action }) => action);
