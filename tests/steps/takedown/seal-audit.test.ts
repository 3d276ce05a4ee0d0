import { beforeEach, expect, it } from 'vitest';
import {
  type Checkpoint,
  rootOf,
  statementOf,
  verifyCheckpoint,
} from '../../../functions/domain/audit/checkpoint.ts';
import { day } from '../../../functions/domain/time.ts';
import { Permanent } from '../../../functions/errors.ts';
import { sha256 } from '../../../functions/runtime/sha256.ts';
import { sealAudit } from '../../../functions/takedown/seal-audit.ts';
import { openCase, publish, receivedAt, type World, world } from './case-world.ts';

let ports: World;

beforeEach(() => {
  ports = world();
});

const seal = (now: number) => sealAudit(ports)(undefined, now);
const stored = (date: string) =>
  JSON.parse(ports.ledger.checkpoints.get(`checkpoints/${date}`) ?? '{}') as Checkpoint;

it('signs where every chain stands', async () => {
  await publish(ports, 'a'.repeat(32));
  await openCase(ports, { articles: ['a'.repeat(32)] });

  await seal(receivedAt);

  const checkpoint = stored('2026-11-24');
  expect(checkpoint.heads.map(({ subject, seq }) => [subject, seq])).toEqual([
    [`article:${'a'.repeat(32)}`, 1],
    ['case:SD-1', 1],
  ]);
  expect(await ports.signer.verify(statementOf(checkpoint), checkpoint.signature)).toBe(true);
});

it('seals an empty day too', async () => {
  await seal(receivedAt);

  expect(stored('2026-11-24')).toMatchObject({ heads: [], root: rootOf([], sha256) });
});

it('keeps the first checkpoint of a day when it runs twice', async () => {
  await seal(receivedAt);
  await publish(ports, 'a'.repeat(32));

  await seal(receivedAt + 1);

  expect(stored('2026-11-24').heads).toEqual([]);
});

it.each(['{"at":"2026-11-20T00:10:00.000Z","heads":[]}', 'null', 'not JSON'])(
  'fails, and counts no checkpoint, where something else lies under the name of the day: %s',
  async (text) => {
    ports.ledger.checkpoints.set('checkpoints/2026-11-24', text);

    await expect(seal(receivedAt)).rejects.toThrow(Permanent);

    expect(ports.metrics.values).not.toHaveProperty('Checkpoints');
  },
);

it('lets a later reader see that a chain was cut', async () => {
  await publish(ports, 'a'.repeat(32));
  await seal(receivedAt);
  await seal(receivedAt + day);
  ports.audit.chains.clear();

  const faults = verifyCheckpoint(stored('2026-11-25'), () => undefined, sha256);

  expect(faults).toHaveLength(1);
  expect(faults[0]?.problem).toContain('2026-11-25');
});
