import type { LiveArticle } from '../domain/news/article.ts';

/** The place of a live article in every list: text order is time order, no two are equal. */
export const listedAt = (row: Pick<LiveArticle, 'publishedAt' | 'id'>): string =>
  `${row.publishedAt}#${row.id}`;

const cursorForm = /^\d{4}-\d\d-\d\dT[\d:.]{8,15}Z#[0-9a-z-]{1,64}$/;

/** A cursor comes from a public address: anything but our own form is the first page. */
export const cursorOf = (cursor: string | null): string | null =>
  cursor !== null && cursorForm.test(cursor) ? cursor : null;

/** Cuts one page of `limit` from at least `limit + 1` articles, where there are so many. */
export const pageOf = (
  articles: readonly LiveArticle[],
  limit: number,
): { items: LiveArticle[]; next: string | null } => {
  const items = articles.slice(0, limit);
  const last = items.at(-1);
  return { items, next: last && articles.length > limit ? listedAt(last) : null };
};
