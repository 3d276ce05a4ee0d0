import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { Block } from '../../functions/adapters/page-reader/blocks.ts';
import { bundle } from '../../lib/cloud/bundle.ts';
import { root } from './synthesize.ts';

const home = mkdtempSync(join(tmpdir(), 'sundown-left-out-'));
afterAll(() => rmSync(home, { recursive: true }));

/**
 * Bundles one adapter and runs `code` beside it, where no node_modules is near;
 * `code` sees the adapter as `it` and what it is `given`, and says what to answer.
 */
const answerOf = (adapter: string, code: string, given: unknown): unknown => {
  const directory = join(home, adapter);
  bundle(`adapters/${adapter}`, directory);
  const script = `
    import { text } from 'node:stream/consumers';
    import * as it from './index.mjs';
    const given = JSON.parse(await text(process.stdin));
    console.log(JSON.stringify(${code}));`;
  const options = {
    cwd: directory,
    input: JSON.stringify(given),
    encoding: 'utf8',
    env: {},
  } as const;
  const node24 = join(root, 'node_modules/.bin/node');
  return JSON.parse(execFileSync(node24, ['--input-type=module', '--eval', script], options));
};

const sanitised = (pieces: string[]): string[] => {
  const blocks = pieces.map((html): Block[] => [
    { tag: 'p', list: null, isQuoted: false, html, text: '', linked: 0, timed: 0 },
  ]);
  return answerOf('page-reader/body-html', 'given.map(it.bodyHtml)', blocks) as string[];
};

describe('a bundle, without what is left out of it,', () => {
  it('still takes out styles, scripts and hrefs that are none', () => {
    expect(
      sanitised([
        '<em style="background:url(javascript:alert(1))" onclick="alert(1)">a</em>',
        '<style>p { color: red }</style>b<script>alert(1)</script>',
        '<a href="javascript:alert(1)">c</a><a href="jav&#x09;ascript:alert(1)">d</a>',
        '<a href="//evil.example/">e</a><a href="https://x.example/?a=1&amp;b=2">f</a>',
        '<img src=x onerror=alert(1)><svg><script>alert(1)</script></svg>g &lt;b&gt; &copy;',
      ]),
    ).toEqual([
      '<p><em>a</em></p>',
      '<p>b</p>',
      '<p><a>c</a><a>d</a></p>',
      '<p><a>e</a><a href="https://x.example/?a=1&amp;b=2">f</a></p>',
      '<p>g &lt;b&gt; ©</p>',
    ]);
  });

  it('writes no element and no attribute that is not allowed, whatever it is given', () => {
    const pieces = [
      ...['<script>', '</script>', '<style>', '</style>', '<textarea>', '<xmp>', '</xmp>', '<svg>'],
      ...['<img src=x onerror=alert(1)>', '<a style="x" onclick=1 href="', 'javascript:', '<math>'],
      ...['https://x.example/', '<!--', '-->', '<![CDATA[', ']]>', '<plaintext>', '<noscript>'],
      ...[
        '</noscript>',
        '<iframe srcdoc="',
        '<p ',
        '"',
        "'",
        '>',
        '<',
        '&lt;',
        '&#x3c;',
        '\0',
        'x',
      ],
    ];
    const hostile = fc.array(fc.constantFrom(...pieces), { maxLength: 12 });
    const given = fc.sample(hostile, 2_000).map((parts) => parts.join(''));

    const tag = /<\/?(?:p|em|a)>|<a href(?:="(?:https?:\/\/|(?!\s*[a-z]+:))[^"<>]*")?>/g;
    const bad = sanitised(given).filter((html) => /[<>]/.test(html.replace(tag, '')));

    expect(bad).toEqual([]);
  });

  it('reads pages as the golden pairs say', () => {
    const pages = [
      [
        'herald-ferry.html',
        'https://www.herald.example/news/ferry-aurelia?ns_mchannel=rss&ito=1490',
      ],
      ['gazette-rtl.html', 'https://gazette.example/a/7001?ref=rss'],
      ['visnyk-windows-1251.html', 'https://visnyk.example/novyny/yizhak'],
      ['bare.html', 'https://bare.example/boat'],
      ['frameset.html', 'https://frames.example/'],
    ].map(([name = '', url]) => ({ file: join(root, 'tests/fixtures/pages', name), url }));
    const given = pages.map(({ file, url }) => ({
      base64: readFileSync(file).toString('base64'),
      url,
      contentType: 'text/html',
    }));
    const goldens = pages.map(({ file }) => readFileSync(`${file}.golden.json`, 'utf8'));

    const read = `given.map(({ base64, ...page }) =>
      it.pageReader.read({ ...page, bytes: Buffer.from(base64, 'base64') }) ?? null)`;

    expect(answerOf('page-reader', read, given)).toEqual(
      goldens.map((golden) => JSON.parse(golden) as unknown),
    );
  });
});
