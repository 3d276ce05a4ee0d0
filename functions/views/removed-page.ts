import type { Tombstone } from '../domain/news/article.ts';
import type { Instant } from '../domain/time.ts';
import { timeOf } from './dates.ts';
import { type Html, html } from './html.ts';
import { page } from './page.ts';
import type { Site } from './site.ts';

/** Nothing of the article may be in it: not even the headline. */
export type Removed = { state: 'hidden' } | Pick<Tombstone, 'state' | 'caseId' | 'erasedAt'>;

const hidden = {
  title: 'This article is hidden',
  text: html`<p>Someone asked us to remove it. It is hidden, and will be deleted unless the request is refused.</p>`,
};

const deleted = ({ caseId, erasedAt }: Pick<Tombstone, 'caseId' | 'erasedAt'>) => ({
  title: 'This article was deleted',
  text: html`<p>Deleted on ${timeOf(erasedAt)} for case <strong>${caseId}</strong>, after a request for removal. We publish no copy of it, and it will not be published here again.</p>`,
});

/** @see RFC 7725, §3: the page should explain the demand */
export const removedPage = (site: Site, now: Instant, removed: Removed): Html => {
  const { title, text } = removed.state === 'hidden' ? hidden : deleted(removed);
  return page({
    site,
    now,
    title,
    head: html`<meta name="robots" content="noindex, noarchive">\n`,
    main: html`<div class="plain">
<h1>${title}</h1>
${text}
<p>The answer of this page is <strong>451 Unavailable For Legal Reasons</strong>. It is the web’s way to say that something is withheld because its owner, or the law, demands it, and not because an address is wrong or a machine is broken.</p>
<p><a href="/about">What we promise to owners of content</a></p>
<p><a href="/">Newest articles</a></p>
</div>
`,
  });
};
