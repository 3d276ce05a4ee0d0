import type { Direction } from './article.ts';

const languages = new Set(
  'ar arc arz azb ckb dv fa he iw ji ks lrc mzn nqo ps sd ug ur yi'.split(' '),
);
const scripts = new Set('adlm arab hebr nkoo rohg syrc thaa'.split(' '));
const script = /^[a-z]{4}$/;

/** The direction a language is written in; a script subtag overrides the language's habit. */
export const directionOf = (language: string): Direction => {
  const [primary = '', ...rest] = language.toLowerCase().split('-');
  const written = rest.find((subtag) => script.test(subtag));
  const isRtl = written === undefined ? languages.has(primary) : scripts.has(written);
  return isRtl ? 'rtl' : 'ltr';
};
