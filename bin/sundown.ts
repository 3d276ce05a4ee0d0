#!/usr/bin/env node
import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import type { RefusalGround } from '../functions/domain/audit/facts.ts';
import { refusalGrounds } from '../functions/domain/takedown/decision.ts';
import { Permanent, Retryable } from '../functions/errors.ts';
import { exportAudit, listAudit, showAudit, verifyAudit, verifyExport } from './sundown/audit.ts';
import { articlesNamed, decideCase, listCases, noteHashOf, showCase } from './sundown/cases.ts';
import { type Connection, connect } from './sundown/connection.ts';
import { type Output, UsageError } from './sundown/output.ts';

const help = `sundown: read the audit, decide doubtful cases

  sundown audit list [--day 2026-11-24] [--limit 200]   what happened
  sundown audit show CASE|ARTICLE|SUBJECT               one story, whole
  sundown audit verify [--export FILE]                  recompute everything; exit 0 only if all is right
  sundown audit export [--out FILE]                     the log as JSON lines

  sundown case list [--all]                             the queue, nearest deadline first
  sundown case show CASE
  sundown case approve CASE [--article ID …]            erase now
  sundown case refuse CASE --ground GROUND [--note TEXT] [--article ID …]
  sundown case seen CASE                                you have read it; the clock decides
  sundown case name CASE ARTICLE|URL …                  say which articles a request means

  GROUND  ${refusalGrounds.join(' | ')}
  --json  for programs          --as NAME  who decides (default: your login)
  --dir DIR  state of the local stack (default .sundown)
  --cloud [--name NAME]  a deployed Sundown, with your AWS credentials`;

const options = {
  json: { type: 'boolean', default: false },
  cloud: { type: 'boolean', default: false },
  all: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
  name: { type: 'string', default: 'sundown' },
  dir: { type: 'string', default: '.sundown' },
  day: { type: 'string' },
  limit: { type: 'string', default: '200' },
  export: { type: 'string' },
  out: { type: 'string' },
  article: { type: 'string', multiple: true, default: [] as string[] },
  ground: { type: 'string' },
  note: { type: 'string', default: '' },
  as: { type: 'string' },
} as const;

const parse = (args: string[]) => {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${help}`);
  }
};
type Values = ReturnType<typeof parse>['values'];
type Command = (to: Connection, output: Output, rest: string[], values: Values) => Promise<unknown>;

const needed = (rest: string[], what: string): string => {
  const [first] = rest;
  if (first === undefined) throw new UsageError(`Say which ${what}.\n\n${help}`);
  return first;
};

const groundOf = (text: string | undefined): RefusalGround => {
  const ground = refusalGrounds.find((known) => known === text);
  if (ground) return ground;
  throw new UsageError(`A refusal needs its ground: --ground ${refusalGrounds.join(' | ')}`);
};

const operatorOf = ({ as }: Values): string =>
  (as ?? userInfo().username).toLowerCase().replace(/[^a-z0-9._-]/g, '-');

const commands: Record<string, Command> = {
  'audit list': (to, output, _rest, { day, limit }) => listAudit(to, output, { day, limit }),
  'audit show': (to, output, rest) => showAudit(to, output, needed(rest, 'case or article')),
  'audit verify': (to, output) => verifyAudit(to, output),
  'audit export': (to, output, _rest, { out }) => exportAudit(to, output, out),
  'case list': (to, output, _rest, { all }) => listCases(to, output, all),
  'case show': (to, output, rest) => showCase(to, output, needed(rest, 'case')),
  'case approve': (to, output, rest, values) =>
    decideCase(to, output, {
      id: needed(rest, 'case'),
      operator: operatorOf(values),
      verdict: () => ({ decision: { kind: 'approve', articles: values.article }, note: '' }),
    }),
  'case refuse': (to, output, rest, values) => {
    const ground = groundOf(values.ground);
    if (ground === 'other' && values.note === '') {
      throw new UsageError('The ground "other" says nothing by itself: add --note TEXT.');
    }
    return decideCase(to, output, {
      id: needed(rest, 'case'),
      operator: operatorOf(values),
      verdict: ({ correspondence: { salt } }) => ({
        decision: {
          kind: 'refuse',
          articles: values.article,
          ground,
          noteHash: values.note === '' ? '' : noteHashOf(salt, values.note),
        },
        note: values.note,
      }),
    });
  },
  'case seen': (to, output, rest, values) =>
    decideCase(to, output, {
      id: needed(rest, 'case'),
      operator: operatorOf(values),
      verdict: () => ({ decision: { kind: 'seen', articles: [] }, note: '' }),
    }),
  'case name': async (to, output, rest, values) => {
    const articles = await articlesNamed(to, rest.slice(1));
    return decideCase(to, output, {
      id: needed(rest, 'case'),
      operator: operatorOf(values),
      verdict: () => ({ decision: { kind: 'name', articles }, note: '' }),
    });
  },
};

/** A port's own words say enough; anything else is a bug and shows where it is. */
const isForeseen = (error: unknown): error is Error =>
  error instanceof UsageError || error instanceof Retryable || error instanceof Permanent;

const main = async (args: string[]): Promise<number> => {
  const { values, positionals } = parse(args);
  const [room, act, ...rest] = positionals;
  const name = `${room} ${act}`;
  const output: Output = { json: values.json, print: (line) => console.log(line) };
  if (values.help || room === undefined) {
    console.log(help);
    return 0;
  }
  const command = commands[name];
  if (!command) throw new UsageError(`"${positionals.join(' ')}" is not a command.\n\n${help}`);
  if (name === 'audit verify' && values.export !== undefined) {
    return (await verifyExport(values.export, output)) ? 0 : 1;
  }
  const result = await command(await connect(values), output, rest, values);
  return result === false ? 1 : 0;
};

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(isForeseen(error) ? error.message : error);
    process.exitCode = 2;
  },
);
