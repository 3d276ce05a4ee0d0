import { describe, expect, it } from 'vitest';
import { dynamoFeeds } from '../../functions/adapters/dynamo-feeds.ts';
import { memoryFeeds } from '../../functions/adapters/memory-records.ts';
import { minute } from '../../functions/domain/time.ts';
import type { FeedsPort } from '../../functions/ports.ts';
import { feed, now } from './rows.ts';
import { embeddedDynamo } from './tables.ts';

const database = embeddedDynamo();

const stores: { name: string; make: () => Promise<FeedsPort> }[] = [
  { name: 'memory', make: async () => memoryFeeds() },
  {
    name: 'DynamoDB',
    make: async () => dynamoFeeds(database.client, await database.table('feeds')),
  },
];

const dueAt = (at: number) => ({ ...feed('any').poll, dueAt: at });

describe.each(stores)('the feeds in $name', ({ make }) => {
  it('gives back a feed as it was put, and the last one put', async () => {
    const feeds = await make();
    const polled = feed('herald', {
      poll: {
        dueAt: now + minute,
        lastPolledAt: now,
        etag: '"1"',
        lastModified: null,
        failures: 2,
      },
    });

    await feeds.put(feed('herald'));
    await feeds.put(polled);

    expect(await feeds.get('herald')).toEqual(polled);
    expect(await feeds.get('gazette')).toBeUndefined();
    expect(await feeds.all()).toEqual([polled]);
  });

  it('names the feeds that are due, longest overdue first', async () => {
    const feeds = await make();
    await feeds.put(feed('late', { poll: dueAt(now - 2 * minute) }));
    await feeds.put(feed('now'));
    await feeds.put(feed('soon', { poll: dueAt(now + 1) }));
    await feeds.put(feed('overdue', { poll: dueAt(now - 9 * minute) }));

    const ids = async (limit: number) => (await feeds.due(now, limit)).map(({ terms }) => terms.id);

    expect(await ids(10)).toEqual(['overdue', 'late', 'now']);
    expect(await ids(2)).toEqual(['overdue', 'late']);
  });

  it.each(['gone', 'removed'] as const)('never names a feed that is %s', async (state) => {
    const feeds = await make();
    await feeds.put(feed('herald'));
    await feeds.put(feed('herald', { state }));

    expect(await feeds.due(now, 10)).toEqual([]);
    expect(await feeds.all()).toHaveLength(1);
  });
});
