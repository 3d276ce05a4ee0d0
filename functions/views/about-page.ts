import { policy } from '../domain/takedown/policy.ts';
import { day, hour, type Instant } from '../domain/time.ts';
import { type Html, html } from './html.ts';
import { promise, removalMailTo } from './notice.ts';
import { page } from './page.ts';
import type { Site } from './site.ts';

const deadlineHours = policy.deadlineAfter / hour;
const eraseDays = policy.eraseUnprovenAfter / day;

const howToAsk = (site: Site): Html => html`<h2>How to ask</h2>
<p>Write an ordinary e-mail, in any language (we answer in English), to <a href="${removalMailTo(site, null)}">${site.adminAddress}</a>. Name each page, by its address here or by the address of your original. The link under an article opens a mail in which both are written already.</p>
<p>Write from an address of the publication if you can. A mail that is signed by the publisher’s own domain, as most mail is, proves by itself who asks.</p>
`;

const whatHappens = html`<h2>What happens, and when</h2>
<ol>
<li><strong>Your mail arrives, and the clock starts.</strong> The deadline is ${deadlineHours} hours after we received it, not after someone has read it.</li>
<li><strong>You get an acknowledgement</strong> with a case number, what was understood, and the deadline, unless the mail fails its own domain’s checks or a machine sent it.</li>
<li><strong>If your mail is proven to come from the publisher,</strong> the articles are hidden and deleted at once.</li>
<li><strong>If it is not,</strong> a person may decide. If nobody has refused the request by the deadline, the articles you named are hidden then, and deleted ${eraseDays} days later. A request that names a whole publication, or very many articles, always goes to a person; so does one that comes with an unusual number of others.</li>
<li><strong>After deletion each place is read again</strong> and must be found empty. Only then is the case closed.</li>
<li><strong>You get the proof:</strong> what was deleted, when, and which places were checked. A refusal comes with its reason.</li>
</ol>
<p>The address of a deleted page answers “451 Unavailable For Legal Reasons” from then on, and the same text is kept out if a feed brings it again.</p>
`;

const whatWeStore = html`<h2>What we store</h2>
<ul>
<li><strong>Of an article:</strong> headline, byline, dates, address, and as much text and as many pictures as its source’s terms allow. All of it goes when it is deleted; what stays is a mark with the case number that keeps it from coming back.</li>
<li><strong>Of a request:</strong> the mail, for a limited time (90 days unless set otherwise), and with the case the name and address to answer.</li>
<li><strong>A log of every step,</strong> which can be checked for gaps and changes. It holds numbers, times, host names and check sums (one, salted, of the sender’s address), and no text, no names and no addresses of people.</li>
<li><strong>Of readers:</strong> no scripts, no cookies; access logs hold network addresses and are kept 90 days.</li>
</ul>
`;

export const aboutPage = (site: Site, now: Instant): Html =>
  page({
    site,
    now,
    title: 'About',
    head: html`<meta name="description" content="How ${site.title} gathers news, and how it deletes what its owner asks it to delete.">\n`,
    main: html`<div class="plain">
<h1>About ${site.title}</h1>
<p class="standfirst">${site.title} reads the feeds of news publishers and shows what they offer, always with the source’s name and a link to the original. If the content is yours and you do not want it here, it goes.</p>
<p class="notice">${promise(site, null)}</p>
${howToAsk(site)}${whatHappens}${whatWeStore}<h2>Contact</h2>
<p>One address for everything: <a href="mailto:${site.adminAddress}">${site.adminAddress}</a></p>
</div>
`,
  });
