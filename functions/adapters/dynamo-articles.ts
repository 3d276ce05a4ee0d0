import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ArticleId, ArticleRow, LiveArticle } from '../domain/news/article.ts';
import { Retryable } from '../errors.ts';
import type { ArticlesPort, Claim } from '../ports.ts';
import { listedAt } from './article-lists.ts';
import type { Item } from './dynamo.ts';
import { type ArticleLists, dynamoLists } from './dynamo-lists.ts';
import { both, dynamoTable, type Expression, type Table } from './dynamo-table.ts';

const keyOf = (id: ArticleId): Item => ({ pk: `ART#${id}` });

const listKeysOf = (row: LiveArticle) => ({
  listSource: row.sourceId,
  listDay: row.publishedAt.slice(0, 10),
  listedAt: listedAt(row),
});

const isArticle = (row: ArticleRow): row is LiveArticle =>
  row.state === 'live' || row.state === 'hidden';

const itemOf = (row: ArticleRow): object => ({
  ...keyOf(row.id),
  ...row,
  ...(isArticle(row) && { holds: new Set(row.holds) }),
  ...(row.state === 'live' && listKeysOf(row)),
});

const rowOf = (item: Item): ArticleRow => {
  const { pk: _pk, listSource: _source, listDay: _day, listedAt: _at, ...stored } = item;
  const row = stored as unknown as ArticleRow;
  return isArticle(row) ? { ...row, holds: row.holds ?? [] } : row;
};

const state = { '#state': 'state' };

const stateIn = (...states: ArticleRow['state'][]): Expression => ({
  text: `#state IN (${states.map((name) => `:is_${name}`).join(', ')})`,
  names: state,
  values: Object.fromEntries(states.map((name) => [`:is_${name}`, name])),
});

const orNothing = ({ text, ...rest }: Expression): Expression => ({
  text: `attribute_not_exists(pk) OR ${text}`,
  ...rest,
});

const storing = (table: Table, lists: ArticleLists) => {
  const store = async (row: ArticleRow, when: Expression): Promise<'stored' | 'taken'> => {
    if (row.state === 'live') await lists.openDay(listKeysOf(row).listDay);
    return (await table.put(itemOf(row), when)) ? 'stored' : 'taken';
  };
  return {
    publish: (row) => store(row, orNothing(stateIn('absent'))),
    replace: (row) =>
      store(row, {
        text: '#state = :live AND #version = :version',
        names: { ...state, '#version': 'version' },
        values: { ':live': 'live', ':version': row.version - 1 },
      }),
    note: (row) => store(row, orNothing(stateIn('alias', 'absent'))),
    entomb: async (tombstone) => {
      await table.put(itemOf(tombstone));
    },
  } satisfies Partial<ArticlesPort>;
};

/** A tombstone is never changed: every condition names the states it may touch. */
const changing = (table: Table, lists: ArticleLists) => {
  const lift = async (row: LiveArticle): Promise<void> => {
    const keys = listKeysOf(row);
    await lists.openDay(keys.listDay);
    const text = 'SET #state = :live, listSource = :source, listDay = :day, listedAt = :listedAt';
    const values = {
      ':live': 'live',
      ':source': keys.listSource,
      ':day': keys.listDay,
      ':listedAt': keys.listedAt,
    };
    const isFree = both(stateIn('hidden'), { text: 'attribute_not_exists(holds)' });
    await table.update(keyOf(row.id), { text, names: state, values }, isFree);
  };
  return {
    markSeen: async (id, feedId, entryHash) => {
      const names = { '#seen': 'seen', '#feed': feedId };
      const change = { text: 'SET #seen.#feed = :hash', names, values: { ':hash': entryHash } };
      await table.update(keyOf(id), change, stateIn('live', 'hidden', 'alias'));
    },
    addAlias: async (id, alias) => {
      const change = {
        text: 'SET aliases = list_append(aliases, :aliases)',
        values: { ':aliases': [alias] },
      };
      const isNew = both(stateIn('live', 'hidden'), {
        text: 'NOT contains(aliases, :alias)',
        values: { ':alias': alias },
      });
      await table.update(keyOf(id), change, isNew);
    },
    hide: async (id, caseId) => {
      const change = {
        text: 'SET #state = :hidden REMOVE listSource, listDay, listedAt ADD holds :holds',
        values: { ':hidden': 'hidden', ':holds': new Set([caseId]) },
      };
      await table.update(keyOf(id), change, stateIn('live', 'hidden'));
    },
    show: async (id, caseId) => {
      const change = { text: 'DELETE holds :holds', values: { ':holds': new Set([caseId]) } };
      const item = await table.update(keyOf(id), change, stateIn('live', 'hidden'));
      const row = item && rowOf(item);
      if (row?.state === 'hidden' && row.holds.length === 0) await lift(row);
    },
  } satisfies Partial<ArticlesPort>;
};

const fingerprinting = (table: Table) => {
  const keyFor = (fingerprint: string): Item => ({ pk: `FP#${fingerprint}` });
  const rowFor = (fingerprint: string, { by, id }: Claim): object => ({
    ...keyFor(fingerprint),
    state: by,
    id,
  });
  const read = async (fingerprint: string): Promise<Claim | undefined> => {
    const item = await table.get(keyFor(fingerprint));
    return item && { by: item['state'] as Claim['by'], id: String(item['id']) };
  };
  return {
    claimFingerprint: async (fingerprint, id) => {
      const claim: Claim = { by: 'article', id };
      const isNew = { text: 'attribute_not_exists(pk)' };
      if (await table.put(rowFor(fingerprint, claim), isNew)) return claim;
      const standing = await read(fingerprint);
      if (!standing) throw new Retryable('a fingerprint was there and is not');
      return standing;
    },
    readFingerprint: read,
    entombFingerprint: async (fingerprint, id) => {
      await table.put(rowFor(fingerprint, { by: 'tombstone', id }));
    },
  } satisfies Partial<ArticlesPort>;
};

/** The Articles table: one row an article, live or tombstone, and one a fingerprint. */
export const dynamoArticles = (client: DynamoDBClient, name: string): ArticlesPort => {
  const table = dynamoTable(client, name);
  const getMany = async (ids: readonly ArticleId[]): Promise<Map<ArticleId, ArticleRow>> => {
    const rows = (await table.getMany([...new Set(ids)].map(keyOf))).map(rowOf);
    return new Map(rows.map((row) => [row.id, row]));
  };
  const lists = dynamoLists(table, getMany);
  return {
    get: async (id) => {
      const item = await table.get(keyOf(id));
      return item && rowOf(item);
    },
    getMany,
    newest: lists.newest,
    ofSource: lists.ofSource,
    ...storing(table, lists),
    ...changing(table, lists),
    ...fingerprinting(table),
  };
};
