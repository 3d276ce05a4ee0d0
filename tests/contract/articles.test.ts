import { GetItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { dynamoArticles } from '../../functions/adapters/dynamo-articles.ts';
import { memoryArticles } from '../../functions/adapters/memory-articles.ts';
import type { Absent, Alias } from '../../functions/domain/news/article.ts';
import type { ArticlesPort } from '../../functions/ports.ts';
import { idOf, liveArticle, tombstone } from './rows.ts';
import { embeddedDynamo } from './tables.ts';

const database = embeddedDynamo();

const stores: { name: string; make: () => Promise<ArticlesPort> }[] = [
  { name: 'memory', make: async () => memoryArticles() },
  {
    name: 'DynamoDB',
    make: async () => dynamoArticles(database.client, await database.table('articles')),
  },
];

const alias: Alias = { state: 'alias', id: idOf(1), aliasOf: idOf(2), seen: { herald: 'h1' } };
const absent: Absent = { state: 'absent', id: idOf(1), reason: 'paywall', seen: {} };

describe.each(stores)('the article rows in $name', ({ make }) => {
  it('publishes where nothing or an absent row stands, and nowhere else', async () => {
    const articles = await make();

    expect(await articles.note(absent)).toBe('stored');
    expect(await articles.publish(liveArticle(1))).toBe('stored');
    expect(await articles.publish(liveArticle(1, { title: 'again' }))).toBe('taken');

    expect(await articles.get(idOf(1))).toEqual(liveArticle(1));
    expect(await articles.get(idOf(9))).toBeUndefined();
  });

  it('keeps gone what is gone: nothing but another tombstone replaces a tombstone', async () => {
    const articles = await make();
    await articles.publish(liveArticle(1, { holds: ['c1'], state: 'hidden' }));
    await articles.entomb(tombstone(1));

    expect(await articles.publish(liveArticle(1))).toBe('taken');
    expect(await articles.replace(liveArticle(1, { version: 2 }))).toBe('taken');
    expect(await articles.note(alias)).toBe('taken');
    await articles.hide(idOf(1), 'c2');
    await articles.show(idOf(1), 'c1');
    await articles.markSeen(idOf(1), 'herald', 'h2');
    await articles.addAlias(idOf(1), idOf(3));

    expect(await articles.get(idOf(1))).toEqual(tombstone(1));
  });

  it('entombs an address nobody ever published', async () => {
    const articles = await make();

    await articles.entomb(tombstone(1));

    expect(await articles.publish(liveArticle(1))).toBe('taken');
  });

  it('replaces only the version before, and only while it is live', async () => {
    const articles = await make();
    expect(await articles.replace(liveArticle(1, { version: 2 }))).toBe('taken');
    await articles.publish(liveArticle(1));

    expect(await articles.replace(liveArticle(1, { version: 3 }))).toBe('taken');
    expect(await articles.replace(liveArticle(1, { version: 2, title: 'new' }))).toBe('stored');
    expect(await articles.replace(liveArticle(1, { version: 2 }))).toBe('taken');
    await articles.hide(idOf(1), 'c1');
    expect(await articles.replace(liveArticle(1, { version: 3 }))).toBe('taken');

    expect(await articles.get(idOf(1))).toMatchObject({ version: 2, title: 'new' });
  });

  it('notes an alias or an absence over another, but not over an article', async () => {
    const articles = await make();

    expect(await articles.note(absent)).toBe('stored');
    expect(await articles.note(alias)).toBe('stored');
    expect(await articles.get(idOf(1))).toEqual(alias);
    expect(await articles.publish(liveArticle(1))).toBe('taken');
    await articles.publish(liveArticle(2));
    expect(await articles.note({ ...absent, id: idOf(2) })).toBe('taken');
  });

  it('remembers what was seen on an article or an alias, and creates no row', async () => {
    const articles = await make();
    await articles.publish(liveArticle(2));
    await articles.note(alias);

    await articles.markSeen(idOf(2), 'weird.feed id', 'h2');
    await articles.markSeen(idOf(1), 'herald', 'h3');
    await articles.markSeen(idOf(9), 'herald', 'h4');

    expect(await articles.get(idOf(2))).toMatchObject({
      seen: { herald: 'h1', 'weird.feed id': 'h2' },
    });
    expect(await articles.get(idOf(1))).toMatchObject({ seen: { herald: 'h3' } });
    expect(await articles.get(idOf(9))).toBeUndefined();
  });

  it('adds an alias once', async () => {
    const articles = await make();
    await articles.publish(liveArticle(1));

    await articles.addAlias(idOf(1), idOf(7));
    await articles.addAlias(idOf(1), idOf(8));
    await articles.addAlias(idOf(1), idOf(7));
    await articles.addAlias(idOf(9), idOf(7));

    expect(await articles.get(idOf(1))).toEqual(liveArticle(1, { aliases: [idOf(7), idOf(8)] }));
    expect(await articles.get(idOf(9))).toBeUndefined();
  });

  it('shows an article again only when the last case lets go of it', async () => {
    const articles = await make();
    await articles.publish(liveArticle(1));
    await articles.hide(idOf(1), 'c2');
    await articles.hide(idOf(1), 'c1');
    await articles.hide(idOf(1), 'c1');
    expect(await articles.get(idOf(1))).toEqual(
      liveArticle(1, { state: 'hidden', holds: ['c1', 'c2'] }),
    );

    await articles.show(idOf(1), 'c1');
    await articles.show(idOf(1), 'c-unknown');
    expect(await articles.get(idOf(1))).toMatchObject({ state: 'hidden', holds: ['c2'] });

    await articles.show(idOf(1), 'c2');
    expect(await articles.get(idOf(1))).toEqual(liveArticle(1));
    await articles.show(idOf(1), 'c2');
    expect(await articles.get(idOf(1))).toEqual(liveArticle(1));
  });

  it('hides and shows nothing where no article stands', async () => {
    const articles = await make();
    await articles.note(alias);

    await articles.hide(idOf(1), 'c1');
    await articles.show(idOf(1), 'c1');
    await articles.hide(idOf(9), 'c1');
    await articles.show(idOf(9), 'c1');

    expect(await articles.get(idOf(1))).toEqual(alias);
    expect(await articles.get(idOf(9))).toBeUndefined();
  });

  it('gets many rows at once, more than one batch, and skips what is not there', async () => {
    const articles = await make();
    const numbers = Array.from({ length: 120 }, (_, n) => n + 1);
    await Promise.all(numbers.map((n) => articles.publish(liveArticle(n))));

    const rows = await articles.getMany([idOf(1), idOf(1), ...numbers.map(idOf), idOf(999)]);

    expect(rows.size).toBe(120);
    expect(rows.get(idOf(120))).toEqual(liveArticle(120));
    expect((await articles.getMany([])).size).toBe(0);
  });
});

describe('the Articles table', () => {
  it('leaves nothing of an article in the row or any index of its tombstone', async () => {
    const name = await database.table('articles');
    const articles = dynamoArticles(database.client, name);
    await articles.publish(liveArticle(1));

    await articles.entomb(tombstone(1));

    const ask = { TableName: name, Key: { pk: { S: `ART#${idOf(1)}` } } };
    const { Item } = await database.client.send(new GetItemCommand(ask));
    expect(Object.keys(Item ?? {}).sort()).toEqual(['caseId', 'erasedAt', 'id', 'pk', 'state']);
    for (const IndexName of ['byDay', 'bySource']) {
      const scan = new ScanCommand({ TableName: name, IndexName });
      expect((await database.client.send(scan)).Items).toEqual([]);
    }
  });

  it('takes a hidden article out of both indexes', async () => {
    const name = await database.table('articles');
    const articles = dynamoArticles(database.client, name);
    await articles.publish(liveArticle(1));

    await articles.hide(idOf(1), 'c1');

    for (const IndexName of ['byDay', 'bySource']) {
      const scan = new ScanCommand({ TableName: name, IndexName });
      expect((await database.client.send(scan)).Items).toEqual([]);
    }
  });
});
