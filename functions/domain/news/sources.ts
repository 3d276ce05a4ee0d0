import { canonicalJson } from '../audit/chain.ts';
import type { AuditEvent, Draft } from '../audit/event.ts';
import type { Facts } from '../audit/facts.ts';
import type { Instant } from '../time.ts';
import { hostOf } from './canonical-url.ts';
import type { Feed, PollState, SourceTerms } from './source.ts';

/** What to write for one source: the event first, then the row. */
export type Change = { draft: Draft; feed: Feed };

const freshPoll = (now: Instant): PollState => ({
  dueAt: now,
  lastPolledAt: null,
  etag: null,
  lastModified: null,
  failures: 0,
});

const factsOf = (terms: SourceTerms): Facts['source.added'] => ({
  host: hostOf(terms.feedUrl),
  display: terms.display,
  intervalFloorMinutes: terms.intervalFloorMinutes,
  languages: terms.languages,
});

/** Nothing where the log's last word is the same: the run before crashed after it. */
export const unlessSaid = (draft: Draft, head: AuditEvent | undefined): Draft[] =>
  head?.action === draft.action && canonicalJson(head.details) === canonicalJson(draft.details)
    ? []
    : [draft];

type OrganisationOf = (host: string) => string | null;

/** The publisher's home speaks before the feed's host, which may be a feed service. */
const organisationOfTerms = ({ homeUrl, feedUrl }: SourceTerms, of: OrganisationOf): string =>
  of(hostOf(homeUrl)) ?? of(hostOf(feedUrl)) ?? hostOf(homeUrl);

const changeOf = (
  terms: SourceTerms,
  feed: Feed | undefined,
  now: Instant,
  of: OrganisationOf,
): Change[] => {
  const organisation = organisationOfTerms(terms, of);
  if (!feed || feed.state === 'removed') {
    const added: Feed = { terms, organisation, state: 'active', poll: freshPoll(now) };
    return [{ draft: { action: 'source.added', details: factsOf(terms) }, feed: added }];
  }
  if (canonicalJson(terms) === canonicalJson(feed.terms)) return [];
  // Another address may work where the old one was gone.
  const isMoved = terms.feedUrl !== feed.terms.feedUrl;
  const next: Feed = {
    terms,
    organisation,
    state: isMoved ? 'active' : feed.state,
    poll: isMoved ? freshPoll(now) : feed.poll,
  };
  return [{ draft: { action: 'source.changed', details: factsOf(terms) }, feed: next }];
};

/** What differs between the deployer's list and the feeds we know. */
export const planSources = (
  wanted: readonly SourceTerms[],
  known: readonly Feed[],
  now: Instant,
  of: OrganisationOf,
): Change[] => {
  const feeds = new Map(known.map((feed) => [feed.terms.id, feed]));
  const ids = new Set(wanted.map(({ id }) => id));
  const changes = wanted.flatMap((terms) => changeOf(terms, feeds.get(terms.id), now, of));
  const removals = known
    .filter(({ terms, state }) => state !== 'removed' && !ids.has(terms.id))
    .map((feed): Change => {
      const details = { host: hostOf(feed.terms.feedUrl) };
      return { draft: { action: 'source.removed', details }, feed: { ...feed, state: 'removed' } };
    });
  return [...changes, ...removals];
};
