import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bundle } from '../../lib/cloud/bundle.ts';
import { steps } from '../../lib/cloud/metrics.ts';

const home = mkdtempSync(join(tmpdir(), 'sundown-bundles-'));
afterAll(() => rmSync(home, { recursive: true }));

/** Where no node_modules is near, as in the cloud: what is left out must not be missed. */
const importing = `
const start = performance.now();
const { handler } = await import('./index.mjs');
console.log(JSON.stringify({ kind: typeof handler, ms: Math.round(performance.now() - start) }));
`;

const importIt = (directory: string) =>
  JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '--eval', importing], {
      cwd: directory,
      encoding: 'utf8',
      env: {},
    }),
  ) as { kind: string; ms: number };

describe('the bundles', () => {
  it.each(steps)('%s is small, and is imported without the rest of the house', (step) => {
    const directory = join(home, step);
    bundle(step, directory);
    const KiB = Math.ceil(statSync(join(directory, 'index.mjs')).size / 1024);
    const { kind, ms } = importIt(directory);
    process.stdout.write(`${step}: ${KiB} KiB, imported in ${ms} ms\n`);

    expect(kind).toBe('function');
    expect(KiB).toBeLessThanOrEqual(700);
  });

  it('bring the files they are given, and say where a line of code comes from', () => {
    const directory = join(home, 'with-files');
    bundle('news/plan-polls', directory, { 'sources.opml': 'lib/cloud/sources.opml' });

    expect(readFileSync(join(directory, 'sources.opml'), 'utf8')).toContain('<opml');
    expect(existsSync(join(directory, 'index.mjs.map'))).toBe(true);
    expect(readFileSync(join(directory, 'index.mjs.map'), 'utf8')).not.toContain('sourcesContent');
  });
});
