import { pagePathOf } from '../news/article.ts';
import { type Instant, iso } from '../time.ts';
import type { Case } from './case.ts';
import type { Correspondence } from './correspondence.ts';

/** A run of words; `own` is a link of ours, `named` a URL of the sender's that must stay inert. */
export type Span = string | { own: string } | { named: string };
export type Line = Span | readonly Span[];

export type Block =
  | { kind: 'heading'; text: string }
  | { kind: 'paragraph'; line: Line }
  | { kind: 'list'; items: readonly Line[] }
  | { kind: 'facts'; rows: readonly (readonly [label: string, value: Line])[] };

/** One letter, to be rendered as plain text and as HTML from the same blocks. */
export type Letter = { language: 'en'; subject: string; blocks: readonly Block[] };

export type LetterContext = {
  state: Case;
  correspondence: Correspondence;
  /** 'https://news.example', without a trailing slash. */
  siteOrigin: string;
  adminAddress: string;
};

export const heading = (text: string): Block => ({ kind: 'heading', text });
export const paragraph = (...line: Span[]): Block => ({ kind: 'paragraph', line });
export const list = (items: readonly Line[]): Block => ({ kind: 'list', items });

/** A block only where it applies. */
export const when = (applies: boolean, ...blocks: Block[]): Block[] => (applies ? blocks : []);

const months =
  'January February March April May June July August September October November December'.split(
    ' ',
  );

/** '24 November 2026, 06:06 UTC' */
export const dateOf = (at: Instant): string => {
  const text = iso(at);
  const month = months[Number(text.slice(5, 7)) - 1];
  return `${Number(text.slice(8, 10))} ${month} ${text.slice(0, 4)}, ${text.slice(11, 16)} UTC`;
};

const small = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

const inWords = (count: number): string => small[count] ?? `${count}`;

/** 'one article', 'three articles', '12 articles'. */
export const counted = (count: number, noun: string, plural = `${noun}s`): string =>
  `${inWords(count)} ${count === 1 ? noun : plural}`;

/** At most `most` of the items, and a last line that says how many more there are. */
export const atMost = (most: number, items: readonly Line[]): Line[] =>
  items.length <= most
    ? [...items]
    : [...items.slice(0, most), `and ${inWords(items.length - most)} more.`];

export const pageOf = ({ siteOrigin }: LetterContext, article: string): Span => ({
  own: `${siteOrigin}${pagePathOf(article)}`,
});

export const signature = ({ siteOrigin, adminAddress }: LetterContext): Block[] => [
  paragraph('With kind regards,'),
  paragraph(`the desk of ${new URL(siteOrigin).host} (${adminAddress})`),
];
