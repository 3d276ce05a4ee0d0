import { GetItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { dynamoCases } from '../../functions/adapters/dynamo-cases.ts';
import { memoryCases } from '../../functions/adapters/memory-records.ts';
import { day, hour, minute } from '../../functions/domain/time.ts';
import type { CaseRow, CasesPort, HideCount } from '../../functions/ports.ts';
import { caseRow, idOf, now } from './rows.ts';
import { embeddedDynamo } from './tables.ts';

const database = embeddedDynamo();

const stores: { name: string; make: () => Promise<CasesPort> }[] = [
  { name: 'memory', make: async () => memoryCases() },
  {
    name: 'DynamoDB',
    make: async () => dynamoCases(database.client, await database.table('cases')),
  },
];

const idsOf = async (rows: AsyncIterable<CaseRow>): Promise<string[]> => {
  const ids: string[] = [];
  for await (const row of rows) ids.push(row.case.id);
  return ids.sort();
};

const hideOf = (caseId: string, article: number, change: Partial<HideCount> = {}): HideCount => ({
  day: '2026-11-24',
  sender: 's1',
  caseId,
  article: idOf(article),
  pool: 'unproven',
  perSender: 2,
  perDay: 3,
  ...change,
});

describe.each(stores)('the cases in $name', ({ make }) => {
  it('gives back a row as it was put', async () => {
    const cases = await make();
    const row = caseRow('c1', now + hour, { lastCallAt: now });

    await cases.put(row);

    expect(await cases.get('c1')).toEqual(row);
    expect(await cases.get('c2')).toBeUndefined();
  });

  it('never lets an older projection replace a newer one', async () => {
    const cases = await make();
    await cases.put(caseRow('c1', now, { seq: 10 }));

    await cases.put(caseRow('c1', now, { seq: 9, calls: 7 }));
    expect((await cases.get('c1'))?.case.calls).toBe(0);

    await cases.put(caseRow('c1', now, { seq: 10, calls: 8 }));
    expect((await cases.get('c1'))?.case.calls).toBe(8);
  });

  it('names what is due, longest overdue first', async () => {
    const cases = await make();
    await cases.put(caseRow('late', now - minute));
    await cases.put(caseRow('now', now));
    await cases.put(caseRow('soon', now + 1));
    await cases.put(caseRow('overdue', now - hour));
    await cases.put(caseRow('done', null, { closedAt: now }));

    const due = async (limit: number) => (await cases.due(now, limit)).map((row) => row.case.id);

    expect(await due(10)).toEqual(['overdue', 'late', 'now']);
    expect(await due(1)).toEqual(['overdue']);
  });

  it('forgets a due time that has passed on', async () => {
    const cases = await make();
    await cases.put(caseRow('c1', now));
    await cases.put(caseRow('c1', null, { seq: 2, closedAt: now }));

    expect(await cases.due(now + day, 10)).toEqual([]);
  });

  it('tells open cases from all, even an open one that nothing waits for', async () => {
    const cases = await make();
    await cases.put(caseRow('open', now + hour));
    await cases.put(caseRow('stuck', null));
    await cases.put(caseRow('owing', now + hour, { closedAt: now }));
    await cases.put(caseRow('done', null, { closedAt: now }));
    await cases.admitHide(hideOf('open', 1));

    expect(await idsOf(cases.open())).toEqual(['open', 'stuck']);
    expect(await idsOf(cases.all())).toEqual(['done', 'open', 'owing', 'stuck']);
    expect((await cases.get('stuck'))?.dueAt).toBeNull();
  });

  it('reads more open cases than fit in one batch', async () => {
    const cases = await make();
    const ids = Array.from({ length: 130 }, (_, n) => `c${String(n * 4).padStart(4, '0')}`);
    await Promise.all(ids.map((id) => cases.put(caseRow(id, now))));

    expect(await idsOf(cases.open())).toEqual(ids);
    expect(await cases.due(now, 200)).toHaveLength(130);
    expect(await cases.due(now, 7)).toHaveLength(7);
  });

  it('counts each hide of a sender once, up to the sender’s limit', async () => {
    const cases = await make();

    expect(await cases.admitHide(hideOf('c1', 1))).toBe('admitted');
    expect(await cases.admitHide(hideOf('c1', 2))).toBe('admitted');
    expect(await cases.admitHide(hideOf('c1', 3))).toBe('flood');
    expect(await cases.admitHide(hideOf('c1', 1))).toBe('admitted');
    expect(await cases.admitHide(hideOf('c1', 3, { day: '2026-11-25' }))).toBe('admitted');
  });

  it('counts all senders together, and a flood of one leaves room for others', async () => {
    const cases = await make();
    for (let n = 1; n <= 5; n += 1) await cases.admitHide(hideOf('c1', n));

    expect(await cases.admitHide(hideOf('c2', 1, { sender: 's2' }))).toBe('admitted');
    expect(await cases.admitHide(hideOf('c3', 1, { sender: 's3' }))).toBe('flood');
  });

  it('counts proven owners apart, so that a flood of strangers leaves them their day', async () => {
    const cases = await make();
    for (let n = 1; n <= 5; n += 1) await cases.admitHide(hideOf('c1', n));

    expect(await cases.admitHide(hideOf('c2', 9, { pool: 'proven' }))).toBe('admitted');
  });

  it('admits nothing where the limit is nothing', async () => {
    const cases = await make();

    expect(await cases.admitHide(hideOf('c1', 1, { perSender: 0 }))).toBe('flood');
    expect(await cases.admitHide(hideOf('c1', 1, { perDay: 0 }))).toBe('flood');
  });

  it('admits no more than the limit however many ask at once', async () => {
    const cases = await make();
    const asks = Array.from({ length: 10 }, (_, n) =>
      cases.admitHide(hideOf('c1', n, { perSender: 100 })),
    );

    const answers = await Promise.all(asks);

    expect(answers.filter((answer) => answer === 'admitted')).toHaveLength(3);
  });
});

describe('the Cases table', () => {
  it('reads well in the console: text times, a status, maps and no JSON', async () => {
    const name = await database.table('cases');
    await dynamoCases(database.client, name).put(caseRow('c1', now + hour));

    const ask = { TableName: name, Key: { pk: { S: 'CASE#c1' } } };
    const { Item } = await database.client.send(new GetItemCommand(ask));

    expect(Item).toMatchObject({
      id: { S: 'c1' },
      seq: { N: '1' },
      status: { S: 'open' },
      receivedAt: { S: '2026-11-24T12:00:00.000Z' },
      deadline: { S: '2026-11-25T12:00:00.000Z' },
      person: { S: 'doubtful-sender' },
      dueAt: { S: '2026-11-24T13:00:00.000Z' },
      case: { M: { deadline: { S: '2026-11-25T12:00:00.000Z' } } },
      correspondence: { M: { address: { S: 'owner@herald.example' } } },
    });
    expect(Item?.['dueShard']?.S).toMatch(/^OPEN#[0-3]$/);
  });

  it('takes a closed case with nothing left to do out of the due index', async () => {
    const name = await database.table('cases');
    const cases = dynamoCases(database.client, name);
    await cases.put(caseRow('c1', now));
    await cases.put(caseRow('c1', null, { seq: 2, closedAt: now }));

    const scan = new ScanCommand({ TableName: name, IndexName: 'byDue' });

    expect((await database.client.send(scan)).Items).toEqual([]);
  });
});
