import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { dynamoAudit } from '../../functions/adapters/dynamo-audit.ts';
import { memoryAudit } from '../../functions/adapters/memory-records.ts';
import { chain } from '../../functions/domain/audit/chain.ts';
import type { AuditEvent, Draft, Subject } from '../../functions/domain/audit/event.ts';
import { verifyChain } from '../../functions/domain/audit/verify.ts';
import { day, minute } from '../../functions/domain/time.ts';
import type { AuditPort } from '../../functions/ports.ts';
import { sha256 } from '../../functions/runtime/sha256.ts';
import { idOf, now } from './rows.ts';
import { embeddedDynamo } from './tables.ts';

const database = embeddedDynamo();

const stores: { name: string; make: () => Promise<AuditPort> }[] = [
  { name: 'memory', make: async () => memoryAudit() },
  {
    name: 'DynamoDB',
    make: async () => dynamoAudit(database.client, await database.table('audit')),
  },
];

const closed: Draft = {
  action: 'case.closed',
  details: { outcome: 'erased', erased: 1, refused: 0, manifest: ['objects: empty', ''] },
};
const called: Draft = { action: 'case.person-called', details: { reason: 'flood', times: 1.5 } };

const eventsOf = (subject: Subject, count: number, at = now): AuditEvent[] =>
  chain(
    Array.from({ length: count }, (_, n) => (n % 2 ? closed : called)),
    undefined,
    { subject, actor: 'enforce-cases', now: at, sha256 },
  );

const appendAll = async (audit: AuditPort, events: readonly AuditEvent[]): Promise<void> => {
  for (const event of events) await audit.append(event);
};

const listOf = async <T>(parts: AsyncIterable<T>): Promise<T[]> => {
  const list: T[] = [];
  for await (const part of parts) list.push(part);
  return list;
};

describe.each(stores)('the audit log in $name', ({ make }) => {
  it('gives back each event exactly as it was sealed', async () => {
    const audit = await make();
    const events = eventsOf('case:1', 3);

    await appendAll(audit, events);

    expect(await audit.history('case:1')).toEqual(events);
    expect(await audit.head('case:1')).toEqual(events[2]);
  });

  it('has no history and no head of a subject nobody wrote about', async () => {
    const audit = await make();

    expect(await audit.history('case:none')).toEqual([]);
    expect(await audit.head('case:none')).toBeUndefined();
  });

  it('keeps the first of two events that claim the same place', async () => {
    const audit = await make();
    const [first] = eventsOf('case:1', 1);
    const [second] = eventsOf('case:1', 1, now + minute);
    if (!first || !second) throw new Error('no events');

    expect(await audit.append(first)).toBe('appended');
    expect(await audit.append(second)).toBe('taken');
    expect(await audit.append(first)).toBe('taken');

    expect(await audit.history('case:1')).toEqual([first]);
  });

  it('lets exactly one of many writers take a place', async () => {
    const audit = await make();
    const rivals = Array.from({ length: 8 }, (_, n) => eventsOf('case:1', 1, now + n)[0]);

    const answers = await Promise.all(rivals.map((event) => event && audit.append(event)));

    expect(answers.filter((answer) => answer === 'appended')).toHaveLength(1);
  });

  it('orders a chain by number, not by text', async () => {
    const audit = await make();
    const events = eventsOf('mail:1', 12);

    await appendAll(audit, events);

    expect((await audit.history('mail:1')).map(({ seq }) => seq)).toEqual(
      Array.from({ length: 12 }, (_, n) => n + 1),
    );
    expect((await audit.head('mail:1'))?.seq).toBe(12);
  });

  it('lists the events of one UTC day in order of time', async () => {
    const audit = await make();
    const late = eventsOf('case:1', 1, now + minute);
    const early = eventsOf('case:2', 1, now);
    await appendAll(audit, [...late, ...early, ...eventsOf('case:3', 1, now + day)]);

    expect(await listOf(audit.ofDay('2026-11-24'))).toEqual([...early, ...late]);
    expect(await listOf(audit.ofDay('2026-11-23'))).toEqual([]);
  });

  it('tells where every chain ends', async () => {
    const audit = await make();
    const chains = [eventsOf('case:2', 12), eventsOf(`article:${idOf(1)}`, 2)];
    await appendAll(audit, chains.flat());

    const heads = await audit.heads();

    expect(heads).toHaveLength(2);
    expect(heads).toEqual(
      expect.arrayContaining(
        chains.map((events) => {
          const { subject, seq, hash } = events.at(-1) as AuditEvent;
          return { subject, seq, hash };
        }),
      ),
    );
  });

  it('reads the whole log by subject and number, whatever the order of writing', async () => {
    const audit = await make();
    const one = eventsOf(`article:${idOf(1)}`, 2);
    const two = eventsOf('case:2', 2);
    await appendAll(audit, [...two.slice(0, 1), ...one, ...two.slice(1)]);

    expect(await listOf(audit.all())).toEqual([...one, ...two]);
  });
});

describe('the Audit table', () => {
  it.each([
    ['remark', { remark: { S: 'added by hand' } }],
    ['day', { day: { S: '2026-11-20' } }],
  ])(
    'hides nothing that a row says beside its event, such as another %s',
    async (field, change) => {
      const TableName = await database.table('audit');
      const audit = dynamoAudit(database.client, TableName);
      await appendAll(audit, eventsOf('case:1', 1));
      const { Items } = await database.client.send(new ScanCommand({ TableName }));
      await database.client.send(
        new PutItemCommand({ TableName, Item: { ...Items?.[0], ...change } }),
      );

      const [read] = await audit.history('case:1');

      expect(read).toHaveProperty(field);
      expect(verifyChain(await listOf(audit.all()), sha256)).toHaveLength(1);
    },
  );

  it('shows that a row was taken out of the index of days', async () => {
    const TableName = await database.table('audit');
    const audit = dynamoAudit(database.client, TableName);
    await appendAll(audit, eventsOf('case:1', 1));
    const { Items } = await database.client.send(new ScanCommand({ TableName }));
    const { day: _day, ...rest } = Items?.[0] ?? {};
    await database.client.send(new PutItemCommand({ TableName, Item: rest }));

    expect(verifyChain(await listOf(audit.all()), sha256)).toMatchObject([
      { problem: 'it is filed under a day that is not its own' },
    ]);
  });

  it('is read to the end where a log is longer than one page of 1 MB', async () => {
    const audit = dynamoAudit(database.client, await database.table('audit'));
    const manifest = Array.from({ length: 300 }, () => 'x'.repeat(1000));
    const details = { outcome: 'erased', erased: 1, refused: 0, manifest } as const;
    const drafts: Draft[] = Array.from({ length: 5 }, () => ({ action: 'case.closed', details }));
    const events = chain(drafts, undefined, { subject: 'case:1', actor: 'test', now, sha256 });
    await appendAll(audit, events);

    expect(await audit.history('case:1')).toEqual(events);
    expect(await listOf(audit.ofDay('2026-11-24'))).toHaveLength(5);
    expect(await listOf(audit.all())).toEqual(events);
  });
});
