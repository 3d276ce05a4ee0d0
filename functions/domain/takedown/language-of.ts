import type { Mail } from './mail.ts';

const scripts: [string, RegExp][] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['ko', /\p{Script=Hangul}/gu],
  ['zh', /\p{Script=Han}/gu],
  ['fa', /[پچژگ]/gu],
  ['ar', /\p{Script=Arabic}/gu],
  ['he', /\p{Script=Hebrew}/gu],
  ['el', /\p{Script=Greek}/gu],
  ['th', /\p{Script=Thai}/gu],
  ['hi', /\p{Script=Devanagari}/gu],
  ['uk', /[іїєґ]/giu],
  ['ru', /\p{Script=Cyrillic}/gu],
];

/** Short words that are frequent in one language and rare in the others. */
const words: Record<string, string> = {
  en: 'the and of you your our please this that with are have for from not',
  de: 'und der die das bitte sie ihr ihre wir unsere nicht ist von mit auf den ein',
  fr: 'les des vous votre nous notre est une pour dans avec sur cet cette merci',
  es: 'los las que por favor una nuestro su ustedes con para del este eliminar',
  pt: 'os que não uma nosso vocês você com para do da este por favor remover',
  it: 'il che di non per una nostro vostro con del della questo gli sono prego',
  nl: 'het een niet van uw onze wij deze alstublieft voor met zijn op dat',
  pl: 'nie jest się prosimy na do nasz proszę oraz artykuł który są od przez',
  sv: 'och att det är vår inte som för med vänligen denna från har ni',
};

const lists = Object.entries(words).map(
  ([code, list]) => [code, new Set(list.split(' '))] as const,
);

const byScript = (sample: string): string | null => {
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  const hit = scripts.find(([code, script]) => {
    const share = (sample.match(script)?.length ?? 0) / Math.max(1, letters);
    return share > (code === 'fa' || code === 'uk' || code === 'ja' ? 0.02 : 0.3);
  });
  return hit?.[0] ?? null;
};

const byWords = (sample: string): string | null => {
  const tokens = sample.toLowerCase().match(/\p{L}+/gu) ?? [];
  const scores = lists.map(
    ([code, list]) => [code, tokens.filter((token) => list.has(token)).length] as const,
  );
  const best = scores.reduce((a, b) => (b[1] > a[1] ? b : a));
  return best[1] >= 2 ? best[0] : null;
};

/**
 * The language a mail is written in, by script and by its small words; where
 * those do not tell, what its Content-Language says; else 'und'.
 */
export const languageOf = ({ subject, text, headers }: Mail): string => {
  const sample = `${subject}\n${text}`.slice(0, 4_000).replace(/\S*[/@]\S*/g, ' ');
  const told = headers.find(({ name }) => name === 'content-language')?.value ?? '';
  const declared = /^[a-z]{2,3}\b/i.exec(told)?.[0].toLowerCase() ?? null;
  return byScript(sample) ?? byWords(sample) ?? declared ?? 'und';
};
