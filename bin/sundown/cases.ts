import type { ArticleRow } from '../../functions/domain/news/article.ts';
import { articleIdOf } from '../../functions/domain/news/canonical-url.ts';
import { foldCase, type Hold } from '../../functions/domain/takedown/case.ts';
import { type Decision, rule } from '../../functions/domain/takedown/decision.ts';
import { policy } from '../../functions/domain/takedown/policy.ts';
import { projectionOf } from '../../functions/domain/takedown/projection.ts';
import { iso } from '../../functions/domain/time.ts';
import type { ArticlesPort, CaseRow } from '../../functions/ports.ts';
import { journal } from '../../functions/runtime/journal.ts';
import { sha256 } from '../../functions/runtime/sha256.ts';
import type { Connection } from './connection.ts';
import { type Output, shortTime, show, UsageError } from './output.ts';

const summary = (row: CaseRow): string[] => {
  const { case: state, dueAt } = row;
  const stages = Object.values(state.holds).map((hold) => hold.ground ?? hold.stage);
  return [
    state.id,
    state.closedAt === null ? 'open' : `closed (${state.outcome})`,
    shortTime(iso(state.deadline)),
    state.authority,
    state.organisation || '–',
    stages.length === 0 ? 'no article' : stages.join(', '),
    state.person ?? '–',
    dueAt === null ? '–' : shortTime(iso(dueAt)),
  ];
};
const headings = [
  'CASE',
  'STATUS',
  'DEADLINE',
  'SENDER IS',
  'OF',
  'ARTICLES',
  'PERSON',
  'NEXT STEP',
];

/** The queue: open cases, nearest deadline first; with `all`, closed ones too. */
export const listCases = async (
  { cases }: Connection,
  output: Output,
  all: boolean,
): Promise<void> => {
  const rows: CaseRow[] = [];
  for await (const row of all ? cases.all() : cases.open()) rows.push(row);
  rows.sort((a, b) => a.case.deadline - b.case.deadline);
  if (rows.length === 0 && !output.json) output.print(all ? 'No cases.' : 'No open cases.');
  else show(output, rows, headings, summary);
};

const rowOf = async ({ cases }: Connection, id: string): Promise<CaseRow> => {
  const row = await cases.get(id.toUpperCase());
  if (row === undefined) throw new UsageError(`There is no case ${id}; see "sundown case list".`);
  return row;
};

const decisionOn = ({ approved, ground, stage }: Hold): string => {
  if (approved) return 'approved by a person';
  if (ground !== null) return `refused by a person (${ground})`;
  return stage === 'named' ? 'nobody has decided' : 'by rule';
};

/** Everything an operator needs to decide one case. */
export const showCase = async (
  connection: Connection,
  output: Output,
  id: string,
): Promise<void> => {
  const row = await rowOf(connection, id);
  if (output.json) return output.print(JSON.stringify(row));
  const { correspondence } = row;
  const state = foldCase(await connection.audit.history(`case:${row.case.id}`)) ?? row.case;
  const lines: [string, string][] = [
    ['Case', `${state.id} (${state.closedAt === null ? 'open' : `closed, ${state.outcome}`})`],
    ['From', `${correspondence.name} <${correspondence.address}>`.trim()],
    ['Sender is', `${state.authority}: ${state.evidence}`],
    ['Received', iso(state.receivedAt)],
    ['Deadline', iso(state.deadline)],
    ['Next step', row.dueAt === null ? 'none' : iso(row.dueAt)],
    ['A person', state.person ? `must look: ${state.person}` : 'is not needed'],
    ...Object.entries(state.letters).map(([kind, letter]): [string, string] => [
      kind,
      `${letter.state} ${iso(letter.at)}`,
    ]),
    ['Raw mail', correspondence.mailKey],
  ];
  for (const [name, value] of lines) output.print(`${name.padEnd(16)}${value}`);
  for (const [article, hold] of Object.entries(state.holds)) {
    output.print(`\nArticle ${article}: ${hold.stage}, ${decisionOn(hold)}`);
    for (const place of hold.manifest) output.print(`  ${place}`);
  }
  const { urls, urlsLeftOut = 0, articlesLeftOut = 0 } = correspondence;
  if (urls.length > 0) output.print('\nNamed in the mail:');
  for (const { url, taken } of urls) output.print(`  ${taken.padEnd(10)}${url}`);
  if (urlsLeftOut > 0) output.print(`  and ${urlsLeftOut} more addresses, which the raw mail has`);
  if (articlesLeftOut > 0) output.print(`  ${articlesLeftOut} more articles are not in this case`);
};

export type Verdict = (row: CaseRow) => { decision: Decision; note: string };

const keepNote = async (
  { cases }: Connection,
  row: CaseRow,
  articles: readonly string[],
  note: string,
): Promise<void> => {
  const notes = { ...row.correspondence.notes };
  for (const key of articles.length > 0 ? articles : ['']) notes[key] = note;
  await cases.put({ ...row, correspondence: { ...row.correspondence, notes } });
};

/** Records a person's decision: log first, then the row, from which enforcement goes on. */
export const decideCase = async (
  connection: Connection,
  output: Output,
  { id, operator, verdict }: { id: string; operator: string; verdict: Verdict },
): Promise<void> => {
  const row = await rowOf(connection, id);
  const subject = `case:${row.case.id}` as const;
  const log = journal(connection.audit, `operator:${operator}`);
  const events = await log.history(subject);
  const state = foldCase(events);
  if (state === null) throw new UsageError(`The log knows nothing of case ${id}.`);

  const { decision, note } = verdict(row);
  const ruling = rule(state, decision);
  if (ruling.kind === 'rejected') throw new UsageError(ruling.reason);

  const articles = 'articles' in ruling.draft.details ? ruling.draft.details.articles : [];
  // The words first: a decision in the log without its reason could not be mended.
  if (note !== '') await keepNote(connection, row, articles, note);

  const added = await log.append(subject, events.at(-1), [ruling.draft], connection.now);
  const next = foldCase([...events, ...added]) ?? state;
  const { correspondence } = await rowOf(connection, id);
  await connection.cases.put(projectionOf(next, correspondence, policy));
  output.print(output.json ? JSON.stringify(added) : `${row.case.id}: ${added[0]?.sentence ?? ''}`);
};

/** The log holds only this commitment to an operator's words; the words are in Cases. */
export const noteHashOf = (salt: string, note: string): string => sha256(`${salt}\n${note}`);

/** Our id or page first; a publisher's own address may hold such a number, too. */
const standingAt = async (
  articles: ArticlesPort,
  name: string,
): Promise<ArticleRow | undefined> => {
  for (const id of [/[0-9a-f]{32}/.exec(name)?.[0], articleIdOf(name, sha256)]) {
    const row = id ? await articles.get(id) : undefined;
    const found = row?.state === 'alias' ? await articles.get(row.aliasOf) : row;
    if (found !== undefined) return found;
  }
  return undefined;
};

/** Article ids from what an operator has at hand: an id, our page's address, the original's. */
export const articlesNamed = async (
  { articles }: Connection,
  names: readonly string[],
): Promise<string[]> => {
  const ids: string[] = [];
  for (const name of names) {
    const found = await standingAt(articles, name);
    if (found?.state !== 'live' && found?.state !== 'hidden') {
      throw new UsageError(`Nothing is published for ${name}; give an article id or its address.`);
    }
    ids.push(found.id);
  }
  return ids;
};
