import { type ArticleId, tagOf } from '../../domain/news/article.ts';
import type { WebResponse } from '../../runtime/lambda.ts';
import type { Html } from '../../views/html.ts';
import { type Message, messagePage } from '../../views/message-page.ts';
import { type Removed, removedPage } from '../../views/removed-page.ts';
import type { Ask } from './ask.ts';

type Headers = Record<string, string>;

const guards: Headers = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-content-type-options': 'nosniff',
};

const unstored: Headers = { 'cache-control': 'no-store' };

/**
 * Short enough that a page erased at the source of truth is gone everywhere in 5 minutes;
 * without stale-if-error CloudFront shows a page for as long as its origin fails.
 */
const briefly: Headers = {
  'cache-control': 'public, max-age=60, s-maxage=300, stale-if-error=0',
};

/** The edge can be told to forget everything that shows one of these articles. */
const shows = (ids: readonly ArticleId[]): Headers =>
  ids.length === 0 ? briefly : { ...briefly, 'cache-tag': ids.slice(0, 50).map(tagOf).join(',') };

const answer = (statusCode: number, body: string, headers: Headers): WebResponse => ({
  statusCode,
  headers: { ...guards, ...headers },
  body,
});

const page = (statusCode: number, body: Html, headers: Headers): WebResponse =>
  answer(statusCode, body.toString(), { 'content-type': 'text/html; charset=utf-8', ...headers });

/** A page, and the articles it shows. */
export const shown = (body: Html, ids: readonly ArticleId[]): WebResponse =>
  page(200, body, shows(ids));

export const feed = (body: Html, ids: readonly ArticleId[]): WebResponse =>
  answer(200, body.toString(), {
    'content-type': 'application/rss+xml; charset=utf-8',
    ...shows(ids),
  });

/** Text of our own making; `maxAge` in seconds. */
export const file = (body: string, contentType: string, maxAge: number): WebResponse =>
  answer(200, body, {
    'content-type': contentType,
    'cache-control': `public, max-age=${maxAge}${maxAge > 86_400 ? ', immutable' : ''}`,
  });

export const picture = (bytes: Uint8Array, contentType: string, id: ArticleId): WebResponse => ({
  ...answer(200, Buffer.from(bytes).toString('base64'), {
    'content-type': contentType,
    ...shows([id]),
  }),
  isBase64Encoded: true,
});

export const redirect = (path: string, id: ArticleId): WebResponse =>
  answer(301, '', { location: path, ...shows([id]) });

export const message = (
  { site, now }: Ask,
  status: number,
  text: Message,
  headers: Headers = {},
): WebResponse => page(status, messagePage(site, now, text), { ...unstored, ...headers });

/** @see RFC 7725: 451 is cacheable unless it says otherwise, and names who blocks */
export const removed = ({ site, now }: Ask, what: Removed): WebResponse =>
  page(451, removedPage(site, now, what), {
    ...unstored,
    link: `<${site.origin}/about>; rel="blocked-by"`,
  });

/** The same answer as to GET, as HEAD has it. */
export const withoutBody = ({ statusCode, headers }: WebResponse): WebResponse => ({
  ...(statusCode === undefined ? {} : { statusCode }),
  ...(headers === undefined ? {} : { headers }),
  body: '',
});
