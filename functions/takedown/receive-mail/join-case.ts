import type { Draft } from '../../domain/audit/event.ts';
import type { Case } from '../../domain/takedown/case.ts';
import { foldCase } from '../../domain/takedown/case.ts';
import { citedCase } from '../../domain/takedown/case-id.ts';
import type { Mail } from '../../domain/takedown/mail.ts';
import type { Request } from '../../domain/takedown/request.ts';
import type { Journal } from '../../runtime/journal.ts';

/** Does the mail ask for more than the case it answers does, or prove more? */
const asksForMore = ({ articles, authority, person }: Request, state: Case): boolean =>
  articles.some((id) => state.holds[id] === undefined) ||
  (articles.length > 0 && authority === 'proven' && state.authority === 'unproven') ||
  (person === 'whole-source' && state.person !== 'whole-source' && state.closedAt === null);

/** Ends a mail that answers a case and asks for nothing more; null where it needs its own. */
export const joinCase = async (
  log: Journal,
  mail: Mail,
  request: Request,
): Promise<Draft | null> => {
  const id = citedCase(mail);
  const state = id === null ? null : foldCase(await log.history(`case:${id}`));
  if (id === null || state === null || asksForMore(request, state)) return null;
  return { action: 'mail.joined', details: { case: id, reason: 'reply' } };
};
