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
  picture,
  png,
  stateOf,
  story,
} from './newsroom.ts';
import { bodyOf, id, image, liveRow, published, rowOf, run, url } from './published.ts';

describe('publishArticle', () => {
  it('publishes a page: event, body, pictures, row', async () => {
    const pictures = [picture('https://img.herald.example/gone'), picture(image)];
    const room = newsroom(feedOf());
    room.pages.set(url, pageAnswer(pageOf({ pictures })));
    room.pages.set(image, answer(png));

    await run(room);

    const key = `articles/${id}/pictures/1.png`;
    expect(actionsOf(room, id)).toEqual(['article.published']);
    expect(rowOf(room)).toMatchObject({
      state: 'live',
      version: 1,
      url,
      canonicalUrl: 'https://herald.example/news/ferry',
      leadPicture: key,
      words: 60,
      seen: { herald: messageOf(entryOf(url)).entryHash },
    });
    expect(bodyOf(room).pictures).toEqual([{ ...picture(image), key }]);
    expect(room.memory.bodies.objects.get(key)?.contentType).toBe('image/png');
    expect(room.memory.articles.fingerprints.size).toBe(1);
  });

  it('keeps no file that only claims to be a picture', async () => {
    const room = newsroom(feedOf());
    room.pages.set(url, pageAnswer(pageOf({ pictures: [picture(image)] })));
    room.pages.set(
      image,
      answer(Buffer.from('<svg/>'), { headers: { 'content-type': 'image/png' } }),
    );

    await run(room);

    expect(bodyOf(room).pictures).toEqual([]);
    expect([...room.memory.bodies.objects.keys()]).toEqual([`articles/${id}/body.json`]);
  });

  it('stores no text where the page forbids a copy', async () => {
    const room = newsroom(feedOf());
    room.pages.set(
      url,
      pageAnswer(pageOf({ pictures: [picture(image)] }), '', { 'x-robots-tag': 'noarchive' }),
    );

    await run(room);

    expect(liveRow(room).display).toBe('link');
    expect(bodyOf(room)).toEqual({ html: '', text: '', pictures: [] });
    expect(room.asked.map((ask) => ask.url)).toEqual([url]);
  });

  it('writes nothing for the same message a second time', async () => {
    const room = await published();
    const before = structuredClone(stateOf(room));
    await run(room);

    expect(stateOf(room)).toEqual(before);
    expect(room.asked).toHaveLength(1);
  });

  it('only marks an entry seen where the page is the same', async () => {
    const room = await published();
    const changed = messageOf(entryOf(url, { summary: 'New words' }));

    await run(room, changed);

    expect(liveRow(room)).toMatchObject({ version: 1, seen: { herald: changed.entryHash } });
    expect(actionsOf(room, id)).toEqual(['article.published']);
  });

  it('writes the next version of a changed page, and leaves nothing of the former', async () => {
    const room = newsroom(feedOf());
    room.pages.set(url, pageAnswer(pageOf({ pictures: [picture(image)] })));
    room.pages.set(image, answer(png));
    await run(room);
    room.pages.set(url, pageAnswer(pageOf({ text: story('storm'), robots: ['max-snippet:400'] })));

    await run(room, messageOf(entryOf(url, { updatedAt: now })), now + 1000);

    expect(liveRow(room)).toMatchObject({ version: 2, display: 'excerpt', leadPicture: null });
    expect(actionsOf(room, id)).toEqual(['article.published', 'article.updated']);
    expect([...room.memory.bodies.objects.keys()]).toEqual([`articles/${id}/body.json`]);
  });
});
