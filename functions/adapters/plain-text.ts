import { Parser } from 'htmlparser2';

const inline = new Set(
  'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark q s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);
const silent = new Set(['script', 'style', 'template', 'noscript', 'iframe', 'svg', 'head']);

/** One line: every run of white space one space, soft hyphens and zero-width marks gone. */
export const oneLine = (text: string): string =>
  text
    .replace(/[\u00AD\u200B\u2060\uFEFF]/g, '')
    .replace(/\s+/g, ' ')
    .trim();

/** The text of a piece of HTML on one line, entities decoded. Not a sanitiser. */
export const plainText = (html: string): string => {
  if (!/[<&]/.test(html)) return oneLine(html);
  let text = '';
  let silence = 0;
  const parser = new Parser({
    onopentagname: (name) => {
      if (silent.has(name)) silence += 1;
      if (!inline.has(name)) text += ' ';
    },
    onclosetag: (name) => {
      if (silent.has(name)) silence -= 1;
      if (!inline.has(name)) text += ' ';
    },
    ontext: (part) => {
      if (silence === 0) text += part;
    },
  });
  parser.end(html);
  return oneLine(text);
};

/** At most `max` characters, cut at the end of a word, with an ellipsis. */
export const shortened = (text: string, max: number): string => {
  if (text.length <= max) return text;
  const cut = text.slice(0, max);
  const space = cut.lastIndexOf(' ');
  // A script without spaces is cut between characters, never within one.
  const head =
    space > max / 2 ? cut.slice(0, space) : cut.slice(0, -1).replace(/[\uD800-\uDBFF]$/, '');
  return `${head.replace(/[\s.,;:–—-]+$/, '')}…`;
};

/** BCP 47 as the platform writes it ('pt_br' → 'pt-BR'); null for what is no language. */
export const languageTag = (text: string | null | undefined): string | null => {
  try {
    const [tag] = Intl.getCanonicalLocales((text ?? '').trim().replaceAll('_', '-'));
    return tag === undefined || tag === 'und' ? null : tag;
  } catch {
    return null;
  }
};
