import { describe, expect, it } from 'vitest';
import {
  actionsOf,
  answer,
  entryOf,
  feedOf,
  messageOf,
  newsroom,
  now,
  pageAnswer,
  pageOf,
  story,
} from './newsroom.ts';
import { bodyOf, id, liveRow, published, rowOf, run, url } from './published.ts';

describe('publishArticle without a page', () => {
  const contentHtml = `<p>${story('feed')}</p>`;

  it.each([
    ['gone', { kind: 'gone', status: 410 } as const],
    ['failing', { kind: 'failed', status: 503, reason: 'status 503', retryAfter: null } as const],
    ['unreadable', answer(Buffer.from('%PDF'))],
  ])('publishes from the feed where the page is %s', async (_name, result) => {
    const room = newsroom(feedOf());
    room.pages.set(url, result);

    await run(room, messageOf(entryOf(url, { contentHtml })));

    expect(liveRow(room)).toMatchObject({ state: 'live', title: 'Ferry returns' });
    expect(bodyOf(room).text).toBe(story('feed'));
    expect(room.memory.audit.log[0]?.details).toMatchObject({ from: 'feed' });
  });

  it("takes the feed's text where the page says too little", async () => {
    const room = newsroom(feedOf());
    room.pages.set(
      url,
      pageAnswer(pageOf({ text: 'Please accept', html: '<p>Please accept</p>' })),
    );

    await run(room, messageOf(entryOf(url, { contentHtml })));

    expect(liveRow(room).title).toBe('Ferry returns to the island');
    expect(bodyOf(room).text).toBe(story('feed'));
  });

  it('keeps the text of a standing page while the page fails', async () => {
    const room = await published();
    room.pages.delete(url);

    await run(room, messageOf(entryOf(url, { contentHtml })));

    expect(bodyOf(room).text).toBe(story('ferry'));
    expect(room.memory.queues.articles).toMatchObject({ messages: [{ attempt: 2 }], delays: [60] });
  });

  it('tries again where the feed carries nothing, no sooner than asked', async () => {
    const room = newsroom(feedOf());
    const retryAfter = now + 500_000;
    room.pages.set(url, { kind: 'failed', status: 429, reason: 'status 429', retryAfter });

    await run(room);

    expect(room.memory.queues.articles).toMatchObject({
      messages: [{ attempt: 2 }],
      delays: [500],
    });
    expect(room.memory.audit.log).toEqual([]);
  });

  it('gives up after six attempts with an event that says why, and rests until the entry changes', async () => {
    const room = newsroom(feedOf());
    const last = messageOf(entryOf(url), 'herald', 6);

    await run(room, last);
    await run(room, last);

    expect(room.memory.audit.log).toMatchObject([
      {
        action: 'article.given-up',
        details: { source: 'herald', reason: 'the page is gone (404)', attempts: 6 },
      },
    ]);
    expect(rowOf(room)).toMatchObject({ state: 'absent', seen: { herald: last.entryHash } });
    expect(room.asked).toHaveLength(1);

    room.pages.set(url, pageAnswer(pageOf()));
    await run(room, messageOf(entryOf(url, { title: 'Now' })));

    expect(liveRow(room).state).toBe('live');
  });

  it('gives up a page without any headline', async () => {
    const room = newsroom(feedOf());
    room.pages.set(url, pageAnswer(pageOf({ title: '' })));

    await run(room, messageOf(entryOf(url, { title: '' })));

    expect(actionsOf(room, id)).toEqual(['article.given-up']);
  });

  it('does nothing for a source that was removed', async () => {
    const room = newsroom({ ...feedOf(), state: 'removed' });

    await run(room);

    expect(room.asked).toEqual([]);
  });
});
