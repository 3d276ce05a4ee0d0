const start = /<!--|<(script|style|svg|template)\b/gi;
const commentEnd = /-->/g;
const ends = new Map([
  ['script', /<\/script[^>]*>/gi],
  ['style', /<\/style[^>]*>/gi],
  ['svg', /<\/svg[^>]*>/gi],
  ['template', /<\/template[^>]*>/gi],
]);

const isJsonLd = (tag: string): boolean => /type\s*=\s*["']?application\/ld\+json/i.test(tag);

/**
 * Takes out what never shows as text, before the costly parse; the JSON-LD of
 * the scripts is kept. What is opened and never closed runs to the end, as in a
 * browser, so one pass is enough whatever the page holds.
 */
export const stripInert = (html: string): { html: string; jsonLd: string[] } => {
  const jsonLd: string[] = [];
  let kept = '';
  let from = 0;
  start.lastIndex = 0;
  for (let open = start.exec(html); open !== null; open = start.exec(html)) {
    kept += html.slice(from, open.index);
    const end = ends.get(open[1]?.toLowerCase() ?? '') ?? commentEnd;
    end.lastIndex = start.lastIndex;
    const close = end.exec(html);
    if (close === null) return { html: kept, jsonLd };
    const inner = html.slice(open.index, close.index);
    const tagEnd = inner.indexOf('>');
    if (isJsonLd(inner.slice(0, tagEnd))) jsonLd.push(inner.slice(tagEnd + 1));
    from = end.lastIndex;
    start.lastIndex = from;
  }
  return { html: kept + html.slice(from), jsonLd };
};

/** Elements that are never closed, or whose end authors may leave out. */
const unclosed =
  /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|p|li|dt|dd|tr|td|th|thead|tbody|tfoot|option|optgroup|colgroup)$/i;
const tag = /<(\/?)([a-z][^\s<>/]*)[^<>]*>/gi;
const maxDepth = 1_000;

/** Deep nesting makes the parser slow, so it is told from the text before parsing. */
export const isTooDeep = (html: string): boolean => {
  let depth = 0;
  for (const [, closing, name] of html.matchAll(tag)) {
    if (!unclosed.test(name ?? '')) depth = Math.max(0, depth + (closing === '/' ? -1 : 1));
    if (depth > maxDepth) return true;
  }
  return false;
};
