import { dynamoClient } from '../adapters/dynamo.ts';
import { dynamoArticles } from '../adapters/dynamo-articles.ts';
import { dynamoFeeds } from '../adapters/dynamo-feeds.ts';
import { s3Bodies } from '../adapters/s3-bodies.ts';
import type { Instant } from '../domain/time.ts';
import { env } from '../runtime/env.ts';
import { logger, type WebRequest, type WebResponse, web } from '../runtime/lambda.ts';
import { broken, wrongMethod } from '../views/message-page.ts';
import { message, withoutBody } from './serve-site/answers.ts';
import { type Ask, askOf, type Settings, type SitePorts } from './serve-site/ask.ts';
import { route } from './serve-site/routes.ts';

export type Env = {
  ARTICLES_TABLE: string;
  FEEDS_TABLE: string;
  CONTENT_BUCKET: string;
  ADMIN_ADDRESS: string;
  SITE_TITLE: string;
};

/** A failure reaches the log with its reason, and the reader without. */
const answerTo = async (ask: Ask): Promise<WebResponse> => {
  try {
    return await route(ask);
  } catch (error) {
    logger.error('page failed', { path: ask.path, error });
    return message(ask, 500, broken);
  }
};

/** Serves every public page; nothing is written. Answers, never throws. */
export const serveSite =
  (ports: SitePorts, settings: Settings) =>
  async (request: WebRequest, now: Instant): Promise<WebResponse> => {
    const ask = askOf(request, now, ports, settings);
    const { method } = request.requestContext.http;
    if (method === 'GET') return answerTo(ask);
    if (method === 'HEAD') return withoutBody(await answerTo(ask));
    return message(ask, 405, wrongMethod, { allow: 'GET, HEAD' });
  };

export const handler = web(() => {
  const { ARTICLES_TABLE, FEEDS_TABLE, CONTENT_BUCKET, ADMIN_ADDRESS, SITE_TITLE } = env<Env>();
  const client = dynamoClient();
  return serveSite(
    {
      articles: dynamoArticles(client, ARTICLES_TABLE),
      feeds: dynamoFeeds(client, FEEDS_TABLE),
      bodies: s3Bodies(CONTENT_BUCKET),
    },
    { adminAddress: ADMIN_ADDRESS, siteTitle: SITE_TITLE },
  );
});
