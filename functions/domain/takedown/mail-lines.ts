/** One line of a mail without its quote marks. */
export type MailLine = {
  text: string;
  quoted: boolean;
  depth: number;
  /** Columns it took in the mail, quote marks included. */
  width: number;
};

const quoteMarks = /^(?:[ \t]{0,2}>)+ ?/;
const originalMessage =
  /^\s*(?:-{2,}\s*(?:original message|forwarded message|ursprüngliche nachricht|message d'origine|mensaje original)|begin forwarded message)/i;

/** Splits a text into lines; below "-----Original Message-----" all counts as quoted. */
export const mailLines = (text: string): MailLine[] => {
  let isBelowOriginal = false;
  return text.split(/\r\n|\r|\n/).map((line) => {
    isBelowOriginal ||= originalMessage.test(line);
    const marks = quoteMarks.exec(line)?.[0] ?? '';
    return {
      text: line.slice(marks.length).trimEnd(),
      quoted: marks !== '' || isBelowOriginal,
      depth: marks.replaceAll(/[^>]/g, '').length,
      width: line.trimEnd().length,
    };
  });
};

/** Hard wraps fall at 70 to 78 columns; a break at a hyphen or slash may come earlier. */
const mayBeWrapped = ({ width }: MailLine): boolean => width >= 62 && width <= 80;

const isListMark = (token: string): boolean => /^(?:[-*•–—+]|\(?\w{1,3}[.)])$/.test(token);
const startsAnew = /^(?:https?:|hxxps?:|www\.|[<([{*•"'])/i;
const looksLikeUrl = /[/=&%_?#\d-]|\.\w{2,5}$/;

const firstToken = (line: MailLine | undefined, depth: number): string => {
  if (line === undefined || line.depth !== depth) return '';
  const token = /^[^\s<>"]+/.exec(line.text)?.[0] ?? '';
  return isListMark(token) || startsAnew.test(token) ? '' : token;
};

/** All of a URL that '<' opened on line `at`, down to its '>'; null where none closes it. */
const untilBracket = (lines: readonly MailLine[], at: number, start: string): string | null => {
  let joined = start;
  for (const line of lines.slice(at + 1, at + 11)) {
    const end = line.text.indexOf('>');
    const part = (end < 0 ? line.text : line.text.slice(0, end)).trim();
    if (line.depth !== lines[at]?.depth || part === '' || /[\s<]/.test(part)) return null;
    joined += part;
    if (end >= 0) return joined;
  }
  return null;
};

const uptoWrap = (lines: readonly MailLine[], at: number, start: string): string[] => {
  const readings = [start];
  let plausible = false;
  for (let i = at; i < at + 20; i += 1) {
    const line = lines[i];
    if (line === undefined || !mayBeWrapped(line)) break;
    const token = firstToken(lines[i + 1], line.depth);
    if (token === '') break;
    plausible ||= looksLikeUrl.test(token) || lines[i + 1]?.text === token;
    readings.unshift(`${readings[0]}${token}`);
    if (lines[i + 1]?.text !== token) break;
  }
  return plausible ? readings : readings.reverse();
};

/**
 * Reads a URL that runs to the end of line `at`, and may go on in the next lines.
 * @param start the URL as far as it stands on that line
 * @param bracketed did a '<' open it?
 * @returns readings, the likeliest first (RFC 3986 appendix C)
 */
export const rejoin = (
  lines: readonly MailLine[],
  at: number,
  start: string,
  bracketed: boolean,
): string[] => {
  const closed = bracketed ? untilBracket(lines, at, start) : null;
  return closed === null ? uptoWrap(lines, at, start) : [closed, start];
};
