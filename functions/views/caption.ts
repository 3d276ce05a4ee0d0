import type { Picture } from '../domain/news/article.ts';

/** What is shown under a picture, and read out for it: nothing twice. */
export type PictureText = { alt: string; caption: string; credit: string };

/** One form for texts that differ only in dashes, quotes, case, spaces and end marks. */
const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\p{Pd}|\u2212/gu, '-')
    .replace(/[\p{Pi}\p{Pf}"'`´„‚]/gu, '')
    .replace(/\s*-\s*/g, '-')
    .replace(/\s+/g, ' ')
    .replace(/[\s.,:;!…]+$/u, '')
    .trim()
    .toLowerCase();

const wordsOf = (folded: string): Set<string> =>
  new Set(folded.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []);

/** Does `text` say nothing, or hardly anything, that `other` does not say? */
export const repeats = (text: string, other: string): boolean => {
  const [short, long] = [fold(text), fold(other)];
  if (short === '' || long.includes(short)) return true;
  const known = wordsOf(long);
  const words = [...wordsOf(short)];
  return words.length > 0 && words.filter((word) => known.has(word)).length / words.length >= 0.8;
};

/** Text of one picture; `shown` holds the folded captions that stand on the page already. */
const textOf = (picture: Picture, shown: Set<string>): PictureText => {
  const isRepeated = shown.has(fold(picture.caption));
  const caption = isRepeated ? '' : picture.caption.trim();
  const credit = repeats(picture.credit, picture.caption) ? '' : picture.credit.trim();
  const isAltSaid = repeats(picture.alt, `${picture.caption} ${picture.credit}`);
  shown.add(fold(picture.caption));
  return { alt: isAltSaid ? '' : picture.alt.trim(), caption, credit };
};

/** Texts of an article's pictures in their order: each caption stands once on the page. */
export const pictureTexts = (pictures: readonly Picture[]): PictureText[] => {
  const shown = new Set<string>();
  return pictures.map((picture) => textOf(picture, shown));
};
