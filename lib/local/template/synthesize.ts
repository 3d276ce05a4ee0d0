import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import type { JsonObject } from './json.ts';

const project = join(import.meta.dirname, '../../..');

const contextOf = (extra: JsonObject): JsonObject => {
  const path = join(project, 'cdk.json');
  if (!existsSync(path)) return extra;
  const { context = {} } = JSON.parse(readFileSync(path, 'utf8')) as { context?: JsonObject };
  return { ...context, ...extra };
};

const inputs = ['functions', 'lib/cloud', 'bin/app.ts', 'cdk.json', 'package-lock.json'];

const filesUnder = (path: string): string[] =>
  statSync(path).isDirectory()
    ? readdirSync(path).flatMap((name) => filesUnder(join(path, name)))
    : [path];

/** Changes when a file changes that the template or a bundle is made of. */
const fingerprintOf = (context: JsonObject): string => {
  const files = inputs
    .map((name) => join(project, name))
    .filter(existsSync)
    .flatMap(filesUnder);
  const facts = files.map((path) => {
    const { mtimeMs, size } = statSync(path);
    return `${path} ${mtimeMs} ${size}`;
  });
  return createHash('sha256')
    .update(JSON.stringify([context, facts]))
    .digest('hex');
};

const runApp = async (out: string, context: JsonObject): Promise<void> => {
  const child = spawn(process.execPath, ['bin/app.ts'], {
    cwd: project,
    env: {
      ...process.env,
      PATH: [join(project, 'node_modules/.bin'), process.env['PATH']].join(delimiter),
      CDK_OUTDIR: out,
      CDK_CONTEXT_JSON: JSON.stringify({ ...context, 'aws:cdk:disable-version-reporting': true }),
      CDK_DISABLE_CLI_TELEMETRY: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code === 0 && existsSync(join(out, 'manifest.json'))) return;
  throw new Error(`The CDK app (bin/app.ts) could not be synthesized:\n${printed.trim()}`);
};

const isMadeFrom = (out: string, fingerprint: string): boolean => {
  const stamp = join(out, 'made-from');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint;
};

/**
 * Runs the CDK app as `cdk synth` would, with the context of cdk.json; what an
 * earlier run wrote to `out` is taken where nothing has changed since. Two runs at
 * once may share `out`: each makes its own, and the first to be ready stays.
 * @param extra context keys that replace those of cdk.json
 * @throws Error with what the app printed
 */
export const synthesize = async (out: string, extra: JsonObject): Promise<void> => {
  const context = contextOf(extra);
  const fingerprint = fingerprintOf(context);
  if (isMadeFrom(out, fingerprint)) return;
  const made = `${out}.${process.pid}.${randomUUID().slice(0, 8)}`;
  try {
    await runApp(made, context);
    writeFileSync(join(made, 'made-from'), fingerprint);
    if (isMadeFrom(out, fingerprint)) return;
    rmSync(out, { recursive: true, force: true });
    renameSync(made, out);
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
};
