import type { LiveArticle } from '../domain/news/article.ts';
import { policy } from '../domain/takedown/policy.ts';
import { day, hour } from '../domain/time.ts';
import { type Html, html } from './html.ts';
import { pageUrlOf, type Site } from './site.ts';

/** The part of an article that a removal request needs. */
type Named = Pick<LiveArticle, 'id' | 'url'>;

const asking =
  'I am the owner of the content named here, or I act for its owner, and ask you to delete it.';

/** A `mailto:` target with subject and body written already, ready to become a case. */
export const removalMailTo = (site: Site, article: Named | null): string => {
  const subject = article ? `Removal request: article ${article.id}` : 'Removal request';
  const named = article
    ? [`Page: ${pageUrlOf(site, article.id)}`, `Original: ${article.url}`]
    : ['Pages (one address a line):', ''];
  const body = [asking, '', ...named, ''].join('\r\n');
  const address = site.adminAddress.split('@').map(encodeURIComponent).join('@');
  return `mailto:${address}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
};

const hideHours = policy.deadlineAfter / hour;
const eraseDays = policy.eraseUnprovenAfter / day;

/** The promise, word for word, with a link that opens a mail about this very page. */
export const promise = (site: Site, article: Named | null): Html =>
  html`If you are the owner of the content and do not want us to publish your materials, contact us by e-mail – <a href="${removalMailTo(site, article)}">${site.adminAddress}</a>. The content will be deleted within 24 hours.`;

export const ownershipNotice = (site: Site, article: Named | null): Html =>
  html`<section class="notice" lang="en" dir="ltr" aria-labelledby="notice">
<h2 id="notice">For owners of content</h2>
<p>${promise(site, article)}</p>
<p>If your mail does not prove that it comes from the publisher, the content is hidden within ${hideHours} hours and deleted ${eraseDays} days later, unless a person refuses.</p>
<p><a href="/about">How the promise is kept</a></p>
</section>
`;
