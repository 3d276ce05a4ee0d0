import { describe, expect, it } from 'vitest';
import { idOf, liveArticle } from '../../domain/views/live-article.ts';
import { type Answer, briefly, newSite } from './new-site.ts';

describe('a list', () => {
  it('pages through all articles, newest first, each once', async () => {
    const { ask, publish } = newSite();
    for (let n = 1; n <= 60; n++) await publish(liveArticle(n));
    const seen: string[] = [];

    for (let path: string | undefined = '/'; path; ) {
      const { status, headers, body }: Answer = await ask(path);
      const cards = [...body.matchAll(/<h2><a href="\/article\/([0-9a-f]{32})"/g)];
      const ids = cards.map(([, id]) => id ?? '');
      expect(status).toBe(200);
      expect(headers['cache-tag']).toBe(ids.map((id) => `art-${id}`).join(','));
      seen.push(...ids);
      path = /href="(\/\?before=[^"]*)" rel="next"/.exec(body)?.[1];
    }

    expect(seen).toEqual(Array.from({ length: 60 }, (_, n) => idOf(n + 1)));
  });

  it('shows only its own source on a source page', async () => {
    const { ask, publish, addSource } = newSite();
    await addSource('herald', 'Harbour Herald');
    await publish(liveArticle(1));
    await publish(liveArticle(2, { sourceId: 'other' }));

    const { status, body } = await ask('/source/herald');

    expect(status).toBe(200);
    expect(body).toContain(idOf(1));
    expect(body).not.toContain(idOf(2));
    expect((await ask('/source/nobody')).status).toBe(404);
    expect((await ask('/source/nobody/feed.xml')).status).toBe(404);
  });

  it('refuses a cursor that is broken or belongs to another list, and says what to do', async () => {
    const { ask, publish, addSource } = newSite();
    await addSource('herald', 'Harbour Herald');
    for (let n = 1; n <= 30; n++) await publish(liveArticle(n));
    const cursor = /before=([^"]*)"/.exec((await ask('/')).body)?.[1] ?? '';
    expect((await ask(`/?before=${cursor}`)).status).toBe(200);

    for (const path of [
      '/?before=x',
      `/?before=${cursor.slice(0, -1)}`,
      `/?before=x${cursor}`,
      `/?before=${cursor}.${cursor}`,
      `/source/herald?before=${cursor}`,
    ]) {
      const { status, headers, body } = await ask(path);

      expect(status).toBe(400);
      expect(headers['cache-control']).toBe('no-store');
      expect(body).toContain('Open the newest articles');
    }
  });

  it('shows neither hidden nor erased articles, on pages nor in feeds', async () => {
    const { ask, publish, ports } = newSite();
    await publish(liveArticle(1, { title: 'Held back' }));
    await ports.articles.hide(idOf(1), 'c-17');

    for (const path of ['/', '/feed.xml'])
      expect((await ask(path)).body).not.toContain('Held back');
  });

  it('has a feed for the site and for a source', async () => {
    const { ask, publish, addSource } = newSite();
    await addSource('herald', 'Harbour Herald');
    await publish(liveArticle(1));

    for (const path of ['/feed.xml', '/source/herald/feed.xml']) {
      const { status, headers, body } = await ask(path);

      expect(status).toBe(200);
      expect(headers).toMatchObject({
        'content-type': 'application/rss+xml; charset=utf-8',
        'cache-control': briefly,
        'cache-tag': `art-${idOf(1)}`,
      });
      expect(body).toContain('<source url="https://herald.example/rss">Harbour Herald</source>');
    }
  });
});
