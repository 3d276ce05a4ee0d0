import { type Dom, type Element, textOf } from './dom.ts';

const always =
  'nav, button, dialog, iframe, object, embed, video, audio, canvas, input, select, textarea, [role="navigation"], [role="dialog"], .visually-hidden, .sr-only, .screen-reader-text';

const tokens = (words: string): RegExp => new RegExp(`(?:^|[-_\\s])(?:${words})(?:[-_\\s]|$)`, 'i');

/** Boxes about other things than the article, pictures and all. */
const aboutOthers = tokens(
  'related|recommend(?:ed|ations?)?|recirc(?:ulation)?|more-(?:on|from|stories|news)|read-?(?:more|also|next)|most-?(?:read|popular)|popular|trending|outbrain|taboola|promos?|teasers?|advert(?:s|isement)?|ads?|sponsor(?:ed)?|newsletter|sign-?up|subscri(?:be|ption)|cookies?|consent|gdpr|comments?|paywall',
);

/** Boxes around the article's own text that are no part of it. */
const aroundText = tokens(
  'shar(?:e|ing)|socials?|toolbar|breadcrumbs?|byline|dateline|timestamp|(?:article|entry|post|story)-meta|pub(?:lish(?:ed)?)?-?(?:date|time)|tags|print',
);

/** relatedStories → related-Stories, so that one pattern reads every house style. */
const namesOf = (element: Element): string =>
  `${element.getAttribute('class') ?? ''} ${element.getAttribute('id') ?? ''}`.replace(
    /([a-z])(?=[A-Z])/g,
    '$1-',
  );

const bearing = 'h1, article, main, [itemprop~="articleBody"]';

/** A careless name on a box around the article must not cost the article. */
const isExpendable = (element: Element, length: number): boolean =>
  !element.matches(`html, body, ${bearing}`) &&
  element.querySelector(bearing) === null &&
  textOf(element).length < length / 4;

/** Takes out of the page what its publisher's own names say is no article. */
export const removeClutter = (dom: Dom): void => {
  for (const element of [...dom.querySelectorAll(always)]) element.remove();
  const length = textOf(dom.body).length;
  for (const element of [...dom.querySelectorAll('[class], [id]')]) {
    const names = namesOf(element);
    const isOther = aboutOthers.test(names);
    if (!isOther && !aroundText.test(names)) continue;
    const hasPicture = !isOther && element.querySelector('img') !== null;
    if (!hasPicture && isExpendable(element, Math.max(length, 400))) element.remove();
  }
};
