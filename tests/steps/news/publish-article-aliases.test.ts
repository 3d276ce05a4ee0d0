import { describe, expect, it } from 'vitest';
import { Retryable } from '../../../functions/errors.ts';
import {
  actionsOf,
  entryOf,
  feedOf,
  idOf,
  messageOf,
  newsroom,
  pageAnswer,
  pageOf,
  story,
} from './newsroom.ts';
import { bodyOf, id, liveRow, published, rowOf, run, url } from './published.ts';

describe('publishArticle, one article by several addresses', () => {
  const second = 'https://herald.example/go/77';

  it('takes the canonical address for the identity and the other for an alias', async () => {
    const room = newsroom(feedOf());
    room.pages.set(
      second,
      pageAnswer(pageOf({ canonicalUrl: 'https://herald.example/news/ferry' })),
    );

    await run(room, messageOf(entryOf(second)));

    expect(liveRow(room)).toMatchObject({ state: 'live', aliases: [idOf(second)] });
    expect(rowOf(room, idOf(second))).toMatchObject({ state: 'alias', aliasOf: id });
    expect(actionsOf(room, id)).toEqual(['article.published', 'article.aliased']);
  });

  it('joins a second address to a standing article, once', async () => {
    const room = await published();
    room.pages.set(
      second,
      pageAnswer(pageOf({ canonicalUrl: 'https://herald.example/news/ferry' })),
    );

    await run(room, messageOf(entryOf(second)));
    await run(room, messageOf(entryOf(second, { title: 'Again' })));

    expect(liveRow(room)).toMatchObject({ version: 1, aliases: [idOf(second)] });
    expect(actionsOf(room, id)).toEqual(['article.published', 'article.aliased']);
  });

  it('joins a second feed to it', async () => {
    const room = await published();

    await run(room, messageOf(entryOf(url), 'courier'));

    expect(Object.keys(liveRow(room).seen).sort()).toEqual(['courier', 'herald']);
    expect(actionsOf(room, id)).toEqual(['article.published']);
  });

  it('takes the same text at another publisher for a copy', async () => {
    const room = await published();
    const copy = 'https://courier.example/ferry';
    room.pages.set(copy, pageAnswer(pageOf({ title: 'Another headline' })));

    await run(room, messageOf(entryOf(copy), 'courier'));

    expect(rowOf(room, idOf(copy))).toMatchObject({ state: 'alias', aliasOf: id });
    expect(liveRow(room).title).toBe('Ferry returns to the island');
    expect(room.memory.audit.log.at(-1)?.details).toEqual({
      alias: idOf(copy),
      reason: 'same-text',
    });
  });

  it("does not let a page take another publisher's identity", async () => {
    const room = await published();
    const thief = 'https://courier.example/fake';
    const canonicalUrl = 'https://herald.example/news/ferry';
    room.pages.set(thief, pageAnswer(pageOf({ canonicalUrl, text: story('fake') })));

    await run(room, messageOf(entryOf(thief), 'courier'));

    expect(liveRow(room)).toMatchObject({ version: 1, organisation: 'herald.example' });
    expect(rowOf(room, idOf(thief))).toMatchObject({
      state: 'live',
      organisation: 'courier.example',
    });
  });

  it('waits while another run holds the same text', async () => {
    const room = newsroom(feedOf());
    room.pages.set(url, pageAnswer(pageOf()));
    const copy = 'https://courier.example/ferry';
    await run(room);
    room.memory.articles.rows.delete(id);
    room.pages.set(copy, pageAnswer(pageOf()));
    room.memory.feeds.rows.set('courier', feedOf('courier'));

    await run(room, messageOf(entryOf(copy), 'courier'));

    expect(room.memory.queues.articles.messages).toMatchObject([{ attempt: 2 }]);
    expect(room.memory.queues.articles.delays).toEqual([10]);
    expect(rowOf(room, idOf(copy))).toBeUndefined();
  });

  it('does not let a copy that changes later change the original', async () => {
    const room = await published();
    const copy = 'https://courier.example/ferry';
    room.pages.set(copy, pageAnswer(pageOf()));
    await run(room, messageOf(entryOf(copy), 'courier'));
    room.pages.set(copy, pageAnswer(pageOf({ text: story('rewritten') })));
    const changed = messageOf(entryOf(copy, { title: 'Rewritten' }), 'courier');

    await run(room, changed);

    expect(bodyOf(room).text).toBe(story('ferry'));
    expect(rowOf(room, idOf(copy))).toMatchObject({
      state: 'alias',
      seen: { courier: changed.entryHash },
    });
  });

  it('updates an article that has aliases behind the last of its events', async () => {
    const room = newsroom(feedOf());
    const canonicalUrl = 'https://herald.example/news/ferry';
    room.pages.set(second, pageAnswer(pageOf({ canonicalUrl })));
    await run(room, messageOf(entryOf(second)));
    room.pages.set(second, pageAnswer(pageOf({ canonicalUrl, text: story('storm') })));

    await run(room, messageOf(entryOf(second, { title: 'Storm' })));

    expect(liveRow(room)).toMatchObject({ version: 2, aliases: [idOf(second)] });
    expect(actionsOf(room, id)).toEqual([
      'article.published',
      'article.aliased',
      'article.updated',
    ]);
  });

  it('looks again where another run claims the same text at the last moment', async () => {
    const room = newsroom(feedOf());
    room.pages.set(url, pageAnswer(pageOf()));
    const claim = room.ports.articles.claimFingerprint;
    room.ports.articles.claimFingerprint = async (fingerprint, of) => {
      await claim(fingerprint, 'f'.repeat(32));
      return claim(fingerprint, of);
    };

    await expect(run(room)).rejects.toThrow(Retryable);
    expect(room.memory.audit.log).toEqual([]);
  });
});
