import type { WebResponse } from '../../runtime/lambda.ts';
import { aboutPage } from '../../views/about-page.ts';
import { icon } from '../../views/icon.ts';
import { notFound } from '../../views/message-page.ts';
import { stylePath, styleSheet } from '../../views/style.ts';
import { file, message, shown } from './answers.ts';
import { article, articlePicture } from './article.ts';
import type { Ask } from './ask.ts';
import { front, frontFeed, source, sourceFeed } from './lists.ts';

const day = 86_400;
const year = 365 * day;

const robots = `User-agent: *
Disallow: /*?before=
`;

/** A sheet of another deployment gets today's, but is not kept under that name. */
const style = ({ path }: Ask): WebResponse =>
  file(styleSheet, 'text/css; charset=utf-8', path === stylePath ? year : 60);

type Route = [
  RegExp,
  (ask: Ask, first: string, second: string) => Promise<WebResponse> | WebResponse,
];

const routes: Route[] = [
  [/^\/$/, front],
  [/^\/feed\.xml$/, frontFeed],
  [/^\/article\/([0-9a-f]{32})$/, article],
  [/^\/article\/([0-9a-f]{32})\/pictures\/(\d{1,4}\.[a-z]{3,4})$/, articlePicture],
  [/^\/source\/([^/]+)$/, source],
  [/^\/source\/([^/]+)\/feed\.xml$/, sourceFeed],
  [/^\/about$/, ({ site, now }) => shown(aboutPage(site, now), [])],
  [/^\/style(\.[0-9a-f]{8})?\.css$/, style],
  [/^\/icon\.svg$/, () => file(icon, 'image/svg+xml', day)],
  [/^\/robots\.txt$/, () => file(robots, 'text/plain; charset=utf-8', 3600)],
];

/** @returns '' where the text is no percent-encoding: no id is empty, so nothing is found */
const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
};

export const route = async (ask: Ask): Promise<WebResponse> => {
  for (const [pattern, answer] of routes) {
    const found = pattern.exec(ask.path);
    if (found) return answer(ask, decode(found[1] ?? ''), decode(found[2] ?? ''));
  }
  return message(ask, 404, notFound);
};
