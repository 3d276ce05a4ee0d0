import type { AuditEvent, Draft } from '../../domain/audit/event.ts';
import { tagOf } from '../../domain/news/article.ts';
import { dayOf } from '../../domain/time.ts';
import { Retryable } from '../../errors.ts';
import { Overtaken } from '../../runtime/journal.ts';
import type { Work } from './work.ts';

/** The article was read again after its change and is not as it should be. */
export class NotAsIntended extends Retryable {}

/** Is the last word of this case on the article the given action? Then it need not be said again. */
export const hasSaid = (
  history: readonly AuditEvent[],
  caseId: string,
  action: 'article.hidden' | 'article.shown' | 'article.erasing' | 'article.erased',
): boolean =>
  history.findLast((event) => 'case' in event.details && event.details.case === caseId)?.action ===
  action;

/** An article may be hidden and shown more than once; each time is a purge of its own. */
const timesShown = (history: readonly AuditEvent[]): number =>
  history.filter(({ action }) => action === 'article.shown').length;

/** An automatic hide must pass the flood guard; beyond it a person is called. */
const isFlood = async ({ ports, state, policy, now }: Work, article: string): Promise<boolean> =>
  (await ports.cases.admitHide({
    day: dayOf(now),
    pool: state.authority,
    sender: state.organisation || 'unknown',
    caseId: state.id,
    article,
    perSender: policy.maxHidesPerSender,
    perDay: policy.maxHidesPerDay,
  })) === 'flood';

/** Takes an article from readers: row, lists and edge; checked by reading the row again. */
export const hideArticle = async (
  work: Work,
  article: string,
  automatic: boolean,
): Promise<Draft[]> => {
  const { ports, log, state, now } = work;
  const hidden: Draft[] = [{ action: 'case.hidden', details: { article } }];
  if ((await ports.articles.get(article))?.state === 'tombstone') return hidden;
  if (automatic && (await isFlood(work, article))) {
    const details = { reason: 'flood', times: 0 } as const;
    return [{ action: 'case.person-called', details }];
  }
  const subject = `article:${article}` as const;
  const history = await log.history(subject);
  if (!hasSaid(history, state.id, 'article.hidden')) {
    const details = { case: state.id, automatic };
    await log.append(subject, history.at(-1), [{ action: 'article.hidden', details }], now);
  }
  await ports.articles.hide(article, state.id);
  await ports.edge.purge([tagOf(article)], `${state.id}/${article}/hide/${timesShown(history)}`);

  // A run that slept may wake after a person refused and another run gave the article back.
  if (!hasSaid(await log.history(subject), state.id, 'article.hidden')) {
    await ports.articles.show(article, state.id);
    throw new Overtaken(`${subject} was given back meanwhile`);
  }
  const row = await ports.articles.get(article);
  if (row?.state === 'live') throw new NotAsIntended(`article ${article} is still live`);
  return hidden;
};

const seenAs = { live: 'live', hidden: 'hidden', tombstone: 'gone' } as const;

/** Lifts this case's hold; what the row then says decides whether readers see the article. */
export const showArticle = async (work: Work, article: string): Promise<Draft[]> => {
  const { ports, log, state, now } = work;
  const subject = `article:${article}` as const;
  const history = await log.history(subject);
  if (!hasSaid(history, state.id, 'article.shown')) {
    const draft: Draft = { action: 'article.shown', details: { case: state.id } };
    await log.append(subject, history.at(-1), [draft], now);
  }
  await ports.articles.show(article, state.id);
  await ports.edge.purge([tagOf(article)], `${state.id}/${article}/show/${timesShown(history)}`);
  const row = await ports.articles.get(article);
  const shown = row && row.state in seenAs ? seenAs[row.state as keyof typeof seenAs] : 'gone';
  return [{ action: 'case.shown', details: { article, now: shown } }];
};
