import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { dynamoArticles } from '../../functions/adapters/dynamo-articles.ts';
import { memoryArticles } from '../../functions/adapters/memory-articles.ts';
import type { LiveArticle } from '../../functions/domain/news/article.ts';
import type { ArticlesPort, Page } from '../../functions/ports.ts';
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

type List = (cursor: string | null) => Promise<Page<LiveArticle>>;

/** The ids of every page, so that a page too many or a lost article shows. */
const pagesOf = async (list: List): Promise<string[][]> => {
  const pages: string[][] = [];
  let cursor: string | null = null;
  do {
    const page: Page<LiveArticle> = await list(cursor);
    pages.push(page.items.map(({ id }) => id));
    cursor = page.next;
  } while (cursor !== null && pages.length < 20);
  return pages;
};

describe.each(stores)('the lists in $name', ({ make }) => {
  it('are newest first, over days, page by page to the end', async () => {
    const articles = await make();
    for (const n of [30, 2, 14, 1, 700, 29, 3]) await articles.publish(liveArticle(n));

    const pages = await pagesOf((cursor) => articles.newest(3, cursor));

    expect(pages).toEqual([
      [idOf(1), idOf(2), idOf(3)],
      [idOf(14), idOf(29), idOf(30)],
      [idOf(700)],
    ]);
  });

  it('end where the articles end, with no empty page behind', async () => {
    const articles = await make();
    for (const n of [1, 2, 3, 4]) await articles.publish(liveArticle(n));

    expect((await articles.newest(4, null)).next).toBeNull();
    expect(await pagesOf((cursor) => articles.newest(2, cursor))).toHaveLength(2);
    expect(await pagesOf((cursor) => articles.ofSource('herald', 2, cursor))).toHaveLength(2);
  });

  it('are empty on a new site', async () => {
    const articles = await make();

    expect(await articles.newest(10, null)).toEqual({ items: [], next: null });
    expect(await articles.ofSource('herald', 10, null)).toEqual({ items: [], next: null });
  });

  it('tell sources apart', async () => {
    const articles = await make();
    for (const n of [1, 2, 3]) await articles.publish(liveArticle(n));
    await articles.publish(liveArticle(4, { sourceId: 'gazette' }));

    expect(await pagesOf((cursor) => articles.ofSource('herald', 2, cursor))).toEqual([
      [idOf(1), idOf(2)],
      [idOf(3)],
    ]);
    expect((await articles.ofSource('gazette', 9, null)).items).toHaveLength(1);
  });

  it('hold apart two articles of the same moment', async () => {
    const articles = await make();
    const { publishedAt } = liveArticle(1);
    for (const n of [1, 2, 3]) await articles.publish(liveArticle(n, { publishedAt }));

    const pages = await pagesOf((cursor) => articles.newest(1, cursor));

    expect(pages.flat().sort()).toEqual([idOf(1), idOf(2), idOf(3)]);
  });

  it('show no hidden, erased, alias or absent row, and show again what is shown', async () => {
    const articles = await make();
    for (const n of [1, 2, 3]) await articles.publish(liveArticle(n));
    await articles.note({ state: 'absent', id: idOf(4), reason: 'paywall', seen: {} });
    await articles.hide(idOf(1), 'c1');
    await articles.entomb(tombstone(2));
    expect((await articles.newest(9, null)).items.map(({ id }) => id)).toEqual([idOf(3)]);

    await articles.show(idOf(1), 'c1');

    expect((await articles.newest(9, null)).items).toEqual([liveArticle(1), liveArticle(3)]);
    expect((await articles.ofSource('herald', 9, null)).items).toHaveLength(2);
  });

  it('list an article that was published hidden once it is shown', async () => {
    const articles = await make();
    await articles.publish(liveArticle(1, { state: 'hidden', holds: ['c1'] }));
    expect((await articles.newest(9, null)).items).toEqual([]);

    await articles.show(idOf(1), 'c1');

    expect((await articles.newest(9, null)).items).toEqual([liveArticle(1)]);
  });

  it('follow an update that changes the date or the source', async () => {
    const articles = await make();
    await articles.publish(liveArticle(1));
    const moved = { version: 2, sourceId: 'gazette', publishedAt: liveArticle(100).publishedAt };

    await articles.replace(liveArticle(1, moved));

    expect((await articles.ofSource('herald', 9, null)).items).toEqual([]);
    expect((await articles.ofSource('gazette', 9, null)).items).toHaveLength(1);
    expect((await articles.newest(9, null)).items).toEqual([liveArticle(1, moved)]);
  });

  it.each(['', 'x', '2026', "2026-11-24' OR 1=1", '9'.repeat(5000), '\u0000'])(
    'begin at the beginning for a cursor that is none of ours (%#)',
    async (cursor) => {
      const articles = await make();
      await articles.publish(liveArticle(1));

      expect((await articles.newest(9, cursor)).items).toHaveLength(1);
      expect((await articles.ofSource('herald', 9, cursor)).items).toHaveLength(1);
    },
  );
});

describe('the lists of the Articles table', () => {
  it('drop what the index still names but the row no longer shows, and fill the page', async () => {
    const name = await database.table('articles');
    const articles = dynamoArticles(database.client, name);
    for (const n of [1, 2, 3, 4, 5]) await articles.publish(liveArticle(n));
    for (const n of [1, 2, 3]) {
      // An index entry that lags behind its row: hidden, and still listed.
      await database.client.send(
        new UpdateItemCommand({
          TableName: name,
          Key: { pk: { S: `ART#${idOf(n)}` } },
          UpdateExpression: 'SET #state = :hidden',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: { ':hidden': { S: 'hidden' } },
        }),
      );
    }

    const pages = await pagesOf((cursor) => articles.newest(1, cursor));

    expect(pages).toEqual([[idOf(4)], [idOf(5)]]);
  });

  it('find a day that another run has opened', async () => {
    const name = await database.table('articles');
    const one = dynamoArticles(database.client, name);
    const other = dynamoArticles(database.client, name);
    await one.publish(liveArticle(1));
    await other.publish(liveArticle(2));
    await other.publish(liveArticle(50));

    expect((await one.newest(9, null)).items).toHaveLength(3);
  });
});
