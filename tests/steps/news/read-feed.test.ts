import { describe, expect, it } from 'vitest';
import type { FetchResult, ParsedFeed } from '../../../functions/domain/news/page.ts';
import type { FeedEntry } from '../../../functions/domain/news/source.ts';
import { minute } from '../../../functions/domain/time.ts';
import { readFeed } from '../../../functions/news/read-feed.ts';
import type { FeedParserPort } from '../../../functions/ports.ts';
import {
  actionsOf,
  answer,
  entryOf,
  feedOf,
  idOf,
  messageOf,
  type Newsroom,
  newsroom,
  now,
} from './newsroom.ts';

const feedUrl = feedOf().terms.feedUrl;

/** Feeds travel as JSON of their entries: reading XML is tested elsewhere. */
const parser: FeedParserPort = {
  parse: ({ bytes }): ParsedFeed => {
    const text = Buffer.from(bytes).toString();
    if (!text.startsWith('[')) return { kind: 'unreadable', reason: 'no feed' };
    const entries = JSON.parse(text) as FeedEntry[];
    return { kind: 'feed', title: '', language: null, entries, problems: [] };
  },
};

const feedAnswer = (entries: FeedEntry[], change: object = {}): FetchResult =>
  answer(Buffer.from(JSON.stringify(entries)), change);

const at = (path: string, change: Partial<FeedEntry> = {}) =>
  entryOf(`https://herald.example/${path}`, change);

const room = (...entries: FeedEntry[]): Newsroom => {
  const made = newsroom(feedOf());
  made.pages.set(feedUrl, feedAnswer(entries, { headers: { etag: '"1"' } }));
  return made;
};

const run = ({ ports }: Newsroom, time = now) =>
  readFeed({ ...ports, parser })({ feedId: 'herald' }, time);

const pollOf = ({ memory }: Newsroom) => memory.feeds.rows.get('herald')?.poll;
const sent = ({ memory }: Newsroom) => memory.queues.articles.messages;

describe('readFeed', () => {
  it('queues new entries, newest first, and remembers the poll', async () => {
    const news = room(at('old', { publishedAt: now - 9 }), at('new', { publishedAt: now }));

    await run(news);

    expect(sent(news)).toEqual([
      messageOf(at('new', { publishedAt: now })),
      messageOf(at('old', { publishedAt: now - 9 })),
    ]);
    expect(pollOf(news)).toMatchObject({ etag: '"1"', lastPolledAt: now, failures: 0 });
  });

  it('asks with the validators of the last poll', async () => {
    const news = room(at('a'));
    await run(news);
    news.pages.set(feedUrl, { kind: 'unchanged' });

    await run(news, now + 20 * minute);

    expect(news.asked[1]).toMatchObject({ etag: '"1"', maxBytes: 5 * 1024 * 1024 });
    expect(sent(news)).toHaveLength(1);
    expect(pollOf(news)).toMatchObject({ etag: '"1"', quietPolls: 1 });
  });

  it('asks the publisher once for two messages', async () => {
    const news = room(at('a'));

    await run(news);
    await run(news, now + 10_000);

    expect(news.asked).toHaveLength(1);
  });

  it.each(['gone', 'removed'] as const)('leaves a %s feed alone', async (state) => {
    const news = newsroom({ ...feedOf(), state });

    await run(news);

    expect(news.asked).toEqual([]);
  });

  it('skips what an absent row has seen', async () => {
    const { entryHash } = messageOf(at('a'));
    const news = room(at('a'));
    const id = idOf(at('a').url);
    await news.memory.articles.note({
      state: 'absent',
      id,
      reason: '',
      seen: { herald: entryHash },
    });

    await run(news);

    expect(sent(news)).toEqual([]);
  });

  it('refuses a tombstone without a message, and says so once', async () => {
    const news = room(at('a'), at('b'));
    const id = idOf(at('a').url);
    await news.memory.articles.entomb({ state: 'tombstone', id, caseId: 'c', erasedAt: '' });
    await news.memory.articles.note({
      state: 'alias',
      id: idOf(at('b').url),
      aliasOf: id,
      seen: {},
    });

    await run(news);
    await run(news, now + 20 * minute);

    expect(sent(news)).toEqual([]);
    expect(actionsOf(news, id)).toEqual(['article.kept-out']);
  });

  it('leaves what is over a hundred for the next poll, and asks for it in full', async () => {
    const news = room(...Array.from({ length: 130 }, (_, n) => at(`n${n}`)));

    await run(news);

    expect(sent(news)).toHaveLength(100);
    expect(pollOf(news)?.etag).toBeNull();
  });

  it.each([
    ['more than 200 KB', 'ю'.repeat(110_000)],
    ['more than fits once it is escaped', '"'.repeat(150_000)],
  ])('drops content of %s, which the page has too', async (_name, contentHtml) => {
    const news = room(at('a', { contentHtml }));

    await run(news);

    expect(sent(news)[0]).toMatchObject({
      entry: { contentHtml: '' },
      entryHash: messageOf(at('a', { contentHtml })).entryHash,
    });
  });

  it('says that a feed is gone and stops', async () => {
    const news = newsroom(feedOf());
    news.pages.set(feedUrl, { kind: 'gone', status: 410 });

    await run(news);

    expect(news.memory.feeds.rows.get('herald')?.state).toBe('gone');
    expect(news.memory.audit.log).toMatchObject([
      { subject: 'source:herald', action: 'source.gone', details: { status: 410 } },
    ]);
  });

  it('counts an unreadable feed as a failure and comes back', async () => {
    const news = newsroom(feedOf());
    news.pages.set(feedUrl, answer(Buffer.from('<html>')));

    await run(news);

    expect(pollOf(news)).toMatchObject({ failures: 1, etag: null });
  });

  it('asks a feed that moved for good at its new address', async () => {
    const news = room();
    const movedTo = 'https://new.herald.example/feed';
    news.pages.set(feedUrl, feedAnswer([], { movedTo }));
    news.pages.set(movedTo, feedAnswer([at('a')]));

    await run(news);
    await run(news, now + 20 * minute);

    expect(news.asked.map(({ url }) => url)).toEqual([feedUrl, movedTo]);
    expect(news.memory.audit.log).toMatchObject([{ action: 'source.moved' }]);
    expect(sent(news)).toHaveLength(1);
  });
});
