#!/usr/bin/env node
import { parseArgs } from 'node:util';
import type { LocalOptions, LocalStack } from '../lib/local/stack.ts';
import { startLocal } from '../lib/local/start-local.ts';

const help = `Sundown on this machine: the template that you would deploy, run whole

  npm start -- [options]
  npm run demo             a story from the feed to the proof

  --feed URL        a real feed beside the sample publishers, shown as excerpts; may be repeated
  --opml FILE       a list of sources beside the sample publishers; may be repeated
  --fresh           forget what an earlier start has left
  --dir DIR         state folder (default .sundown)
  --port N          port of the site (default: the last one, or any free one)
  --smtp-port N     port for mail (default: the last one, or any free one)
  --help`;

const options = {
  feed: { type: 'string', multiple: true, default: [] as string[] },
  opml: { type: 'string', multiple: true, default: [] as string[] },
  fresh: { type: 'boolean', default: false },
  dir: { type: 'string', default: '.sundown' },
  port: { type: 'string' },
  'smtp-port': { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

const parse = (args: string[]) => {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new Error(`${(error as Error).message}\n\n${help}`);
  }
};

const portOf = (flag: string, text: string): number => {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Error(`--${flag} ${text}: write a port from 1 to 65535.`);
};

const optionsOf = (values: ReturnType<typeof parse>): LocalOptions => ({
  dir: values.dir,
  fresh: values.fresh,
  opml: values.opml,
  feeds: values.feed,
  log: (line) => console.log(line),
  ...(values.port !== undefined && { port: portOf('port', values.port) }),
  ...(values['smtp-port'] !== undefined && {
    smtpPort: portOf('smtp-port', values['smtp-port']),
  }),
});

const listed = (tallies: readonly { type: string; count: number }[]): string =>
  tallies.map(({ type, count }) => `${type.replace('AWS::', '')} ${count}`).join(', ') || 'none';

const welcome = ({ facts, notRun, publishers }: LocalStack, dir: string): string => {
  const { site, smtp, awsEndpoint, admin, outbox, logs } = facts();
  const state = dir === '.sundown' ? '' : ` --dir ${dir}`;
  return `
  Site            ${site}
  Mail in         smtp://${smtp.host}:${smtp.port}   for ${admin}
  Letters out     ${outbox}
  Function logs   ${logs}
  AWS endpoint    ${awsEndpoint}   aws --endpoint-url ${awsEndpoint} dynamodb list-tables
  Publishers      ${publishers.publishers.map(({ host }) => host).join(', ')}

  Not needed here: ${listed(notRun.notNeeded)}
  Not run here, unknown: ${listed(notRun.unknown)}

  The first articles come in a few seconds. To ask for a removal:
    printf 'From: me@reader.test\\nTo: ${admin}\\nSubject: Please remove\\n\\n${site}/article/ID\\n' |
      curl smtp://${smtp.host}:${smtp.port} --mail-from me@reader.test --mail-rcpt ${admin} -T -
  To read what was done:
    npx sundown audit list${state}
  Ctrl-C stops; what happened is kept.
`;
};

const stopped = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, resolve);
  });

const start = async (args: string[]): Promise<void> => {
  const values = parse(args);
  if (values.help) return console.log(help);
  console.log('Synthesizing the template and bundling the functions …');
  const stack = await startLocal(optionsOf(values));
  console.log(welcome(stack, values.dir));
  await stopped();
  console.log('\nStopping …');
  await stack.stop();
};

/** The demo is a story of its own, loaded only when it is told. */
const demo = async (args: string[]): Promise<void> => {
  const file = './demo.ts';
  const { runDemo } = (await import(file)) as { runDemo: (args: string[]) => Promise<void> };
  await runDemo(args);
};

const commands: Record<string, (args: string[]) => Promise<void>> = { start, demo };

const main = async ([command = 'start', ...args]: string[]): Promise<void> => {
  const run = commands[command];
  if (command === '--help' || command === '-h') return console.log(help);
  if (run === undefined) throw new Error(`There is no command "${command}".\n\n${help}`);
  await run(args);
};

try {
  await main(process.argv.slice(2));
  process.exit(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
