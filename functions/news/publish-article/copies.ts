import type { AuditEvent } from '../../domain/audit/event.ts';
import type { ArticleId } from '../../domain/news/article.ts';
import { aliased } from '../../domain/news/publication.ts';
import { linkAlias } from './link.ts';
import type { Work } from './ports.ts';

/** The article stands as it is: the entry leads to it and was seen. */
export const linkStanding = async (
  work: Work,
  id: ArticleId,
  history: readonly AuditEvent[],
): Promise<void> => {
  const { ports, log, entryId, message, now } = work;
  if (entryId === id) return ports.articles.markSeen(id, message.feedId, message.entryHash);
  const drafts = aliased(history, { alias: entryId, reason: 'canonical' });
  await log.append(`article:${id}`, history.at(-1), drafts, now);
  await ports.articles.addAlias(id, entryId);
  return linkAlias(work, entryId, id);
};

/** Another address holds the same text: this page's, and the entry's, lead to it. */
export const linkCopies = async (work: Work, pageId: ArticleId, of: ArticleId): Promise<void> => {
  const { ports, log, entryId, now } = work;
  for (const alias of new Set([pageId, entryId])) {
    if (alias === of) continue;
    const history = await log.history(`article:${of}`);
    const drafts = aliased(history, { alias, reason: 'same-text' });
    await log.append(`article:${of}`, history.at(-1), drafts, now);
    await ports.articles.addAlias(of, alias);
    await linkAlias(work, alias, of);
  }
};
