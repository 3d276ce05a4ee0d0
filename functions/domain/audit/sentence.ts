import type { Action, Draft } from './event.ts';
import type { Facts } from './facts.ts';

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;

const released = {
  live: (article: string) => `Article ${article} is shown again.`,
  hidden: (article: string) => `Article ${article} is free of this case; another one holds it.`,
  gone: (article: string) => `Article ${article} cannot be shown again; another case erased it.`,
};

const sentences: { [A in Action]: (details: Facts[A]) => string } = {
  'source.added': (d) => `Source ${d.host} was added and may be shown as ${d.display}.`,
  'source.changed': (d) =>
    `The terms of source ${d.host} changed; it may be shown as ${d.display}.`,
  'source.removed': (d) => `Source ${d.host} was removed and is no longer read.`,
  'source.gone': (d) => `The feed at ${d.host} answered ${d.status}; it is no longer read.`,
  'source.moved': (d) => `The feed at ${d.host} moved for good to ${d.newHost}.`,
  'article.published': (d) =>
    `Published ${count(d.words, 'word')} of ${d.source} from the ${d.from}.`,
  'article.updated': (d) =>
    `Its publisher changed the article; ${count(d.words, 'word')} now stand.`,
  'article.aliased': (d) => `Another address was found to be this article (${d.reason}).`,
  'article.given-up': (d) => `Not published after ${count(d.attempts, 'attempt')}: ${d.reason}.`,
  'article.kept-out': (d) => `Came again from ${d.host} and was kept out by its ${d.reason}.`,
  'article.hidden': (d) =>
    `Hidden from readers ${d.automatic ? 'by rule' : 'by a person'} for case ${d.case}.`,
  'article.shown': (d) => `Case ${d.case} no longer holds it.`,
  'article.erasing': (d) => `Erasure began for case ${d.case}.`,
  'article.erased': (d) =>
    `Erased for case ${d.case}; ${count(d.locations.length, 'location')} read again and found empty.`,
  'mail.received': (d) => `A mail of ${count(d.bytes, 'byte')} arrived at ${d.receivedAt}.`,
  'mail.joined': (d) =>
    d.reason === 'first'
      ? `The mail opened case ${d.case}.`
      : `The mail is a ${d.reason} and joined case ${d.case}.`,
  'mail.set-aside': (d) => `No case was opened: ${d.reason}.`,
  'case.opened': (d) =>
    `A request by ${d.organisation || 'an unknown sender'} (${d.authority}) names ${count(d.articles.length, 'article')}; deadline ${d.deadline}.`,
  'case.named': (d) => `A person named ${count(d.articles.length, 'article')} for this case.`,
  'case.person-called': (d) => `A person was called: ${d.reason} (${d.times}).`,
  'case.approved': (d) =>
    `A person approved the erasure of ${count(d.articles.length, 'article')}.`,
  'case.refused': (d) =>
    `A person refused ${d.articles.length === 0 ? 'the request' : count(d.articles.length, 'article')}: ${d.ground}.`,
  'case.seen': (d) => `A person has seen to this case: ${d.reason}.`,
  'case.hiding': (d) => `Article ${d.article} is being hidden.`,
  'case.erasing': (d) => `Article ${d.article} is being erased; this cannot be stopped.`,
  'case.hidden': (d) => `Article ${d.article} is hidden.`,
  'case.shown': (d) => released[d.now](d.article),
  'case.erased': (d) => `Article ${d.article} is erased and every location was found empty.`,
  'case.delayed': (d) =>
    `Work on article ${d.article} failed (${d.reason}); next try at ${d.retryAt}.`,
  'case.closed': (d) => `Closed (${d.outcome}): ${d.erased} erased, ${d.refused} refused.`,
  'letter.sending': (d) => `Sending the ${d.kind} (attempt ${d.attempt}).`,
  'letter.sent': (d) => `The ${d.kind} was handed to the mail service.`,
  'letter.failed': (d) =>
    `The ${d.kind} could not be sent (${d.reason}); next try at ${d.retryAt}.`,
};

/** The event in one English sentence, made of the same facts it records. */
export const sentenceOf = (draft: Draft): string =>
  (sentences[draft.action] as (details: Draft['details']) => string)(draft.details);

/** Does the event say what its details say? False for an action unknown here, too. */
export const isSaidRightly = (event: Draft & { sentence: string }): boolean => {
  try {
    return Object.hasOwn(sentences, event.action) && sentenceOf(event) === event.sentence;
  } catch {
    return false;
  }
};
