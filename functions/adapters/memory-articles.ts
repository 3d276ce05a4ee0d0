import type { ArticleId, ArticleRow, LiveArticle } from '../domain/news/article.ts';
import type { ArticlesPort, Claim, Page } from '../ports.ts';
import { cursorOf, listedAt, pageOf } from './article-lists.ts';

export type MemoryArticles = ArticlesPort & {
  rows: Map<ArticleId, ArticleRow>;
  fingerprints: Map<string, Claim>;
};

const isArticle = (row: ArticleRow | undefined): row is LiveArticle =>
  row?.state === 'live' || row?.state === 'hidden';

type Rows = Map<ArticleId, ArticleRow>;

const reading = (rows: Rows): Pick<ArticlesPort, 'get' | 'getMany' | 'newest' | 'ofSource'> => {
  const list = (
    isListed: (row: LiveArticle) => boolean,
    limit: number,
    cursor: string | null,
  ): Page<LiveArticle> => {
    const before = cursorOf(cursor);
    const articles = [...rows.values()]
      .filter(isArticle)
      .filter((row) => row.state === 'live' && isListed(row))
      .filter((row) => before === null || listedAt(row) < before)
      .sort((a, b) => (listedAt(a) < listedAt(b) ? 1 : -1));
    return structuredClone(pageOf(articles, limit));
  };
  return {
    get: async (id) => structuredClone(rows.get(id)),
    getMany: async (ids) => {
      const found: Rows = new Map();
      for (const id of ids) {
        const row = rows.get(id);
        if (row) found.set(id, structuredClone(row));
      }
      return found;
    },
    newest: async (limit, cursor) => list(() => true, limit, cursor),
    ofSource: async (sourceId, limit, cursor) =>
      list((row) => row.sourceId === sourceId, limit, cursor),
  };
};

const writing = (rows: Rows) => {
  const store = (row: ArticleRow, isFree: boolean): 'stored' | 'taken' => {
    if (!isFree) return 'taken';
    rows.set(row.id, structuredClone(row));
    return 'stored';
  };
  return {
    publish: async (row) => {
      const state = rows.get(row.id)?.state;
      return store(row, state === undefined || state === 'absent');
    },
    replace: async (row) => {
      const old = rows.get(row.id);
      return store(row, old?.state === 'live' && old.version === row.version - 1);
    },
    note: async (row) => {
      const state = rows.get(row.id)?.state;
      return store(row, state === undefined || state === 'alias' || state === 'absent');
    },
    entomb: async (tombstone) => {
      rows.set(tombstone.id, structuredClone(tombstone));
    },
  } satisfies Partial<ArticlesPort>;
};

const changing = (rows: Rows) =>
  ({
    markSeen: async (id, feedId, entryHash) => {
      const row = rows.get(id);
      if (isArticle(row) || row?.state === 'alias') row.seen[feedId] = entryHash;
    },
    addAlias: async (id, alias) => {
      const row = rows.get(id);
      if (isArticle(row) && !row.aliases.includes(alias)) row.aliases.push(alias);
    },
    hide: async (id, caseId) => {
      const row = rows.get(id);
      if (!isArticle(row)) return;
      row.holds = [...new Set([...row.holds, caseId])].sort();
      row.state = 'hidden';
    },
    show: async (id, caseId) => {
      const row = rows.get(id);
      if (!isArticle(row)) return;
      row.holds = row.holds.filter((hold) => hold !== caseId);
      row.state = row.holds.length === 0 ? 'live' : 'hidden';
    },
  }) satisfies Partial<ArticlesPort>;

const fingerprinting = (fingerprints: Map<string, Claim>) =>
  ({
    claimFingerprint: async (fingerprint, id) => {
      const claim = fingerprints.get(fingerprint) ?? { by: 'article', id };
      fingerprints.set(fingerprint, claim);
      return { ...claim };
    },
    readFingerprint: async (fingerprint) => structuredClone(fingerprints.get(fingerprint)),
    entombFingerprint: async (fingerprint, id) => {
      fingerprints.set(fingerprint, { by: 'tombstone', id });
    },
  }) satisfies Partial<ArticlesPort>;

export const memoryArticles = (): MemoryArticles => {
  const rows: Rows = new Map();
  const fingerprints = new Map<string, Claim>();
  return {
    rows,
    fingerprints,
    ...reading(rows),
    ...writing(rows),
    ...changing(rows),
    ...fingerprinting(fingerprints),
  };
};
