import type { AuditEvent, Draft } from '../audit/event.ts';
import type { Facts } from '../audit/facts.ts';
import type { ArticleId, Body, LiveArticle } from './article.ts';
import type { Candidate } from './candidate.ts';
import { hostOf } from './canonical-url.ts';
import { isSameContent, lastLogged } from './entry.ts';

type Seen = { feedId: string; entryHash: string };

/** Says that `alias` leads to the article of this chain, unless it was said before. */
export const aliased = (
  history: readonly AuditEvent[],
  details: Facts['article.aliased'],
): Draft[] => {
  const isKnown = history.some(
    (event) => event.action === 'article.aliased' && event.details.alias === details.alias,
  );
  return isKnown ? [] : [{ action: 'article.aliased', details }];
};

/** The event of publishing or updating; none where the log has it, after a crash. */
export const publication = (
  { from, body, ...candidate }: Candidate,
  previous: LiveArticle | undefined,
  history: readonly AuditEvent[],
): Draft[] => {
  const last = lastLogged(history);
  if (isSameContent(last, candidate)) return [];
  const { contentHash, fingerprint, display, words } = candidate;
  const details = {
    source: candidate.sourceId,
    host: hostOf(candidate.canonicalUrl),
    ...{ contentHash, fingerprint, display, words, from },
    pictures: body.pictures.length,
  };
  const previousHash = previous?.contentHash ?? last?.contentHash;
  return previousHash === undefined
    ? [{ action: 'article.published', details }]
    : [{ action: 'article.updated', details: { ...details, previousHash } }];
};

/** The row as it will stand: a new article, or the next version of the previous one. */
export const articleRow = (
  { from: _from, body, ...candidate }: Candidate,
  previous: LiveArticle | undefined,
  alias: ArticleId | null,
  { feedId, entryHash }: Seen,
): LiveArticle => ({
  ...candidate,
  id: previous?.id ?? candidate.id,
  state: 'live',
  version: (previous?.version ?? 0) + 1,
  url: previous?.url ?? candidate.url,
  publishedAt: previous?.publishedAt ?? candidate.publishedAt,
  leadPicture: body.pictures[0]?.key ?? null,
  aliases: [...new Set([...(previous?.aliases ?? []), ...(alias === null ? [] : [alias])])],
  // An alias remembers the entry itself.
  seen: { ...previous?.seen, ...(alias === null && { [feedId]: entryHash }) },
  holds: [],
});

/** Pictures that were really had; the others are not kept and not shown. */
export const withPictures = (body: Body, keys: readonly (string | null)[]): Body => ({
  ...body,
  pictures: body.pictures
    .map((picture, at) => ({ ...picture, key: keys[at] ?? null }))
    .filter(({ key }) => key !== null),
});
