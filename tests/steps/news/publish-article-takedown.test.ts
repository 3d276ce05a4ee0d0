import { describe, expect, it } from 'vitest';
import {
  actionsOf,
  answer,
  entryOf,
  feedOf,
  idOf,
  messageOf,
  newsroom,
  pageAnswer,
  pageOf,
  picture,
  png,
  story,
} from './newsroom.ts';
import { bodyOf, grave, id, image, liveRow, published, rowOf, run, url } from './published.ts';

describe('publishArticle and the takedown', () => {
  it('is refused by a tombstone without asking the publisher, and says so once', async () => {
    const room = newsroom(feedOf());
    room.memory.articles.rows.set(id, grave(id));

    await run(room);
    await run(room, messageOf(entryOf(url, { title: 'Changed' })));

    expect(room.asked).toEqual([]);
    expect(rowOf(room)).toEqual(grave(id));
    expect(actionsOf(room, id)).toEqual(['article.kept-out']);
  });

  it('is refused by the tombstone behind an alias without asking the publisher', async () => {
    const room = newsroom(feedOf());
    const other = 'f'.repeat(32);
    room.memory.articles.rows.set(id, { state: 'alias', id, aliasOf: other, seen: {} });
    room.memory.articles.rows.set(other, grave(other));

    await run(room);

    expect(room.asked).toEqual([]);
    expect(actionsOf(room, other)).toEqual(['article.kept-out']);
  });

  it('erases what a publication that crashed had stored before the tombstone', async () => {
    const room = newsroom(feedOf());
    room.memory.articles.rows.set(id, grave(id));
    await room.memory.bodies.put(`articles/${id}/body.json`, png, 'application/json');

    await run(room);

    expect(room.memory.bodies.objects.size).toBe(0);
  });

  it('erases that even when its source was removed meanwhile', async () => {
    const room = newsroom({ ...feedOf(), state: 'removed' });
    room.memory.articles.rows.set(id, grave(id));
    await room.memory.bodies.put(`articles/${id}/body.json`, png, 'application/json');

    await run(room);

    expect(room.memory.bodies.objects.size).toBe(0);
  });

  it('is refused under a new address of the same page', async () => {
    const room = newsroom(feedOf());
    const fresh = 'https://herald.example/new-slug';
    room.memory.articles.rows.set(id, grave(id));
    room.pages.set(
      fresh,
      pageAnswer(pageOf({ canonicalUrl: 'https://herald.example/news/ferry' })),
    );

    await run(room, messageOf(entryOf(fresh)));

    expect(rowOf(room, idOf(fresh))).toMatchObject({ state: 'alias', aliasOf: id });
    expect(actionsOf(room, id)).toEqual(['article.kept-out']);
    expect(room.memory.bodies.objects.size).toBe(0);
  });

  it('is refused with the same text under a new address', async () => {
    const room = await published();
    const fresh = 'https://courier.example/copy';
    await room.memory.articles.entombFingerprint(liveRow(room).fingerprint, id);
    await room.memory.articles.entomb(grave(id));
    await room.memory.bodies.erase('articles/');
    room.pages.set(fresh, pageAnswer(pageOf()));

    await run(room, messageOf(entryOf(fresh), 'courier'));

    expect(rowOf(room, idOf(fresh))).toMatchObject({ state: 'absent' });
    expect(actionsOf(room, id)).toEqual(['article.published', 'article.kept-out']);
    expect(room.memory.bodies.objects.size).toBe(0);
  });

  it.each(['publish', 'replace'] as const)(
    'leaves nothing where the tombstone comes just before it would %s',
    async (write) => {
      const room = write === 'publish' ? newsroom(feedOf()) : await published();
      const text = story('storm');
      room.pages.set(url, pageAnswer(pageOf({ text, pictures: [picture(image)] })));
      room.pages.set(image, answer(png));
      const store = room.ports.articles[write];
      room.ports.articles[write] = async (row) => {
        await room.memory.articles.entomb(grave(id));
        return store(row);
      };

      await run(room, messageOf(entryOf(url, { title: 'Racing' })));

      expect(rowOf(room)).toEqual(grave(id));
      expect(room.memory.bodies.objects.size).toBe(0);
      expect(actionsOf(room, id).at(-1)).toBe('article.kept-out');
    },
  );

  it('never changes or shows a hidden article', async () => {
    const room = await published();
    await room.memory.articles.hide(id, 'case-1');
    room.pages.set(url, pageAnswer(pageOf({ text: story('storm') })));

    await run(room, messageOf(entryOf(url, { title: 'Changed' })));

    expect(liveRow(room)).toMatchObject({ state: 'hidden', version: 1, holds: ['case-1'] });
    expect(bodyOf(room).text).toBe(story('ferry'));
  });
});
