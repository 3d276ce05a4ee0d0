import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Case } from '../domain/takedown/case.ts';
import type { Correspondence } from '../domain/takedown/correspondence.ts';
import { day as aDay, type Instant, instant, iso } from '../domain/time.ts';
import type { CaseRow, CasesPort } from '../ports.ts';
import type { Item } from './dynamo.ts';
import { dynamoTable, type Query, type Table } from './dynamo-table.ts';
import { withInstants, withIsoTimes } from './dynamo-times.ts';

const keyOf = (id: string): Item => ({ pk: `CASE#${id}` });

const shards = ['OPEN#0', 'OPEN#1', 'OPEN#2', 'OPEN#3'] as const;

const shardOf = (id: string): string => {
  let sum = 0;
  for (const letter of id) sum += letter.charCodeAt(0);
  return shards[sum % shards.length] ?? shards[0];
};

/** Sorts behind every date, so an open case that nothing waits for is still in the index. */
const never = 'never';

const dueOf = (row: CaseRow): object => {
  if (row.dueAt === null && row.case.closedAt !== null) return {};
  const dueAt = row.dueAt === null ? never : iso(row.dueAt);
  return { dueShard: shardOf(row.case.id), dueAt };
};

/** Top level: what an operator looks for in the console; `case` holds the whole projection. */
const itemOf = (row: CaseRow): object => ({
  ...keyOf(row.case.id),
  id: row.case.id,
  seq: row.case.seq,
  status: row.case.closedAt === null ? 'open' : 'closed',
  receivedAt: iso(row.case.receivedAt),
  deadline: iso(row.case.deadline),
  person: row.case.person,
  ...dueOf(row),
  case: withIsoTimes(row.case),
  correspondence: row.correspondence,
});

const rowOf = (item: Item): CaseRow => ({
  case: withInstants(item['case']) as Case,
  correspondence: item['correspondence'] as unknown as Correspondence,
  dueAt:
    typeof item['dueAt'] === 'string' && item['dueAt'] !== never ? instant(item['dueAt']) : null,
});

const isDue = (row: CaseRow, now: Instant): boolean => row.dueAt !== null && row.dueAt <= now;

const dueKeys = async (table: Table, now: Instant, limit: number): Promise<Item[]> => {
  const keys: { pk: string; dueAt: string }[] = [];
  for (const shard of shards) {
    const range = ['dueAt', '<=', iso(now)] as const;
    const ask: Query = { index: 'byDue', hash: ['dueShard', shard], range, pageSize: limit };
    let taken = 0;
    for await (const { pk, dueAt } of table.query(ask)) {
      keys.push({ pk: String(pk), dueAt: String(dueAt) });
      taken += 1;
      if (taken >= limit) break;
    }
  }
  keys.sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1));
  return keys.slice(0, limit).map(({ pk }) => ({ pk }));
};

async function* openRows(table: Table): AsyncGenerator<CaseRow> {
  for (const shard of shards) {
    let keys: Item[] = [];
    const rows = async () => (await table.getMany(keys)).map(rowOf);
    for await (const { pk } of table.query({ index: 'byDue', hash: ['dueShard', shard] })) {
      if (keys.push({ pk: String(pk) }) < 100) continue;
      yield* (await rows()).filter((row) => row.case.closedAt === null);
      keys = [];
    }
    yield* (await rows()).filter((row) => row.case.closedAt === null);
  }
}

/** Counts `member` in a set of at most `most`, once; the set goes a week after its day. */
const admit = async (table: Table, pk: string, member: string, most: number, day: string) => {
  if (most < 1) return false;
  const expiresAt = Math.floor((instant(`${day}T00:00:00.000Z`) + 8 * aDay) / 1000);
  const change = {
    text: 'SET expiresAt = :expiresAt ADD members :members',
    values: { ':expiresAt': expiresAt, ':members': new Set([member]) },
  };
  const hasRoom = {
    text: 'attribute_not_exists(members) OR contains(members, :member) OR size(members) < :most',
    values: { ':member': member, ':most': most },
  };
  return (await table.update({ pk }, change, hasRoom)) !== undefined;
};

/** The Cases table; a case stands in the index `byDue` until nothing is left to do. */
export const dynamoCases = (client: DynamoDBClient, name: string): CasesPort => {
  const table = dynamoTable(client, name);
  return {
    get: async (id) => {
      const item = await table.get(keyOf(id));
      return item && rowOf(item);
    },
    put: async (row) => {
      await table.put(itemOf(row), {
        text: 'attribute_not_exists(pk) OR seq <= :seq',
        values: { ':seq': row.case.seq },
      });
    },
    due: async (now, limit) =>
      (await table.getMany(await dueKeys(table, now, limit)))
        .map(rowOf)
        .filter((row) => isDue(row, now))
        .sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0)),
    open: () => openRows(table),
    all: async function* () {
      for await (const item of table.scan()) {
        if (String(item['pk']).startsWith('CASE#')) yield rowOf(item);
      }
    },
    // The sender's own limit comes first, so that a flood of one cannot use up the day of all.
    admitHide: async ({ day, pool, sender, caseId, article, perSender, perDay }) => {
      const member = `${caseId}/${article}`;
      const isAdmitted =
        (await admit(table, `HIDES#${day}#${pool}#${sender}`, member, perSender, day)) &&
        (await admit(table, `HIDES#${day}#${pool}#all`, member, perDay, day));
      return isAdmitted ? 'admitted' : 'flood';
    },
  };
};
