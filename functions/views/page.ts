import type { Direction } from '../domain/news/article.ts';
import { type Instant, iso } from '../domain/time.ts';
import { dateLineOf } from './dates.ts';
import { type Fragment, type Html, html } from './html.ts';
import type { Site } from './site.ts';
import { stylePath } from './style.ts';

type PageParts = {
  site: Site;
  now: Instant;
  /** Without the site's name. */
  title: string;
  main: Html;
  language?: string;
  direction?: Direction;
  head?: Fragment;
  feedPath?: string;
};

const headOf = ({ site, title, head, feedPath = '/feed.xml' }: PageParts): Html => html`<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – ${site.title}</title>
<meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="${stylePath}">
<link rel="icon" type="image/svg+xml" href="/icon.svg">
<link rel="alternate" type="application/rss+xml" title="${site.title}" href="${feedPath}">
${head}</head>`;

const mastheadOf = ({
  site,
  now,
}: PageParts): Html => html`<header class="masthead" lang="en" dir="ltr">
<p class="today">${dateLineOf(iso(now))}</p>
<p class="nameplate"><a href="/">${site.title}</a></p>
<nav aria-label="Site"><a href="/">Latest</a><a href="/about">About</a><a href="/feed.xml">RSS</a></nav>
</header>`;

const footerOf = ({ site }: PageParts): Html => html`<footer class="imprint" lang="en" dir="ltr">
<p>${site.title} gathers news and names its sources; every article belongs to its publisher. <a href="/about">About and removal</a></p>
</footer>`;

/** A whole document. `main` brings its own h1. */
export const page = (parts: PageParts): Html => html`<!doctype html>
<html lang="${parts.language ?? 'en'}" dir="${parts.direction ?? 'ltr'}">
${headOf(parts)}
<body id="top">
<a class="skip" href="#main" lang="en" dir="ltr">Skip to the content</a>
${mastheadOf(parts)}
<main id="main" tabindex="-1">
${parts.main}</main>
${footerOf(parts)}
</body>
</html>
`;
