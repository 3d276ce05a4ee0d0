import type { ArticleId } from '../news/article.ts';
import type { Case } from './case.ts';

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
  /** How many attachments came with the mail; what they name is not read. */
  unreadAttachments?: number;
  /** The operator's words with a refusal, by article id ('' = the whole request). */
  notes: Record<string, string>;
};

/** What is gone must not live on in the row of its case, once every letter has said so. */
export const withoutTheGone = (state: Case, correspondence: Correspondence): Correspondence => {
  const isOver =
    state.closedAt !== null &&
    Object.values(state.letters).every((letter) => letter.state === 'sent');
  return isOver ? { ...correspondence, subject: '', urls: [] } : correspondence;
};
