import { beforeEach, expect, it } from 'vitest';
import { verifyAudit } from '../../../bin/sundown/audit.ts';
import { verifyLog } from '../../../bin/sundown/verify-log.ts';
import { type MemoryPorts, memoryPorts } from '../../../functions/adapters/memory.ts';
import type { Draft, Subject } from '../../../functions/domain/audit/event.ts';
import { day } from '../../../functions/domain/time.ts';
import { journal } from '../../../functions/runtime/journal.ts';
import { sealAudit } from '../../../functions/takedown/seal-audit.ts';

const now = Date.UTC(2026, 10, 24, 12);
const received: Draft = {
  action: 'mail.received',
  details: { receivedAt: '2026-11-24T12:00:00.000Z', bytes: 3, commitment: 'c' },
};
let ports: MemoryPorts;

const append = (subject: Subject, draft: Draft) =>
  journal(ports.audit, 'test').append(subject, undefined, [draft], now);
const seal = (at: number) => sealAudit({ ...ports, metrics: { put: () => {} } })(undefined, at);
const verify = () => verifyLog(ports.audit.all(), ports);

const printed = async (): Promise<{ isValid: boolean; text: string }> => {
  const lines: string[] = [];
  const output = { json: false, print: (line: string) => lines.push(line) };
  const isValid = await verifyAudit({ ...ports, now }, output);
  return { isValid, text: lines.join('\n') };
};

beforeEach(async () => {
  ports = memoryPorts();
  await append('mail:m1', received);
});

it('finds no fault in a log that was sealed each day', async () => {
  for (const at of [now, now + day, now + 2 * day]) await seal(at);

  expect(await verify()).toMatchObject({ checkpoints: 3, unsealedDays: [], faults: [] });
});

it('refuses a checkpoint that lies under the name of another day', async () => {
  await seal(now);
  const { checkpoints } = ports.ledger;
  checkpoints.set('checkpoints/2026-11-25', checkpoints.get('checkpoints/2026-11-24') ?? '');

  const { faults } = await verify();

  expect(faults).toEqual([
    {
      subject: 'ledger',
      seq: 0,
      problem:
        'checkpoints/2026-11-25: was made at 2026-11-24T12:00:00.000Z, not on the day of its name',
    },
  ]);
});

it.each(['no JSON', 'null', '{"at":"2026-11-24T12:00:00.000Z"}'])(
  'names a checkpoint that cannot be read: %s',
  async (text) => {
    ports.ledger.checkpoints.set('checkpoints/2026-11-24', text);

    expect((await verify()).faults).toMatchObject([
      { problem: 'checkpoints/2026-11-24: cannot be read' },
    ]);
  },
);

it('warns of the days between two checkpoints that have none, and stays valid', async () => {
  await seal(now);
  await seal(now + 3 * day);

  const { isValid, text } = await printed();

  expect(isValid).toBe(true);
  expect(text).toContain('Warning: no checkpoint of 2026-11-25, 2026-11-26.');
});

it('says that a cut end would not show where nothing was sealed yet', async () => {
  const before = await printed();
  await seal(now);
  const after = await printed();

  expect(before.text).toContain('No signed checkpoint yet: a log cut at its end would not show.');
  expect(after.text).not.toContain('No signed checkpoint');
});

it('names the chain that another one tells of', async () => {
  await append('mail:m2', { action: 'mail.joined', details: { case: 'SD-1', reason: 'first' } });

  expect((await verify()).faults).toMatchObject([
    { subject: 'mail:m2', seq: 1, problem: 'case:SD-1 has no record case.opened by mail m2' },
  ]);
});

it('reads again what was written while it read, before it calls it missing', async () => {
  const claim = await append('case:SD-1', {
    action: 'case.erased',
    details: { article: 'a', locations: [] },
  });
  const torn = async function* () {
    yield* claim;
  };
  await append('article:a', { action: 'article.erased', details: { case: 'SD-1', locations: [] } });

  expect((await verifyLog(torn(), ports)).faults).toEqual([]);
  expect((await verifyLog(torn(), null)).faults).toHaveLength(1);
});
