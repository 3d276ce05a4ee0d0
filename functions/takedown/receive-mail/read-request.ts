import type { ArticleId } from '../../domain/news/article.ts';
import { judgeSender } from '../../domain/takedown/authority.ts';
import { judgeAutomation } from '../../domain/takedown/automatic.ts';
import type { Arrival, Mail } from '../../domain/takedown/mail.ts';
import { aliasTargets, candidatesOf, match, type Rows } from '../../domain/takedown/match.ts';
import { readNotice } from '../../domain/takedown/read-notice.ts';
import type { Reading } from '../../domain/takedown/request.ts';
import type { ArticlesPort } from '../../ports.ts';
import { sha256 } from '../../runtime/sha256.ts';
import type { ReceivePorts } from './ports.ts';

/** The rows of the ids, and those that their aliases lead to. */
const rowsOf = async (articles: ArticlesPort, ids: ArticleId[]): Promise<Rows> => {
  const unique = [...new Set(ids)];
  if (unique.length === 0) return new Map();
  const rows = await articles.getMany(unique);
  const targets = aliasTargets(rows).filter((id) => !rows.has(id));
  return targets.length === 0 ? rows : new Map([...rows, ...(await articles.getMany(targets))]);
};

/** Reads what a mail asks for, and what we hold of it. */
export const readRequest = async (
  ports: ReceivePorts,
  arrival: Arrival,
  mail: Mail,
): Promise<Reading> => {
  const ours = [ports.adminAddress, ...arrival.recipients];
  const notice = readNotice(mail, new URL(ports.siteOrigin).host);
  const candidates = candidatesOf(notice.urls, sha256);
  const rows = await rowsOf(
    ports.articles,
    candidates.flatMap(({ ids }) => ids),
  );
  return {
    mail,
    arrival,
    notice,
    rows,
    matched: match(candidates, rows),
    feeds: await ports.feeds.all(),
    sender: judgeSender(mail, arrival, ours, ports.organisationOf),
    automation: judgeAutomation(mail, ours),
  };
};
