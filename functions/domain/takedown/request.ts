import type { Authority, PersonReason } from '../audit/facts.ts';
import type { ArticleId } from '../news/article.ts';
import type { Feed } from '../news/source.ts';
import type { OrganisationOf, Sender } from './authority.ts';
import type { Automation } from './automatic.ts';
import type { Arrival, Mail } from './mail.ts';
import { articlesOf, type Matched, type Rows } from './match.ts';
import type { Notice } from './notice.ts';
import type { Policy } from './policy.ts';
import { shareText } from './share.ts';

/** More would not fit the row of a case once each has its readings after erasure. */
export const mostArticles = 500;

/** Everything read of one mail and around it, before it is judged. */
export type Reading = {
  mail: Mail;
  arrival: Arrival;
  notice: Notice;
  matched: Matched[];
  rows: Rows;
  feeds: readonly Feed[];
  sender: Sender;
  automation: Automation;
};

/** What the mail amounts to as a case. */
export type Request = {
  articles: ArticleId[];
  /** How many more are named than one case can hold. */
  articlesLeftOut: number;
  unmatched: number;
  authority: Authority;
  evidence: string;
  person: PersonReason | 'none';
  answerable: boolean;
};

/** Does the article, or the feed that brought it, belong to the organisation? */
const owns = (organisation: string, id: ArticleId, { rows, feeds }: Reading): boolean => {
  const row = rows.get(id);
  if (row === undefined || !('sourceId' in row)) return false;
  const feed = feeds.find(({ terms }) => terms.id === row.sourceId);
  return row.organisation === organisation || feed?.organisation === organisation;
};

/** The feeds that the mail names as a whole, by host, by our source page, or by its sender. */
const wholeSources = (reading: Reading, organisationOf: OrganisationOf): Feed[] => {
  const { feeds, notice, sender } = reading;
  const organisations = notice.hosts.map(organisationOf);
  const isNamed = ({ terms, organisation }: Feed): boolean =>
    organisations.includes(organisation) || notice.sources.includes(terms.id);
  const named = feeds.filter(isNamed);
  if (named.length > 0 || !notice.asksForAll || sender.organisation === '') return named;
  return feeds.filter(({ organisation }) => organisation === sender.organisation);
};

const authorityOf = (reading: Reading, articles: readonly ArticleId[], whole: readonly Feed[]) => {
  const { kind, organisation, evidence } = reading.sender;
  const say = (authority: Authority, text: string) => ({ authority, evidence: text });
  if (kind !== 'authenticated') return say('unproven', evidence);
  if (articles.length === 0) {
    const isOwner = whole.length > 0 && whole.every((feed) => feed.organisation === organisation);
    return say(isOwner ? 'proven' : 'unproven', evidence);
  }
  const owned = articles.filter((id) => owns(organisation, id, reading)).length;
  if (owned === articles.length) return say('proven', `${evidence}, the source of all it names`);
  if (owned === 0) return say('unproven', `${evidence}, which is not the source of what it names`);
  return say('unproven', `${evidence}, which is ${shareText(owned, articles.length)}`);
};

const isDoubtful = ({ sender, mail, arrival }: Reading): boolean =>
  sender.kind === 'failed' ||
  mail.from.length !== 1 ||
  (arrival.verdicts.spam === 'FAIL' && sender.kind !== 'authenticated');

const personFor = (
  reading: Reading,
  articles: readonly ArticleId[],
  whole: readonly Feed[],
  authority: Authority,
  policy: Policy,
): Request['person'] => {
  const most = authority === 'unproven' ? policy.maxUnprovenArticles : mostArticles;
  if (articles.length > most) return 'too-many-articles';
  if (isDoubtful(reading)) return 'doubtful-sender';
  const asksForSource = articles.length === 0 || reading.notice.asksForAll;
  if (whole.length > 0 && asksForSource) return 'whole-source';
  if (reading.automation.automatic) return 'automatic-sender';
  return articles.length === 0 ? 'nothing-matched' : 'none';
};

/** A newsletter or an out-of-office links articles without asking for anything, whoever signed it. */
const isMeantAsRequest = ({ automation }: Reading): boolean =>
  automation.kind !== 'list' && automation.kind !== 'auto-reply';

/** Judges a mail that was read: who asks, for what, and may a machine go on alone? */
export const judgeRequest = (
  reading: Reading,
  organisationOf: OrganisationOf,
  policy: Policy,
): Request => {
  const articles = articlesOf(reading.matched);
  const whole = wholeSources(reading, organisationOf);
  const judged = authorityOf(reading, articles, whole);
  const { evidence } = judged;
  const authority = isMeantAsRequest(reading) ? judged.authority : 'unproven';
  const articlesLeftOut = Math.max(0, articles.length - mostArticles);
  const cut = `; the first ${mostArticles} of ${articles.length} articles named are in this case`;
  return {
    articles: articles.slice(0, mostArticles),
    articlesLeftOut,
    unmatched: reading.matched.filter(({ taken }) => taken === 'unknown').length,
    authority,
    evidence: articlesLeftOut === 0 ? evidence : evidence + cut,
    person: personFor(reading, articles, whole, authority, policy),
    answerable:
      !reading.automation.automatic && !isDoubtful(reading) && reading.mail.returnPath !== '',
  };
};

/** A newsletter links its home page; only words can make a wish of that. */
const asksForSource = (reading: Reading, organisationOf: OrganisationOf): boolean => {
  const { automation, notice } = reading;
  const isMeant = automation.kind !== 'list' || notice.asksForAll || notice.sources.length > 0;
  return isMeant && wholeSources(reading, organisationOf).length > 0;
};

/** Why an automatic mail opens no case; null where it must. */
export const setAside = (reading: Reading, organisationOf: OrganisationOf): string | null => {
  const { automation, matched, sender } = reading;
  if (!automation.automatic) return null;
  const isEcho =
    automation.kind === 'own-letter' ||
    (['bounce', 'report'].includes(automation.kind) && sender.kind !== 'authenticated');
  const asks =
    matched.some(({ taken }) => taken === 'article') || asksForSource(reading, organisationOf);
  return isEcho || !asks ? `${automation.reason}, which asks for nothing of ours` : null;
};
