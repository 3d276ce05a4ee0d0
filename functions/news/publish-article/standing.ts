import type { AuditEvent } from '../../domain/audit/event.ts';
import type { ArticleId, ArticleRow } from '../../domain/news/article.ts';
import type { Candidate } from '../../domain/news/candidate.ts';
import { homeOf, type Standing } from '../../domain/news/entry.ts';
import type { Holder } from '../../domain/suppression.ts';
import type { ArticlesPort } from '../../ports.ts';
import type { Work } from './ports.ts';

/** An alias may lead to one that was itself found to be an alias later. */
const maxHops = 3;

/** What stands under an id in the end, when aliases are followed. */
export const follow = async (
  articles: ArticlesPort,
  row: ArticleRow | undefined,
): Promise<ArticleRow | undefined> => {
  let found = row;
  for (let hop = 0; hop < maxHops && found?.state === 'alias'; hop += 1) {
    found = await articles.get(found.aliasOf);
  }
  return found?.state === 'alias' ? undefined : found;
};

const holderOf = async (
  articles: ArticlesPort,
  { fingerprint }: Candidate,
): Promise<Holder | undefined> => {
  const claim = fingerprint === '' ? undefined : await articles.readFingerprint(fingerprint);
  return claim && { ...claim, row: await follow(articles, await articles.get(claim.id)) };
};

/**
 * @NOTE chains are read before rows: a takedown in between then shows in the row, or
 * makes our append fail; it cannot slip between the two.
 */
export const standingOf = async (
  { ports: { articles }, log, entryId, message }: Work,
  candidate: Candidate,
): Promise<Standing> => {
  const histories = new Map<ArticleId, AuditEvent[]>();
  for (const id of new Set([entryId, candidate.id])) {
    histories.set(id, await log.history(`article:${id}`));
  }
  const atEntry = await follow(articles, await articles.get(entryId));
  const atPage =
    candidate.id === entryId ? atEntry : await follow(articles, await articles.get(candidate.id));
  const holder = await holderOf(articles, candidate);
  const known = { entryId, atEntry, atPage, holder, attempt: message.attempt };
  const home = homeOf(known)?.id ?? candidate.id;
  const history = histories.get(home) ?? (await log.history(`article:${home}`));
  return { ...known, history };
};
