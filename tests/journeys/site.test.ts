import { createHash } from 'node:crypto';
import { parseFeed } from 'feedsmith';
import { describe, expect, it } from 'vitest';
import { articlesOn } from '../../bin/demo/world.ts';
import { begin, minute, pageOf } from './journey.ts';
import { send } from './mails.ts';

const pear = 'http://herald.example/news/nature/lost-pear-behind-bus-depot-10388.html';

const at = begin();

describe('the site from outside', () => {
  it('lists all articles, newest first, and each leads to its page', async () => {
    const journey = at();
    const front = await journey.get('/');
    const pages = articlesOn(front.text);

    const statuses = await Promise.all(pages.map(async (page) => (await journey.get(page)).status));
    expect(pages.length).toBeGreaterThan(12);
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(front.headers.get('cache-tag')?.split(',')).toHaveLength(pages.length);
  });

  it('offers RSS that a feed reader understands', async () => {
    const journey = at();
    for (const path of ['/feed.xml', '/source/sahafa/feed.xml']) {
      const { text, headers } = await journey.get(path);
      const { format, feed } = parseFeed(text);

      expect(headers.get('content-type')).toContain('application/rss+xml');
      expect(format).toBe('rss');
      expect('items' in feed ? feed.items?.length : 0).toBeGreaterThan(3);
    }
  });

  it('says 404 for what never was and 400 for a broken place in a list', async () => {
    const journey = at();
    const never = createHash('sha256').update('never').digest('hex').slice(0, 32);
    const paths = [`/article/${never}`, '/article/x', '/source/nobody', '/%E0%A4%A', '/../etc'];

    for (const path of paths) {
      const answer = await journey.get(path);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
    expect((await journey.get('/?before=nonsense')).status).toBe(400);
  });

  it('answers HEAD as GET without the body, and refuses what changes things', async () => {
    const { site } = at().stack.facts();
    const ask = (method: string) => fetch(`${site}${pageOf(pear)}`, { method });
    const [get, head, post] = [await ask('GET'), await ask('HEAD'), await ask('POST')];

    expect(await head.text()).toBe('');
    for (const name of ['content-type', 'cache-tag', 'content-security-policy'])
      expect([name, head.headers.get(name)]).toEqual([name, get.headers.get(name)]);
    expect([get.status, head.status, post.status]).toEqual([200, 200, 403]);
  });

  it('serves an article’s pictures with its page', async () => {
    const { text } = await at().get(pageOf(pear));
    const [picture = ''] = /\/article\/[0-9a-f]{32}\/pictures\/\d+\.\w+/.exec(text) ?? [];

    const answer = await at().get(picture);

    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^image\//);
  });

  it('keeps a page at the edge, and forgets it everywhere when the article goes', async () => {
    const journey = at();
    const shows = ['/', '/source/herald', '/feed.xml', '/source/herald/feed.xml', pageOf(pear)];
    const { text } = await journey.get(pageOf(pear));
    const [picture = ''] = /\/article\/[0-9a-f]{32}\/pictures\/\d+\.\w+/.exec(text) ?? [];
    for (const path of [...shows, picture]) await journey.get(path);
    const kept = await Promise.all(shows.map((path) => journey.get(path)));

    await send(journey, { from: 'legal@herald.example', body: `Remove ${pear}` });

    const after = await Promise.all(shows.map((path) => journey.get(path)));
    expect(kept.map(({ headers }) => headers.get('x-cache'))).toEqual(
      shows.map(() => 'Hit from cloudfront'),
    );
    for (const { text: page } of after) expect(page).not.toMatch(/lost-pear|Wexley Warden/);
    const gone = await journey.get(pageOf(pear));
    expect(gone.status).toBe(451);
    expect(gone.headers.get('link')).toBe(
      `<${journey.stack.facts().site}/about>; rel="blocked-by"`,
    );
    expect(gone.headers.get('cache-control')).toBe('no-store');
    expect(gone.headers.get('x-cache')).toBe('Miss from cloudfront');
    expect((await journey.get(picture)).status).toBe(451);
  });

  it('lets a kept page live for five minutes at most', async () => {
    const journey = at();
    await journey.get('/about');
    const kept = await journey.get('/about');
    journey.stack.clock.advance(5 * minute);
    const later = await journey.get('/about');

    expect(kept.headers.get('x-cache')).toBe('Hit from cloudfront');
    expect(later.headers.get('x-cache')).toBe('Miss from cloudfront');
    await journey.stack.settle();
  });
});
