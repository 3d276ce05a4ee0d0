import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { root, stackNames } from './synthesize.ts';

it('synthesizes from the command line without credentials, Docker or network', async () => {
  const out = mkdtempSync(join(tmpdir(), 'sundown-cdk-'));
  const cdk = join(root, 'node_modules/aws-cdk/bin/cdk');
  const nowhere = 'http://127.0.0.1:9';
  const env = {
    PATH: [join(root, 'node_modules/.bin'), '/usr/bin', '/bin'].join(delimiter),
    HOME: out,
    CDK_DOCKER: '/bin/false',
    HTTPS_PROXY: nowhere,
    HTTP_PROXY: nowhere,
  };

  const start = performance.now();
  await promisify(execFile)(process.execPath, [cdk, 'synth', '--quiet', '--output', out], {
    cwd: root,
    env,
  });
  process.stdout.write(`cdk synth took ${Math.round(performance.now() - start)} ms\n`);

  const files = readdirSync(out);
  expect(files).toEqual(expect.arrayContaining(stackNames.map((name) => `${name}.template.json`)));
  expect(files.filter((name) => name.startsWith('asset.')).length).toBeGreaterThanOrEqual(9);
  rmSync(out, { recursive: true });
});
