import type { Reading } from '../../domain/news/candidate.ts';
import { foldedWords, minWords } from '../../domain/news/fingerprint.ts';
import type { FetchResult, ParsedPage } from '../../domain/news/page.ts';
import type { Instant } from '../../domain/time.ts';
import type { Work } from './ports.ts';

/** What the page gave, and what the feed carries where that is enough for an article. */
type Readings = {
  page: Reading | null;
  feed: Reading | null;
  /** Why there is no page; '' where there is one. */
  trouble: string;
  isGone: boolean;
  retryAfter: Instant | null;
};

const accept = 'text/html, application/xhtml+xml;q=0.9, */*;q=0.1';
const maxBytes = 5 * 1024 * 1024;

const isLongEnough = ({ text }: ParsedPage): boolean => foldedWords(text).length >= minWords;

const troubleOf = (answer: FetchResult): string => {
  switch (answer.kind) {
    case 'fetched':
      return 'the page could not be read';
    case 'gone':
      return `the page is gone (${answer.status})`;
    case 'failed':
      return `the page could not be fetched: ${answer.reason}`;
    case 'unchanged':
      return 'the page was not sent';
  }
};

/** Reads the page, and the feed's own text where the page is missing or says too little. */
export const readEntry = async ({ ports, message, now }: Work): Promise<Readings> => {
  const { url, contentHtml } = message.entry;
  const answer = await ports.web.fetch({ url, accept, maxBytes, now });
  const isFetched = answer.kind === 'fetched';
  const robotsHeader = isFetched ? (answer.headers['x-robots-tag'] ?? '') : '';
  const contentType = isFetched ? (answer.headers['content-type'] ?? '') : '';
  const page = isFetched
    ? ports.pages.read({ bytes: answer.bytes, url: answer.url, contentType })
    : undefined;
  const carried = contentHtml === '' ? undefined : ports.pages.readFragment(contentHtml, url);

  const fromPage: Reading | null =
    isFetched && page ? { from: 'page', url: answer.url, page, robotsHeader } : null;
  const fromFeed: Reading | null =
    carried && isLongEnough(carried) ? { from: 'feed', url, page: carried, robotsHeader } : null;
  const retryAfter = answer.kind === 'failed' ? answer.retryAfter : null;
  const trouble = fromPage ? '' : troubleOf(answer);
  const isGone = answer.kind === 'gone' && answer.status === 410;
  const rest = { feed: fromFeed, trouble, isGone, retryAfter };
  if (fromPage && fromFeed && !isLongEnough(fromPage.page)) {
    const { html, text, pictures } = fromFeed.page;
    const page = { ...fromPage.page, html, text, pictures };
    return { page: { ...fromPage, from: 'feed', page }, ...rest };
  }
  return { page: fromPage, ...rest };
};
