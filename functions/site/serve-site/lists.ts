import type { LiveArticle } from '../../domain/news/article.ts';
import type { Page } from '../../ports.ts';
import type { WebResponse } from '../../runtime/lambda.ts';
import { rssFeed } from '../../views/feed.ts';
import { listPage } from '../../views/list-page.ts';
import { badCursor, notFound } from '../../views/message-page.ts';
import { sourcePathOf } from '../../views/site.ts';
import { feed, message, shown } from './answers.ts';
import type { Ask } from './ask.ts';
import { openCursor, sealCursor } from './cursor.ts';

const perPage = 24;
const perFeed = 30;

type List = {
  path: string;
  heading: string;
  homeUrl: string | null;
  read(limit: number, cursor: string | null): Promise<Page<LiveArticle>>;
};

const idsOf = (articles: readonly LiveArticle[]): string[] => articles.map(({ id }) => id);

const feedPathOf = (path: string): string => (path === '/' ? '/feed.xml' : `${path}/feed.xml`);

const frontList = ({ ports }: Ask): List => ({
  path: '/',
  heading: 'Latest',
  homeUrl: null,
  read: (limit, cursor) => ports.articles.newest(limit, cursor),
});

const sourceList = async ({ ports }: Ask, sourceId: string): Promise<List | undefined> => {
  const source = await ports.feeds.get(sourceId);
  return (
    source && {
      path: sourcePathOf(sourceId),
      heading: source.terms.title,
      homeUrl: source.terms.homeUrl,
      read: (limit, cursor) => ports.articles.ofSource(sourceId, limit, cursor),
    }
  );
};

const listAnswer = async (ask: Ask, list: List): Promise<WebResponse> => {
  const { site, now, before } = ask;
  const { path, heading, homeUrl } = list;
  const cursor = before === null ? null : openCursor(path, before);
  if (before !== null && cursor === null) return message(ask, 400, badCursor);
  const { items: articles, next } = await list.read(perPage, cursor);
  const older = next === null ? null : sealCursor(path, next);
  const feedPath = feedPathOf(path);
  const isFirstPage = cursor === null;
  const view = { site, now, heading, path, feedPath, homeUrl, articles, isFirstPage, older };
  return shown(listPage(view), idsOf(articles));
};

const feedUrlsOf = async ({ ports }: Ask, articles: readonly LiveArticle[]) => {
  const ids = [...new Set(articles.map(({ sourceId }) => sourceId))];
  const sources = await Promise.all(ids.map((id) => ports.feeds.get(id)));
  return new Map(
    sources.flatMap((source) => (source ? [[source.terms.id, source.terms.feedUrl]] : [])),
  );
};

const feedAnswer = async (ask: Ask, { path, heading, read }: List): Promise<WebResponse> => {
  const { site } = ask;
  const { items: articles } = await read(perFeed, null);
  const feedUrls = await feedUrlsOf(ask, articles);
  const title = path === '/' ? site.title : `${heading} – ${site.title}`;
  const view = { site, title, path, feedPath: feedPathOf(path), articles, feedUrls };
  return feed(rssFeed(view), idsOf(articles));
};

export const front = (ask: Ask): Promise<WebResponse> => listAnswer(ask, frontList(ask));

export const frontFeed = (ask: Ask): Promise<WebResponse> => feedAnswer(ask, frontList(ask));

export const source = async (ask: Ask, sourceId: string): Promise<WebResponse> => {
  const list = await sourceList(ask, sourceId);
  return list ? listAnswer(ask, list) : message(ask, 404, notFound);
};

export const sourceFeed = async (ask: Ask, sourceId: string): Promise<WebResponse> => {
  const list = await sourceList(ask, sourceId);
  return list ? feedAnswer(ask, list) : message(ask, 404, notFound);
};
