import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { synthesize } from '../../lib/local/template/synthesize.ts';

const dir = mkdtempSync(join(tmpdir(), 'sundown-synthesize-'));
afterAll(() => rmSync(dir, { recursive: true }));

it('may be run twice at once into one folder, and leaves nothing beside it', async () => {
  const out = join(dir, 'cdk.out');
  const extra = { 'aws:cdk:bundling-stacks': [] };

  await Promise.all([synthesize(out, extra), synthesize(out, extra)]);

  expect(readdirSync(dir)).toEqual(['cdk.out']);
  expect(existsSync(join(out, 'manifest.json'))).toBe(true);
});

it('names the setting that stops it, and what to write', async () => {
  const wrong = {
    sundown: { name: 'Sun Down', mail: { domain: 'x.example' }, site: { title: 'x' } },
  };

  const synthesis = synthesize(join(dir, 'wrong'), wrong);

  await expect(synthesis).rejects.toThrow('sundown.name is "Sun Down"; write');
});
