import { describe, expect, it } from 'vitest';
import { dynamoArticles } from '../../functions/adapters/dynamo-articles.ts';
import { memoryArticles } from '../../functions/adapters/memory-articles.ts';
import type { ArticlesPort } from '../../functions/ports.ts';
import { idOf } from './rows.ts';
import { embeddedDynamo } from './tables.ts';

const database = embeddedDynamo();

const stores: { name: string; make: () => Promise<ArticlesPort> }[] = [
  { name: 'memory', make: async () => memoryArticles() },
  {
    name: 'DynamoDB',
    make: async () => dynamoArticles(database.client, await database.table('articles')),
  },
];

describe.each(stores)('fingerprints in $name', ({ make }) => {
  it('belong to the first who claims them, again and again', async () => {
    const articles = await make();

    expect(await articles.readFingerprint('f1')).toBeUndefined();
    expect(await articles.claimFingerprint('f1', idOf(1))).toEqual({ by: 'article', id: idOf(1) });
    expect(await articles.claimFingerprint('f1', idOf(2))).toEqual({ by: 'article', id: idOf(1) });
    expect(await articles.claimFingerprint('f1', idOf(1))).toEqual({ by: 'article', id: idOf(1) });
    expect(await articles.readFingerprint('f1')).toEqual({ by: 'article', id: idOf(1) });
  });

  it('stay with a tombstone for ever', async () => {
    const articles = await make();
    await articles.claimFingerprint('f1', idOf(1));

    await articles.entombFingerprint('f1', idOf(1));

    const claim = { by: 'tombstone', id: idOf(1) };
    expect(await articles.claimFingerprint('f1', idOf(1))).toEqual(claim);
    expect(await articles.readFingerprint('f1')).toEqual(claim);
  });
});
