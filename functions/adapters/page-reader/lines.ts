import type { Block } from './blocks.ts';
import { foldOf, isEcho } from './captions.ts';
import * as phrases from './phrases.ts';

/** What is known of the page, and must not stand again in its text. */
export type Known = {
  title: string;
  byline: string;
  captions: readonly string[];
  language: string | null;
};

type Judge = (block: Block, index: number) => boolean;

const wordCount = (block: Block): number => block.text.split(' ').length;

const isLinks = ({ text, linked }: Block): boolean => linked >= text.length * 0.75;

const isHeading = ({ tag }: Block): boolean => tag === 'h2' || tag === 'h3' || tag === 'h4';

const monthNames = new Map<string, Set<string>>();

/** Names of months and days as a language writes them alone, within a date and short. */
const namesIn = (language: string): Set<string> => {
  const known = monthNames.get(language);
  if (known !== undefined) return known;
  const names = new Set<string>();
  const styles: Intl.DateTimeFormatOptions[] = [
    { month: 'long', day: 'numeric', weekday: 'long' },
    { month: 'short', day: 'numeric', weekday: 'short' },
    { month: 'long' },
  ];
  for (const style of styles) {
    const format = new Intl.DateTimeFormat(language, { ...style, timeZone: 'UTC' });
    for (let month = 0; month < 12; month += 1) {
      const text = format.format(Date.UTC(2026, month, 1 + month));
      for (const word of text.toLowerCase().match(/\p{L}+/gu) ?? []) names.add(word);
    }
  }
  monthNames.set(language, names);
  return names;
};

const isDate = (block: Block, language: string | null): boolean => {
  if (block.timed >= block.text.length * 0.8) return true;
  if (wordCount(block) > 14 || !/\p{N}/u.test(block.text)) return false;
  const rest =
    block.text
      .replace(phrases.dateWords, ' ')
      .toLowerCase()
      .match(/\p{L}+/gu) ?? [];
  const names = [namesIn('en'), namesIn(language ?? 'en')];
  return rest.every((word) => names.some((known) => known.has(word)));
};

const isAround = (block: Block): boolean => {
  const words = wordCount(block);
  if (words <= 6 && phrases.widget.test(block.text)) return true;
  if (
    words <= 30 &&
    [phrases.signUp, phrases.cookies, phrases.copyright].some((begin) => begin.test(block.text))
  ) {
    return true;
  }
  const isMore = phrases.readMore.test(block.text);
  return isMore && (words <= 4 || (words <= 30 && block.linked > block.text.length * 0.4));
};

const isByline = (block: Block, index: number, { byline }: Known): boolean => {
  const words = wordCount(block);
  if (index > 5 || words > 14) return false;
  if (byline !== '' && foldOf(block.text) === foldOf(byline)) return true;
  const names = foldOf(byline).split(' ');
  const isNamed = byline !== '' && names.every((name) => foldOf(block.text).includes(name));
  return phrases.byline.test(block.text) && (isNamed || words <= 5) && !/[.!?]$/.test(block.text);
};

const isTitle = (block: Block, index: number, { title }: Known): boolean =>
  index < 4 && title !== '' && foldOf(block.text) === foldOf(title);

/** A list or paragraph that is all link leads elsewhere; a heading that is may be a person's. */
const isSignpost = (block: Block): boolean =>
  !isHeading(block) && !block.isQuoted && isLinks(block) && wordCount(block) <= 40;

const isRepeated = (block: Block, before: readonly Block[]): boolean =>
  wordCount(block) >= 5 && before.slice(-3).some((other) => isEcho(block.text, other.text));

/** Under a heading that promises other stories, everything that is mostly links goes with it. */
const withoutRelated = (blocks: readonly Block[]): Block[] => {
  let isRelated = false;
  return blocks.filter((block) => {
    const isLabel = isHeading(block) || wordCount(block) <= 4;
    if (isLabel && phrases.readMore.test(block.text)) isRelated = true;
    else if (isHeading(block) || block.linked < block.text.length * 0.4) isRelated = false;
    return !isRelated;
  });
};

const withoutDanglingHeadings = (blocks: readonly Block[]): Block[] =>
  blocks.slice(0, blocks.findLastIndex((block) => !isHeading(block)) + 1);

/** The article's own lines; what the page sets around and between them is left out. */
export const ownLines = (blocks: readonly Block[], known: Known): Block[] => {
  const isForeign: Judge = (block, index) =>
    isTitle(block, index, known) ||
    isByline(block, index, known) ||
    isDate(block, known.language) ||
    isAround(block) ||
    isSignpost(block) ||
    known.captions.some((caption) => isEcho(block.text, caption));
  const own: Block[] = [];
  for (const [index, block] of withoutRelated(blocks).entries()) {
    if (!isForeign(block, index) && !isRepeated(block, own)) own.push(block);
  }
  return withoutDanglingHeadings(own);
};
