import type { Sha256 } from '../audit/chain.ts';

/** Scripts written without spaces count each character as a word. */
const word =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|[\p{L}\p{N}]+/gu;

/** The words of a text as all its honest copies share them: NFKC, lower case, letters and digits. */
export const foldedWords = (text: string): string[] =>
  text.normalize('NFKC').toLowerCase().replace(/\p{M}/gu, '').match(word) ?? [];

/** Too few words to tell a copy from a coincidence. */
export const minWords = 40;

/** SHA-256 over the folded words; '' for fewer than 40. */
export const fingerprintOf = (text: string, sha256: Sha256): string => {
  const words = foldedWords(text);
  return words.length < minWords ? '' : sha256(words.join(' '));
};
