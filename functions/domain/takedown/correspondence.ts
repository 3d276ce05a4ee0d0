import type { ArticleId } from '../news/article.ts';

/** 'excluded': the sender named it and asked that it stay. */
export type Taken = 'article' | 'unknown' | 'tombstone' | 'excluded';

/** What a letter needs of the person who wrote; erasable, never in the log. */
export type Correspondence = {
  salt: string;
  mailKey: string;
  address: string;
  name: string;
  subject: string;
  messageId: string;
  references: string[];
  recipient: string;
  /** The URLs named, as written, and what each was taken for. */
  urls: { url: string; taken: Taken; article: ArticleId | null }[];
  /** How many more URLs were named than are kept here. */
  urlsLeftOut?: number;
  /** How many more articles were named than the case holds. */
  articlesLeftOut?: number;
  /** How many attachments came with the mail; what they name is not read. */
  unreadAttachments?: number;
  /** The operator's words with a refusal, by article id ('' = the whole request). */
  notes: Record<string, string>;
};

const longestText = 300;

export const cut = (text: string): string =>
  text.length > longestText ? `${text.slice(0, longestText)}…` : text;

/** Bytes as a table counts them, at the most: the row of a case must stay below 400 KB. */
const sizeOf = (text: string): number => text.replace(/[^\t-~]/g, '...').length;
const mostBytes = 100_000;

type Kept = Required<Pick<Correspondence, 'urls' | 'urlsLeftOut'>>;

/** As many URLs as the row of a case has room for: those that concern us first. */
export const keptUrls = (named: Correspondence['urls']): Kept => {
  const isUnknown = ({ taken }: { taken: Taken }): boolean => taken === 'unknown';
  const ours = named.filter((each) => !isUnknown(each)).slice(0, 500);
  const chosen = new Set([...ours, ...named.filter(isUnknown).slice(0, 50)]);
  let room = mostBytes;
  const urls = named
    .filter((each) => chosen.has(each))
    .map((each) => ({ ...each, url: cut(each.url) }))
    .filter(({ url }) => {
      room -= sizeOf(url);
      return room >= 0;
    });
  return { urls, urlsLeftOut: named.length - urls.length };
};
