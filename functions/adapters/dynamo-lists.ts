import type { ArticleId, ArticleRow, LiveArticle } from '../domain/news/article.ts';
import type { ArticlesPort, Page } from '../ports.ts';
import { cursorOf, pageOf } from './article-lists.ts';
import type { Item } from './dynamo.ts';
import type { Query, Table } from './dynamo-table.ts';

type GetMany = (ids: readonly ArticleId[]) => Promise<Map<ArticleId, ArticleRow>>;

export type ArticleLists = Pick<ArticlesPort, 'newest' | 'ofSource'> & {
  /** Must come before a row is listed under a day, or no list would look there. */
  openDay(day: string): Promise<void>;
};

/** The one row that says on which days anything was ever published. */
const daysKey = { pk: 'DAYS' };

const daysRow = (table: Table) => {
  const known = new Set<string>();
  return {
    read: async (): Promise<string[]> => {
      const row = await table.get(daysKey);
      return (row?.['days'] as string[] | undefined) ?? [];
    },
    add: async (day: string): Promise<void> => {
      if (known.has(day)) return;
      const change = { text: 'ADD #days :days', values: { ':days': new Set([day]) } };
      const isNew = {
        text: 'NOT contains(#days, :day)',
        names: { '#days': 'days' },
        values: { ':day': day },
      };
      await table.update(daysKey, change, isNew);
      known.add(day);
    },
  };
};

/** Reads keys from an index and the rows behind them, until there is a page and one more. */
const collect = async (
  keys: AsyncIterable<Item>,
  getMany: GetMany,
  limit: number,
): Promise<Page<LiveArticle>> => {
  const found: LiveArticle[] = [];
  let ids: ArticleId[] = [];
  const flush = async (): Promise<void> => {
    const rows = await getMany(ids);
    for (const id of ids) {
      const row = rows.get(id);
      // The index lags behind the table: a row may be hidden or gone by now.
      if (row?.state === 'live') found.push(row);
    }
    ids = [];
  };
  for await (const { pk } of keys) {
    if (ids.push(String(pk).slice('ART#'.length)) + found.length <= limit) continue;
    await flush();
    if (found.length > limit) break;
  }
  await flush();
  return pageOf(found, limit);
};

/** The lists of live articles, newest first, by the indexes `byDay` and `bySource`. */
export const dynamoLists = (table: Table, getMany: GetMany): ArticleLists => {
  const days = daysRow(table);
  const newestOf = (index: string, hash: Query['hash'], limit: number, before: string | null) =>
    table.query({
      index,
      hash,
      ...(before !== null && { range: ['listedAt', '<', before] }),
      lastFirst: true,
      pageSize: limit + 1,
    });
  async function* byDay(limit: number, before: string | null): AsyncGenerator<Item> {
    const isEarlier = (day: string) => before === null || day <= before.slice(0, 10);
    for (const day of (await days.read()).filter(isEarlier).sort().reverse()) {
      yield* newestOf('byDay', ['listDay', day], limit, before);
    }
  }
  return {
    openDay: days.add,
    newest: (limit, cursor) => collect(byDay(limit, cursorOf(cursor)), getMany, limit),
    ofSource: (sourceId, limit, cursor) => {
      const keys = newestOf('bySource', ['listSource', sourceId], limit, cursorOf(cursor));
      return collect(keys, getMany, limit);
    },
  };
};
