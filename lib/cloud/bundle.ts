import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { project } from './settings.ts';

/**
 * Ways to find credentials on a laptop. The SDK loads them only when the
 * environment has none, which in a function it always has: 100 KiB less.
 */
const laptopOnly = [
  '@aws-sdk/credential-provider-http',
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-login',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@smithy/credential-provider-imds',
];

const leftOut = join(import.meta.dirname, 'left-out.mjs');

/** What others import and our steps never reach: 600 KiB where pages are read, 20 elsewhere. */
const replaced = {
  // sanitize-html reads style attributes with it; we allow none
  postcss: leftOut,
  // launder, which tells sanitize-html what a good href is, writes dates with it; we ask for none
  dayjs: leftOut,
  // linkedom reads the sheet of a style element with it; our pages have lost theirs before
  'cssomnom/parse': leftOut,
  // domutils writes HTML with it; css-select, who imports domutils, only walks the tree
  'dom-serializer': leftOut,
  // only S3's SelectObjectContent streams events; merely to import it disables tree shaking
  '@smithy/core/event-streams': leftOut,
  // only its parser: nobody builds trees or reads feeds with the rest
  htmlparser2: join(project, 'node_modules/htmlparser2/dist/Parser.js'),
};

/**
 * Bundles a step to `index.mjs` in `directory`, the SDK included, with `files`
 * (name there -> path in the project) beside it. In this process: the CDK's own
 * way starts npx for every function, which takes longer than all the rest.
 */
export const bundle = (
  step: string,
  directory: string,
  files: Record<string, string> = {},
): void => {
  buildSync({
    absWorkingDir: project,
    entryPoints: [`functions/${step}.ts`],
    outfile: join(directory, 'index.mjs'),
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    // ES modules first: they lose what is not used
    mainFields: ['module', 'main'],
    external: laptopOnly,
    alias: replaced,
    // CommonJS inside an ES module asks for it
    banner: {
      js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
    },
    charset: 'utf8',
    legalComments: 'external',
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
  });
  for (const [name, path] of Object.entries(files))
    copyFileSync(join(project, path), join(directory, name));
};
