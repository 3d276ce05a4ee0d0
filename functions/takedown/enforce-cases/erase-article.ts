import type { AuditEvent, Draft } from '../../domain/audit/event.ts';
import { prefixOf, tagOf } from '../../domain/news/article.ts';
import { tombstoneOf } from '../../domain/suppression.ts';
import { judge, type Reading } from '../../domain/takedown/locations.ts';
import { hasSaid, NotAsIntended } from './hide-article.ts';
import { readAgain, type Traces } from './read-again.ts';
import type { Work } from './work.ts';

/** What the log knows of the article, so that a crash after the tombstone loses nothing. */
const tracesOf = (history: readonly AuditEvent[]): Traces => {
  const told = history.flatMap((event) =>
    event.action === 'article.published' || event.action === 'article.updated'
      ? [event.details]
      : [],
  );
  return {
    fingerprints: [...new Set(told.map((d) => d.fingerprint).filter((f) => f !== ''))],
    sources: [...new Set(told.map((d) => d.source))],
  };
};

/** A purge that is under way proves nothing yet: some edge may still answer from its cache. */
const readingOf = (purge: 'done' | 'under-way'): Reading => ({
  location: 'edge-cache',
  found: purge === 'done' ? 'empty' : 'unknown',
  note: 'purged by tag',
});

/**
 * Erases every location of one article and reads each again.
 * @throws NotAsIntended (Retryable) naming each location that is not empty
 */
export const eraseArticle = async (work: Work, article: string): Promise<Draft[]> => {
  const { ports, log, state, now } = work;
  const subject = `article:${article}` as const;
  const history = await log.history(subject);
  let head = history.at(-1);
  const isBegun = hasSaid(history, state.id, 'article.erasing');
  const isDone = hasSaid(history, state.id, 'article.erased');
  if (!isBegun && !isDone) {
    const draft: Draft = { action: 'article.erasing', details: { case: state.id } };
    [head] = await log.append(subject, head, [draft], now);
  }
  const traces = tracesOf(history);
  // The tombstone goes first: from here on a publishing run that is under way must fail.
  const standing = await ports.articles.get(article);
  if (standing?.state !== 'tombstone') {
    await ports.articles.entomb(tombstoneOf(article, state.id, now));
  }
  for (const fingerprint of traces.fingerprints) {
    await ports.articles.entombFingerprint(fingerprint, article);
  }
  await ports.bodies.erase(prefixOf(article));
  const purge = await ports.edge.purge([tagOf(article)], `${state.id}/${article}/erase`);

  const survey = judge([...(await readAgain(ports, article, traces)), readingOf(purge)]);
  if (!survey.complete) throw new NotAsIntended(survey.problem);

  const locations = survey.manifest;
  if (!isDone) {
    const draft: Draft = { action: 'article.erased', details: { case: state.id, locations } };
    await log.append(subject, head, [draft], now);
  }
  return [{ action: 'case.erased', details: { article, locations } }];
};
