import type { ArticleId } from '../domain/news/article.ts';
import { pagePathOf } from '../domain/news/article.ts';

/** What every page knows of the place it is served from. */
export type Site = {
  title: string;
  adminAddress: string;
  /** As the reader's browser sees it, without a trailing slash: 'https://news.example'. */
  origin: string;
};

export const pageUrlOf = (site: Site, id: ArticleId): string => site.origin + pagePathOf(id);
export const sourcePathOf = (sourceId: string): string => `/source/${encodeURIComponent(sourceId)}`;

/** 'articles/<id>/pictures/0.jpg' in the bucket is '/article/<id>/pictures/0.jpg' here. */
export const picturePathOf = (key: string): string => key.replace(/^articles\//, '/article/');
