import type { Sha256 } from '../audit/chain.ts';
import { type Instant, type Iso, instant, iso } from '../time.ts';
import type { ArticleId, Body, LiveArticle } from './article.ts';
import { articleIdOf, canonicalUrl, hostOf } from './canonical-url.ts';
import { directionOf } from './direction.ts';
import { fingerprintOf, foldedWords } from './fingerprint.ts';
import type { ParsedPage } from './page.ts';
import { cut, excerptLength, resolveDisplay, trim } from './rights.ts';
import type { Feed, FeedEntry } from './source.ts';

/** What could be read of an entry, and where it was found. */
export type Reading = {
  from: 'page' | 'feed';
  /** The page's address after redirects; the entry's where the feed was read. */
  url: string;
  page: ParsedPage;
  /** X-Robots-Tag of the answer; '' where there was none. */
  robotsHeader: string;
};

type Known = Omit<LiveArticle, 'state' | 'version' | 'leadPicture' | 'aliases' | 'seen' | 'holds'>;

/** An article as it would stand, before it is known whether it may. */
export type Candidate = Known & { from: 'page' | 'feed'; body: Body };

export type Means = { sha256: Sha256; organisationOf: (host: string) => string | null };

const organisation = (url: string, { organisationOf }: Means): string =>
  organisationOf(hostOf(url)) ?? hostOf(url);

/** The address of the site's front, whatever the page: a common fault in templates. */
const isFront = (url: string): boolean => URL.parse(url)?.pathname === '/';

/**
 * The page's own word on its address, if it speaks for its own organisation: else a
 * page could take another publisher's identity.
 */
const addressOf = ({ url, page }: Reading, entry: FeedEntry, means: Means): string => {
  const own = canonicalUrl(url) ?? entry.url;
  const claimed = page.canonicalUrl === null ? null : canonicalUrl(page.canonicalUrl);
  if (claimed === null || (isFront(claimed) && !isFront(own))) return own;
  return organisation(claimed, means) === organisation(own, means) ? claimed : own;
};

/** Never later than now, never before 1970: what lists sort by must have four-digit years. */
const within = (at: Instant, now: Instant): Iso => iso(Math.max(0, Math.min(now, at)));

/** The feed's date before the page's. */
const publishedAtOf = (entry: FeedEntry, page: ParsedPage, now: Instant): Iso =>
  within(entry.publishedAt ?? (page.publishedAt ? instant(page.publishedAt) : now), now);

const modifiedAtOf = (entry: FeedEntry, page: ParsedPage, now: Instant): Iso | null => {
  const at = page.modifiedAt ? instant(page.modifiedAt) : entry.updatedAt;
  return at === null ? null : within(at, now);
};

const contentHashOf = (title: string, byline: string, body: Body, sha256: Sha256): string =>
  sha256(JSON.stringify([title, byline, body.text, body.pictures.map(({ caption }) => caption)]));

const maxPictures = 6;

const bodyOf = (page: ParsedPage, excerpt: string, display: Candidate['display']): Body => {
  const pictures = page.pictures.slice(0, maxPictures).map((p) => ({ ...p, key: null }));
  const text = display === 'excerpt' ? excerpt : page.text;
  return trim({ html: page.html, text, pictures }, display);
};

/** @returns null where the reading's address is none that can be published */
export const candidateOf = (
  reading: Reading,
  entry: FeedEntry,
  { terms }: Feed,
  now: Instant,
  means: Means,
): Candidate | null => {
  const { page, from } = reading;
  const address = addressOf(reading, entry, means);
  const id: ArticleId | null = articleIdOf(address, means.sha256);
  if (id === null) return null;
  const display = resolveDisplay(terms.display, [...page.robots, reading.robotsHeader]);
  const title = cut(page.title || entry.title, 300);
  const byline = cut(page.byline || entry.author, 200);
  const excerpt = cut(page.excerpt || entry.summary || page.text, excerptLength);
  const body = bodyOf(page, excerpt, display);
  const language = page.language ?? entry.language ?? terms.languages[0] ?? 'und';
  return {
    id,
    from,
    url: entry.url,
    canonicalUrl: address,
    sourceId: terms.id,
    sourceTitle: terms.title,
    organisation: organisation(address, means),
    title,
    byline,
    publishedAt: publishedAtOf(entry, page, now),
    modifiedAt: modifiedAtOf(entry, page, now),
    fetchedAt: iso(now),
    language,
    direction: directionOf(language),
    excerpt: display === 'link' ? '' : excerpt,
    display,
    words: foldedWords(body.text).length,
    contentHash: contentHashOf(title, byline, body, means.sha256),
    fingerprint: fingerprintOf(page.text, means.sha256),
    body,
  };
};
