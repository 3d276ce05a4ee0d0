import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bundle } from '../../lib/cloud/bundle.ts';
import { steps } from '../../lib/cloud/metrics.ts';
import { root } from './synthesize.ts';

const home = mkdtempSync(join(tmpdir(), 'sundown-bundles-'));
const table = ['step | KiB | import ms', '-|-:|-:'];
afterAll(() => {
  rmSync(home, { recursive: true });
  process.stdout.write(`${table.join('\n')}\n`);
});

const goal = 700;
const beyondGoal: Partial<Record<(typeof steps)[number], number>> = {
  // linkedom and its selectors are 86 of it, Readability 34: both go with the next extractor
  'news/publish-article': 830,
};

const node24 = join(root, 'node_modules/.bin/node');

/** Where no node_modules is near, as in the cloud: what is left out must not be missed. */
const importing = `
const start = performance.now();
const { handler } = await import('./index.mjs');
const ms = Math.round(performance.now() - start);
console.log(JSON.stringify({ node: process.version, kind: typeof handler, ms }));
`;

type Import = { node: string; kind: string; ms: number };

const importIt = (directory: string): Import => {
  const options = { cwd: directory, encoding: 'utf8', env: {} } as const;
  const said = execFileSync(node24, ['--input-type=module', '--eval', importing], options);
  return JSON.parse(said) as Import;
};

describe('the bundles', () => {
  it.each(steps)('%s is small, and is imported without the rest of the house', (step) => {
    const directory = join(home, step);
    bundle(step, directory);

    const KiB = Math.ceil(statSync(join(directory, 'index.mjs')).size / 1024);
    const { node, kind, ms } = importIt(directory);
    table.push(`${step} | ${KiB} | ${ms}`);

    expect(node).toMatch(/^v24\./);
    expect(kind).toBe('function');
    expect(KiB).toBeLessThanOrEqual(beyondGoal[step] ?? goal);
  });

  it('bring the files they are given, and say where a line of code comes from', () => {
    const directory = join(home, 'with-files');
    bundle('news/plan-polls', directory, { 'sources.opml': 'lib/cloud/sources.opml' });

    expect(readFileSync(join(directory, 'sources.opml'), 'utf8')).toContain('<opml');
    expect(existsSync(join(directory, 'index.mjs.map'))).toBe(true);
    expect(readFileSync(join(directory, 'index.mjs.map'), 'utf8')).not.toContain('sourcesContent');
  });
});
