import { beforeEach, expect, it } from 'vitest';
import { memoryQueue } from '../../../functions/adapters/memory.ts';
import type { Draft } from '../../../functions/domain/audit/event.ts';
import { day, hour, minute } from '../../../functions/domain/time.ts';
import { journal } from '../../../functions/runtime/journal.ts';
import { watchDeadlines } from '../../../functions/takedown/watch-deadlines.ts';
import { enforce, openCase, publish, receivedAt, type World, world } from './case-world.ts';

const a = 'a'.repeat(32);
let ports: World;
let inboxQueue: ReturnType<typeof memoryQueue<object>>;

const watch = (now: number) => watchDeadlines({ ...ports, inboxQueue })(undefined, now);

const storeMail = (id: string, storedAt: number) =>
  ports.inbox.mails.set(`mail/${id}`, { bytes: new Uint8Array(3), storedAt });

const tell = async (id: string, ...drafts: Draft[]): Promise<void> => {
  await journal(ports.audit, 'receive-mail').append(`mail:${id}`, undefined, drafts, receivedAt);
};
const received: Draft = {
  action: 'mail.received',
  details: { receivedAt: '', bytes: 3, commitment: '' },
};

beforeEach(async () => {
  ports = world();
  inboxQueue = memoryQueue<object>();
  await publish(ports, a);
});

it('measures the age of the oldest case that a machine should have finished', async () => {
  await openCase(ports, { authority: 'proven', articles: [a] });

  await watch(receivedAt + hour);

  expect(ports.metrics.values).toMatchObject({
    OldestOpenCaseAge: 3600,
    OpenCases: 1,
    LateCases: 0,
  });
});

it('is calm about an unproven case that waits for its deadline', async () => {
  await openCase(ports, { articles: [a] });

  await watch(receivedAt + 20 * hour);

  expect(ports.metrics.values).toMatchObject({ OldestOpenCaseAge: 0 });
  expect(ports.pager.calls).toEqual([]);
});

it('calls a person when a named article is public after the deadline', async () => {
  await openCase(ports, { articles: [a] });

  await watch(receivedAt + day + minute);

  expect(ports.pager.calls[0]).toMatchObject({ subject: 'Sundown: 1 deadline(s) missed' });
  expect(ports.pager.calls[0]?.text).toContain('SD-1');
});

it('says nothing of a deadline that was kept', async () => {
  await openCase(ports, { articles: [a] });
  await enforce(ports, receivedAt + day - minute);

  await watch(receivedAt + day + minute);

  expect(ports.pager.calls).toEqual([]);
});

it('sends in again a stored mail that the log knows nothing of, as SES would have', async () => {
  storeMail('lost', receivedAt);

  await watch(receivedAt + 10 * minute);

  expect(inboxQueue.messages).toMatchObject([
    {
      notificationType: 'Received',
      mail: { messageId: 'lost' },
      receipt: { timestamp: '2026-11-24T12:00:00.000Z', action: { objectKey: 'mail/lost' } },
    },
  ]);
  expect(ports.metrics.values).toMatchObject({ ForgottenMails: 1 });
});

it('sends in again a mail that was received and came to no end', async () => {
  storeMail('half', receivedAt);
  await tell('half', received);

  await watch(receivedAt + 20 * minute);

  expect(inboxQueue.messages).toHaveLength(1);
});

it.each<[string, Draft]>([
  ['opened a case', { action: 'mail.joined', details: { case: 'SD-1', reason: 'first' } }],
  ['was set aside with a reason', { action: 'mail.set-aside', details: { reason: 'a bounce' } }],
])('leaves alone a mail that %s', async (_name, end) => {
  storeMail('done', receivedAt);
  await tell('done', received, end);

  await watch(receivedAt + 10 * minute);

  expect(inboxQueue.messages).toEqual([]);
});

it('gives a new mail ten minutes before it worries', async () => {
  storeMail('new', receivedAt);

  await watch(receivedAt + 9 * minute);

  expect(inboxQueue.messages).toEqual([]);
});

it('sends in a mail that always fails, and calls a person, ever more rarely but to the end', async () => {
  storeMail('failing', receivedAt);
  const turns: number[] = [];

  for (let age = 3 * minute; age < 3 * day; age += 5 * minute) {
    const before = inboxQueue.messages.length;
    await watch(receivedAt + age);
    if (inboxQueue.messages.length > before) turns.push(age / minute);
    expect(ports.metrics.values).toMatchObject({ ForgottenMails: age < 10 * minute ? 0 : 1 });
  }

  expect(turns.slice(0, 7)).toEqual([13, 23, 43, 83, 163, 323, 563]);
  expect(ports.pager.calls).toHaveLength(turns.length);
  const waits = turns.slice(7).map((turn, n) => turn - (turns[6 + n] ?? 0));
  expect(new Set(waits)).toEqual(new Set([4 * 60]));
  expect(turns.at(-1)).toBeGreaterThan((3 * day - 4 * hour) / minute);
});
