import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Feed } from '../domain/news/source.ts';
import { iso } from '../domain/time.ts';
import type { FeedsPort } from '../ports.ts';
import type { Item } from './dynamo.ts';
import { dynamoTable, listOf, type Query } from './dynamo-table.ts';
import { withInstants, withIsoTimes } from './dynamo-times.ts';

const keyOf = (id: string): Item => ({ pk: `FEED#${id}` });

const rowOf = (feed: Feed): object => ({
  ...keyOf(feed.terms.id),
  ...withIsoTimes(feed),
  ...(feed.state === 'active' && { dueShard: 'DUE', dueAt: iso(feed.poll.dueAt) }),
});

const feedOf = ({ pk: _pk, dueShard: _shard, dueAt: _dueAt, ...feed }: Item): Feed =>
  withInstants(feed) as Feed;

const isFeed = (row: Item): boolean => String(row['pk']).startsWith('FEED#');

/** The Feeds table; an active feed also stands in the index `byDue`. */
export const dynamoFeeds = (client: DynamoDBClient, name: string): FeedsPort => {
  const table = dynamoTable(client, name);
  return {
    get: async (id) => {
      const row = await table.get(keyOf(id));
      return row && feedOf(row);
    },
    put: async (feed) => {
      await table.put(rowOf(feed));
    },
    due: async (now, limit) => {
      const range = ['dueAt', '<=', iso(now)] as const;
      const ask: Query = { index: 'byDue', hash: ['dueShard', 'DUE'], range, pageSize: limit };
      const keys: Item[] = [];
      for await (const { pk } of table.query(ask)) {
        if (keys.push({ pk: String(pk) }) >= limit) break;
      }
      // The index lags behind the table: only the table knows what is still due.
      return (await table.getMany(keys))
        .map(feedOf)
        .filter(({ state, poll }) => state === 'active' && poll.dueAt <= now)
        .sort((a, b) => a.poll.dueAt - b.poll.dueAt);
    },
    all: async () => (await listOf(table.scan())).filter(isFeed).map(feedOf),
  };
};
