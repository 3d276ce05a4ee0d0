import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from './state/files.ts';

const escapeAttribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** A feed given by its address alone: shown as excerpts. */
const outlineOf = (feed: string): string => {
  const url = URL.parse(feed);
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new Error(`"${feed}" is no feed address: write https://… after --feed.`);
  const title = escapeAttribute(`${url.host}${url.pathname === '/' ? '' : url.pathname}`);
  const address = escapeAttribute(url.href);
  return `<outline type="rss" text="${title}" xmlUrl="${address}" display="excerpt"/>`;
};

const bodyOf = (path: string): string => {
  if (!existsSync(path)) throw new Error(`There is no OPML file ${path}.`);
  const body = /<body(?:\s[^>]*)?>([\s\S]*)<\/body\s*>/i.exec(readFileSync(path, 'utf8'))?.[1];
  if (body === undefined) throw new Error(`${path} is not OPML: it has no <body> … </body>.`);
  return body.trim();
};

/**
 * Writes one list of sources out of several files and single feeds.
 * @returns its path
 */
export const writeSources = (
  dir: string,
  files: readonly string[],
  feeds: readonly string[],
): string => {
  const path = join(dir, 'sources.opml');
  const outlines = [...files.map(bodyOf), ...feeds.map(outlineOf)].join('\n');
  writeWhole(
    path,
    `<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0" xmlns:sundown="https://sundown.example/opml">
<head><title>Sources of this machine</title></head>
<body>
${outlines}
</body>
</opml>
`,
  );
  return path;
};
