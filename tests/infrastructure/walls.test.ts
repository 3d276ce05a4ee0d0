import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from './synthesize.ts';

type Walls = { default: { forbidden: { name: string }[] } };
type Violation = { rule: { name: string }; from: string; to: string };

/** What may be imported, and what nobody may notice. */
const ground = {
  'functions/errors.ts': 'export const errors = 1;',
  'functions/domain/noun.ts': 'export const noun = 1;',
  'functions/domain/hen.ts': "import { egg } from './egg.ts';\nexport const hen = egg;",
  'functions/domain/egg.ts': 'export const egg = 1;',
  'functions/adapters/machine.ts': "import { errors } from '../errors.ts';\nexport { errors };",
  'functions/runtime/clock.ts': "import { noun } from '../domain/noun.ts';\nexport { noun };",
  'functions/views/page.ts': "import { noun } from '../domain/noun.ts';\nexport { noun };",
  'functions/news/step.ts':
    "import { machine } from './step/part.ts';\nexport type Env = { A: string };\nexport { machine };",
  'functions/news/step/part.ts': "export { errors as machine } from '../../adapters/machine.ts';",
  'lib/cloud/stack.ts':
    "import type { Env } from '../../functions/news/step.ts';\nexport type E = Env;",
  'lib/local/place.ts': 'export const place = 1;',
  'bin/door.ts': "import { place } from '../lib/local/place.ts';\nexport { place };",
  'tests/case.ts': "import { place } from '../bin/door.ts';\nexport { place };",
};

/** For each wall, files that climb it: path -> what it imports. */
const plants: Record<string, Record<string, string>> = {
  'no-circular': { 'functions/domain/egg.ts': './hen.ts' },
  'no-unresolvable': { 'functions/domain/lost.ts': './nowhere.ts' },
  'domain-imports-domain-only': {
    'functions/domain/erring.ts': '../errors.ts',
    'functions/domain/reading.ts': 'node:fs',
    'functions/domain/hashing.ts': 'tldts',
  },
  'ports-and-views-import-domain-only': {
    'functions/ports.ts': './adapters/machine.ts',
    'functions/views/storing.ts': '../adapters/machine.ts',
    'functions/views/reading.ts': 'node:fs',
  },
  'adapters-know-no-steps': {
    'functions/adapters/asking.ts': '../news/step.ts',
    'functions/adapters/drawing.ts': '../views/page.ts',
  },
  'runtime-knows-no-steps': {
    'functions/runtime/asking.ts': '../news/step.ts',
    'functions/runtime/storing.ts': '../adapters/machine.ts',
  },
  'steps-never-call-steps': {
    'functions/news/calling.ts': './step.ts',
    'functions/takedown/calling.ts': '../news/step.ts',
    'functions/takedown/prying.ts': '../news/step/part.ts',
    'functions/news/step/prying.ts': '../calling.ts',
  },
  'steps-know-no-cloud': { 'functions/news/placed.ts': '../../lib/cloud/stack.ts' },
  'cloud-imports-types-only': { 'lib/cloud/running.ts': '../../functions/news/step.ts' },
  'cloud-knows-no-local': { 'lib/cloud/trying.ts': '../local/place.ts' },
  'local-runs-bundles-only': {
    'lib/local/shortcut.ts': '../../functions/news/step.ts',
    'lib/local/copying.ts': '../cloud/stack.ts',
  },
  'nobody-imports-doors': {
    'lib/local/opening.ts': '../../bin/door.ts',
    'lib/cloud/testing.ts': '../../tests/case.ts',
  },
  'shipped-code-ships-its-dependencies': { 'functions/adapters/leaning.ts': 'fast-check' },
};

const climbs = Object.entries(plants).flatMap(([wall, files]) =>
  Object.keys(files).map((file) => ({ wall, file })),
);

const write = (house: string, path: string, text: string): void => {
  mkdirSync(dirname(join(house, path)), { recursive: true });
  writeFileSync(join(house, path), `${text}\n`);
};

const build = (): string => {
  const house = mkdtempSync(join(tmpdir(), 'sundown-walls-'));
  for (const name of ['.dependency-cruiser.mjs', 'package.json', 'tsconfig.json'])
    copyFileSync(join(root, name), join(house, name));
  symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'));
  for (const [path, text] of Object.entries(ground)) write(house, path, text);
  return house;
};

const cruise = async (house: string): Promise<Violation[]> => {
  const bin = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const rooms = ['functions', 'lib', 'bin', 'tests'];
  const ask = [bin, '--config', '.dependency-cruiser.mjs', '--output-type', 'json', ...rooms];
  const options = { cwd: house, maxBuffer: 32 * 1024 * 1024 };
  const { stdout } = await promisify(execFile)(process.execPath, ask, options);
  return (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations;
};

describe('the walls', () => {
  const house = build();
  let violations: Violation[] = [];
  let before: Violation[] = [];

  beforeAll(async () => {
    before = await cruise(house);
    for (const files of Object.values(plants))
      for (const [path, target] of Object.entries(files))
        write(house, path, `import * as it from '${target}';\nexport const use = it;`);
    violations = await cruise(house);
  });
  afterAll(() => rmSync(house, { recursive: true }));

  it('are all tried here', async () => {
    const walls = (await import(join(root, '.dependency-cruiser.mjs'))) as Walls;

    expect(Object.keys(plants)).toEqual(walls.default.forbidden.map(({ name }) => name));
  });

  it('let through what keeps to its room', () => {
    expect(before).toEqual([]);
  });

  it.each(climbs)('$wall refuses $file', ({ wall, file }) => {
    const broken = violations.filter(({ from }) => from === file).map(({ rule }) => rule.name);

    expect(broken).toContain(wall);
  });
});
