import type { ArticleId } from './article.ts';
import { foldedWords } from './fingerprint.ts';

type Subject = { id: ArticleId; sourceId: string; title: string; excerpt: string };

const minLetters = 4;

/** Words of four letters or more; of scripts without spaces, pairs of neighbours. */
const termsOf = ({ title, excerpt }: Subject): Set<string> => {
  const words = foldedWords(`${title} ${excerpt}`);
  const terms = words.filter((word) => word.length >= minLetters);
  const isSpaceless = (word: string | undefined) => word !== undefined && spaceless.test(word);
  const pairs = words.flatMap((word, at) => {
    const next = words[at + 1];
    return isSpaceless(word) && isSpaceless(next) ? [`${word}${next}`] : [];
  });
  return new Set([...terms, ...pairs]);
};

const spaceless = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]$/u;

/**
 * Candidates that share telling words with the article, most telling first. A word is
 * worth more the fewer candidates use it, and nothing where most of many do; so no
 * list of stop words is needed, in any language.
 */
export const relatedOf = <Candidate extends Subject>(
  article: Subject,
  candidates: readonly Candidate[],
  limit: number,
): Candidate[] => {
  const others = candidates
    .filter(({ id }) => id !== article.id)
    .map((candidate) => ({ candidate, terms: termsOf(candidate) }));
  const uses = new Map<string, number>();
  for (const { terms } of others) {
    for (const term of terms) uses.set(term, (uses.get(term) ?? 0) + 1);
  }
  const worth = (term: string): number => {
    const used = uses.get(term) ?? 0;
    const isCommon = others.length >= 8 && used > others.length / 2;
    return used === 0 || isCommon ? 0 : Math.log((others.length + 1) / (used + 0.5));
  };
  const wanted = [...termsOf(article)].map((term) => ({ term, worth: worth(term) }));
  return others
    .map(({ candidate, terms }) => ({
      candidate,
      score: wanted.reduce((sum, { term, worth }) => sum + (terms.has(term) ? worth : 0), 0),
      isSameSource: candidate.sourceId === article.sourceId,
    }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || Number(b.isSameSource) - Number(a.isSameSource))
    .slice(0, limit)
    .map(({ candidate }) => candidate);
};
