const maxBytes = 10 * 1024 * 1024;
const maxDepth = 100;

/** Comments, CDATA and processing instructions are skipped whole; tags are counted. */
const token = /<!--|<!\[CDATA\[|<\?|<(\/?)[A-Za-z_][^<>]*?(\/?)>/g;
const endOf = new Map([
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
]);

const isTooDeep = (xml: string): boolean => {
  let depth = 0;
  token.lastIndex = 0;
  for (let match = token.exec(xml); match !== null; match = token.exec(xml)) {
    const [text, closing, empty] = match;
    const end = endOf.get(text);
    if (end !== undefined) {
      const at = xml.indexOf(end, token.lastIndex);
      if (at === -1) return false;
      token.lastIndex = at + end.length;
    } else if (closing === '/') depth -= 1;
    else if (empty !== '/') depth += 1;
    if (depth > maxDepth) return true;
  }
  return false;
};

/** What stands before the root element. */
const prolog = (xml: string): string =>
  /^(?:[^<]|<(?![A-Za-z_]))*/.exec(xml.slice(0, 65_536))?.[0] ?? '';

/** Why a document is not even parsed; undefined = it may be. */
export const refusalOf = (bytes: number, text: string): string | undefined => {
  if (bytes > maxBytes)
    return 'the feed is larger than 10 MiB; ask its publisher for a shorter one';
  if (text.trim() === '') return 'the feed is empty; open its address in a browser to see why';
  if (/<!DOCTYPE[^>[]*\[|<!ENTITY/i.test(prolog(text))) {
    return 'the feed declares entities of its own in a DOCTYPE, which we do not expand; ask its publisher for one without';
  }
  if (isTooDeep(text))
    return 'the feed nests its elements more than 100 deep; it is not a feed we can trust';
  return undefined;
};
