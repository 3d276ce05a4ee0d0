import {
  type ArticleId,
  type ArticleRow,
  type Body,
  bodyKeyOf,
  type LiveArticle,
  pagePathOf,
  prefixOf,
} from '../../domain/news/article.ts';
import { relatedOf } from '../../domain/news/related.ts';
import { logger, type WebResponse } from '../../runtime/lambda.ts';
import { articlePage } from '../../views/article-page.ts';
import { notFound } from '../../views/message-page.ts';
import { message, picture, redirect, removed, shown } from './answers.ts';
import type { Ask } from './ask.ts';

const candidateCount = 60;
const relatedCount = 4;

const isBody = (body: Partial<Body> | null): body is Body =>
  typeof body?.html === 'string' && Array.isArray(body.pictures);

const parseBody = (bytes: Uint8Array): Body | null => {
  try {
    const body = JSON.parse(Buffer.from(bytes).toString('utf8')) as Partial<Body> | null;
    return isBody(body) ? body : null;
  } catch {
    return null;
  }
};

/** A live row whose body is lost is still a headline, an excerpt and a link. */
const bodyOf = async ({ ports }: Ask, { id, display }: LiveArticle): Promise<Body | null> => {
  if (display !== 'full') return null;
  const stored = await ports.bodies.get(bodyKeyOf(id));
  const body = stored ? parseBody(stored.bytes) : null;
  if (body === null) logger.warn('a live article has no readable body', { article: id });
  return body;
};

const live = async (ask: Ask, article: LiveArticle): Promise<WebResponse> => {
  const [body, candidates] = await Promise.all([
    bodyOf(ask, article),
    ask.ports.articles.newest(candidateCount, null),
  ]);
  const related = relatedOf(article, candidates.items, relatedCount);
  const view = { site: ask.site, now: ask.now, article, body, related };
  return shown(articlePage(view), [article.id, ...related.map(({ id }) => id)]);
};

/** An alias leads to the article's page, or says at once that the article is gone. */
const alias = async (ask: Ask, target: ArticleId): Promise<WebResponse> => {
  const row = await ask.ports.articles.get(target);
  const isThere = row?.state === 'live' || row?.state === 'alias';
  return isThere ? redirect(pagePathOf(target), target) : notLive(ask, row);
};

const notLive = (ask: Ask, row: ArticleRow | undefined): WebResponse => {
  if (row?.state === 'hidden') return removed(ask, { state: 'hidden' });
  if (row?.state === 'tombstone') return removed(ask, row);
  return message(ask, 404, notFound);
};

export const article = async (ask: Ask, id: ArticleId): Promise<WebResponse> => {
  const row = await ask.ports.articles.get(id);
  if (row?.state === 'live') return live(ask, row);
  if (row?.state === 'alias') return alias(ask, row.aliasOf);
  return notLive(ask, row);
};

/** Kinds that show a picture and can run nothing: no SVG. */
const pictureTypes = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif']);

/** A picture is public exactly while its article is, in full. */
export const articlePicture = async (
  ask: Ask,
  id: ArticleId,
  name: string,
): Promise<WebResponse> => {
  const row = await ask.ports.articles.get(id);
  if (row?.state !== 'live') return notLive(ask, row);
  const stored =
    row.display === 'full'
      ? await ask.ports.bodies.get(`${prefixOf(id)}pictures/${name}`)
      : undefined;
  return stored && pictureTypes.has(stored.contentType)
    ? picture(stored.bytes, stored.contentType, id)
    : message(ask, 404, notFound);
};
