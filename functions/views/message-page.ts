import type { Instant } from '../domain/time.ts';
import { type Html, html } from './html.ts';
import { page } from './page.ts';
import type { Site } from './site.ts';

export type Message = { title: string; text: string };

export const notFound: Message = {
  title: 'There is no such page',
  text: 'Nothing stands at this address. Please check it for a missing letter.',
};

export const badCursor: Message = {
  title: 'This page of the list cannot be found',
  text: 'The address has lost a part of its “before” value. Open the newest articles and follow “Older” from there.',
};

export const wrongMethod: Message = {
  title: 'This site can only be read',
  text: 'Please ask for the page with GET or HEAD.',
};

export const broken: Message = {
  title: 'Something went wrong on our side',
  text: 'The page could not be made. The fault is recorded; please try again in a minute.',
};

/** A page that says what is the matter and what to do, and no more. */
export const messagePage = (site: Site, now: Instant, { title, text }: Message): Html =>
  page({
    site,
    now,
    title,
    head: html`<meta name="robots" content="noindex">\n`,
    main: html`<div class="plain">
<h1>${title}</h1>
<p>${text}</p>
<p><a href="/">Newest articles</a></p>
</div>
`,
  });
