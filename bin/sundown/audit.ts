import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { AuditEvent, Subject } from '../../functions/domain/audit/event.ts';
import { dayOf } from '../../functions/domain/time.ts';
import type { Connection } from './connection.ts';
import { type Output, shortTime, show, UsageError } from './output.ts';
import { type Findings, verifyLog } from './verify-log.ts';

const cells = (event: AuditEvent): string[] => [
  shortTime(event.at),
  event.subject,
  String(event.seq),
  event.actor,
  event.action,
  event.sentence,
];
const headings = ['AT (UTC)', 'SUBJECT', 'SEQ', 'ACTOR', 'ACTION', 'WHAT HAPPENED'];

const causes = ['mail', 'article', 'case', 'source'];
const rankOf = ({ subject }: AuditEvent): number => causes.indexOf(subject.split(':')[0] ?? '');

/** One run writes all its events at one time; then what is first in its chain comes first. */
const byTime = (a: AuditEvent, b: AuditEvent): number => {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return a.seq - b.seq || rankOf(a) - rankOf(b);
};

/** Events of one day (default: today), oldest first. */
export const listAudit = async (
  { audit, now }: Connection,
  output: Output,
  { day, limit }: { day: string | undefined; limit: string },
): Promise<void> => {
  const shown = day ?? dayOf(now);
  if (!/^\d{4}-\d\d-\d\d$/.test(shown)) {
    throw new UsageError(`--day ${shown}: write a day like 2026-11-24 (UTC).`);
  }
  if (!/^[1-9]\d*$/.test(limit)) throw new UsageError(`--limit ${limit}: write a number like 200.`);
  const events: AuditEvent[] = [];
  for await (const event of audit.ofDay(shown)) events.push(event);
  if (events.length === 0 && !output.json) {
    return output.print(`Nothing happened on ${shown} (UTC); --day YYYY-MM-DD shows another day.`);
  }
  show(output, events.sort(byTime).slice(-Number(limit)), headings, cells);
};

const subjectOf = (text: string): Subject => {
  if (/^(article|case|mail|source):./.test(text)) return text as Subject;
  if (/^SD-/i.test(text)) return `case:${text.toUpperCase()}`;
  if (/^[0-9a-f]{32}$/.test(text)) return `article:${text}`;
  throw new UsageError(
    `"${text}" is neither a case (SD-…), an article id (32 hex digits) nor a subject like source:herald.`,
  );
};

/** The chain of one subject; for a case, the chains of its articles and mail too. */
export const showAudit = async (
  { audit }: Connection,
  output: Output,
  name: string,
): Promise<void> => {
  const subject = subjectOf(name);
  const events = await audit.history(subject);
  if (events.length === 0) throw new UsageError(`The log knows nothing of ${subject}.`);
  const related = new Set<Subject>();
  for (const event of events) {
    if (event.action === 'case.opened') related.add(`mail:${event.details.mail}`);
    if (event.action === 'case.opened' || event.action === 'case.named') {
      for (const id of event.details.articles) related.add(`article:${id}`);
    }
  }
  const chains = await Promise.all([...related].map((other) => audit.history(other)));
  const inOrder = [...chains.flat(), ...events].sort(byTime);
  show(output, inOrder, headings, cells);
};

/** The whole log as JSON lines, to standard output or a file. */
export const exportAudit = async (
  { audit }: Connection,
  output: Output,
  file: string | undefined,
): Promise<void> => {
  if (file === undefined) {
    for await (const event of audit.all()) output.print(JSON.stringify(event));
    return;
  }
  const stream = createWriteStream(file);
  let count = 0;
  for await (const event of audit.all()) {
    stream.write(`${JSON.stringify(event)}\n`);
    count += 1;
  }
  await new Promise<void>((resolve, reject) => {
    stream.on('error', reject);
    stream.end(resolve);
  });
  output.print(`${count} events written to ${file}`);
};

async function* eventsOfFile(file: string): AsyncIterable<AuditEvent> {
  const input = createReadStream(file);
  let number = 0;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (line.trim() === '') continue;
    try {
      yield JSON.parse(line) as AuditEvent;
    } catch {
      throw new UsageError(`NOT VALID: line ${number} of ${file} is not JSON.`);
    }
  }
}

/** An export is verified by itself, offline; the live log also against its witnesses. */
export const verifyExport = (file: string, output: Output): Promise<boolean> =>
  report(verifyLog(eventsOfFile(file), null), output, noneAtAll);

/** @returns true only if there was something to verify and all of it was right */
export const verifyAudit = (connection: Connection, output: Output): Promise<boolean> =>
  report(verifyLog(connection.audit.all(), connection), output, noneYet);

const cut = 'a log cut at its end would not show';
const noneYet = `No signed checkpoint yet: ${cut}.`;
const noneAtAll = `An export is held against no checkpoint: ${cut}.`;

/** What the reader must know beside the verdict. */
const cautionsOf = ({ checkpoints, unsealedDays }: Findings, unsealed: string): string[] => [
  ...(unsealedDays.length > 0 ? [`Warning: no checkpoint of ${unsealedDays.join(', ')}.`] : []),
  ...(checkpoints === 0 ? [unsealed] : []),
];

const report = async (
  work: Promise<Findings>,
  output: Output,
  unsealed: string,
): Promise<boolean> => {
  const findings = await work;
  const { chains, records, valid, checkpoints, unsealedDays, faults } = findings;
  const [first] = faults;
  const isValid = records > 0 && first === undefined;
  if (output.json) {
    const counts = { records, valid, chains, checkpoints, unsealedDays };
    output.print(JSON.stringify({ isValid, ...counts, faults }));
    return isValid;
  }
  for (const { subject, seq, problem } of faults) output.print(`${subject} ${seq}: ${problem}`);
  output.print(
    `${valid} of ${records} records in ${chains} chains are as they were written; ${checkpoints} signed checkpoint(s) compared.`,
  );
  for (const caution of cautionsOf(findings, unsealed)) output.print(caution);
  if (first) output.print(`NOT VALID: the first broken record is ${first.subject} ${first.seq}.`);
  else output.print(isValid ? 'VALID' : 'NOT VALID: the log is empty, so nothing is proven.');
  return isValid;
};
