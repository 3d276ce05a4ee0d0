import type { Facts } from '../../domain/audit/facts.ts';
import { type ArticleId, prefixOf } from '../../domain/news/article.ts';
import { hostOf } from '../../domain/news/canonical-url.ts';
import { keptOut } from '../../domain/suppression.ts';
import { noteAbsent } from './absent.ts';
import { linkAlias } from './link.ts';
import type { Work } from './ports.ts';

type Reason = Facts['article.kept-out']['reason'];

/** Removes what a publication that lost to the takedown may have left behind. */
const eraseAgain = async ({ ports: { bodies } }: Work, id: ArticleId): Promise<void> => {
  const { objects, versions, uploads } = await bodies.survey(prefixOf(id));
  if (objects + versions + uploads > 0) await bodies.erase(prefixOf(id));
};

/** Says that the tombstone held. Nothing of the article is stored, and it is not asked for again. */
export const keepOut = async (work: Work, by: ArticleId, reason: Reason): Promise<void> => {
  const { log, feed, now } = work;
  if (reason === 'tombstone') await eraseAgain(work, by);
  const details = { source: feed.terms.id, host: hostOf(work.message.entry.url), reason };
  const head = await log.head(`article:${by}`);
  await log.append(`article:${by}`, head, keptOut(head, details), now);
  if (reason === 'tombstone') await linkAlias(work, work.entryId, by);
  else await noteAbsent(work, 'its text was taken down');
};
