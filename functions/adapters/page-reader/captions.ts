import { oneLine } from '../plain-text.ts';

/** Words as compared: width, case, dashes, quotes and punctuation folded away. */
const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];

export const foldOf = (text: string): string => wordsOf(text).join(' ');

/** Jaccard similarity of two texts' word sets at 0.8 or more. */
const isAlike = (one: string, other: string): boolean => {
  const [a, b] = [new Set(wordsOf(one)), new Set(wordsOf(other))];
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared > 0 && shared / (a.size + b.size - shared) >= 0.8;
};

const label =
  /^(?:(?:photo(?:graph)?|image|picture|foto|bild|credit|source|фото|світлина|صورة|تصوير)s?(?:\s+(?:by|credit|source))?\s*[:,/©-]\s*|©\s*|\(c\)\s*)+/iu;
const trailing =
  /\s*[([]?\s*(?:(?:photo(?:graph)?|image|picture|foto|bild|credit|фото|світлина|صورة|تصوير)s?(?:\s+(?:by|credit))?\s*:|©)\s*([^()[\]]{2,80}?)[)\]]?\.?$/iu;

export const cleanCredit = (text: string): string =>
  oneLine(text)
    .replace(/^[([]\s*(.*?)\s*[)\]]$/, '$1')
    .replace(label, '')
    .trim();

/** "A ferry at dawn. Photo: A. Quill" → caption and credit. */
export const splitCredit = (text: string): { caption: string; credit: string } => {
  const line = oneLine(text);
  const match = trailing.exec(line);
  if (match === null) return { caption: line, credit: '' };
  return { caption: line.slice(0, match.index).trim(), credit: cleanCredit(match[1] ?? '') };
};

const says = (line: string, other: string): boolean => {
  const words = wordsOf(line).length;
  if (words > 80) return false;
  return words >= 5 ? isAlike(line, other) : words > 0 && foldOf(line) === foldOf(other);
};

/** Does a line say again what another says, its credit aside? Short ones must say exactly that. */
export const isEcho = (line: string, other: string): boolean =>
  says(line, other) || says(splitCredit(line).caption, splitCredit(other).caption);

/** Is one wording of a caption the other, or a part of it? Of texts set beside one picture only. */
export const isSameCaption = (one: string, other: string): boolean => {
  const [few, many] = [new Set(wordsOf(one)), new Set(wordsOf(other))].toSorted(
    (a, b) => a.size - b.size,
  );
  const isPart = few !== undefined && few.size >= 3 && [...few].every((word) => many?.has(word));
  return isPart || isEcho(one, other);
};

/** The fuller of two wordings; the first where both say as much. */
export const longer = (one: string, other: string): string =>
  wordsOf(other).length > wordsOf(one).length ? other : one;
