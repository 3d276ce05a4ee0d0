import type { Sha256 } from '../audit/chain.ts';
import type { ArticleId, ArticleRow, LiveArticle, Tombstone } from '../news/article.ts';
import { articleIdOf } from '../news/canonical-url.ts';
import type { Taken } from './correspondence.ts';
import type { NamedUrl } from './notice.ts';

type Candidate = NamedUrl & {
  /** Rows that the URL may name, the likeliest first. */
  ids: ArticleId[];
};

export type Matched = { url: string; taken: Taken; article: ArticleId | null };

const ourPage = /^\/article\/([0-9a-f]{32})(?:\/|$)/;

/**
 * @NOTE any host may be ours: the same site may answer under several. A publisher's
 * own pages may have the same form, so the URL is always tried as an original too.
 */
const idsOf = (url: string, sha256: Sha256): (ArticleId | null)[] => [
  ourPage.exec(URL.parse(url)?.pathname ?? '')?.[1] ?? null,
  articleIdOf(url, sha256),
];

/** The articles that each URL may name: by our own page, or by its original. */
export const candidatesOf = (urls: readonly NamedUrl[], sha256: Sha256): Candidate[] =>
  urls.map((named) => {
    const ids = [named.url, ...named.others].flatMap((url) => idsOf(url, sha256));
    return { ...named, ids: [...new Set(ids.filter((id) => id !== null))] };
  });

export type Rows = ReadonlyMap<ArticleId, ArticleRow>;

/** Articles that must be read as well, because a row read leads to them. */
export const aliasTargets = (rows: Rows): ArticleId[] => [
  ...new Set([...rows.values()].flatMap((row) => (row.state === 'alias' ? [row.aliasOf] : []))),
];

const resolve = (id: ArticleId, rows: Rows): LiveArticle | Tombstone | null => {
  const found = rows.get(id);
  const row = found?.state === 'alias' ? rows.get(found.aliasOf) : found;
  return row === undefined || row.state === 'alias' || row.state === 'absent' ? null : row;
};

const matchOne = ({ url, where, ids }: Candidate, rows: Rows): Matched => {
  const held = ids.map((id) => resolve(id, rows)).filter((row) => row !== null);
  const article = held.find((row) => row.state !== 'tombstone');
  if (article !== undefined) {
    return { url, taken: where === 'excluded' ? 'excluded' : 'article', article: article.id };
  }
  const tombstone = held[0];
  if (tombstone !== undefined) return { url, taken: 'tombstone', article: tombstone.id };
  return { url, taken: where === 'excluded' ? 'excluded' : 'unknown', article: null };
};

/** Says of each URL what it was taken for. */
export const match = (candidates: readonly Candidate[], rows: Rows): Matched[] =>
  candidates.map((candidate) => matchOne(candidate, rows));

/** The articles that are asked for, each once, whatever URLs named it. */
export const articlesOf = (matched: readonly Matched[]): ArticleId[] => [
  ...new Set(
    matched.flatMap(({ taken, article }) =>
      taken === 'article' && article !== null ? [article] : [],
    ),
  ),
];
