import { describe, expect, it } from 'vitest';
import { idOf, liveArticle } from '../../domain/views/live-article.ts';
import { briefly, newSite, pageOf, pictureOf } from './new-site.ts';

describe('the page of an article', () => {
  it('is served, kept briefly, and tagged with every article it shows', async () => {
    const { ask, publish } = newSite();
    await publish(liveArticle(1, { title: 'The ferry Aurora returns' }));
    await publish(liveArticle(2, { title: 'Aurora sails at dawn' }));

    const { status, headers, body } = await ask(pageOf(1));

    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': briefly,
      'cache-tag': `art-${idOf(1)},art-${idOf(2)}`,
      'x-content-type-options': 'nosniff',
    });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(body).toContain('<p>Boats.</p>');
    expect(body).toContain('Aurora sails at dawn');
  });

  it('names itself by the address in the reader’s browser, or the function’s own', async () => {
    const { ask, publish } = newSite();
    await publish(liveArticle(1));
    const ogUrl = async (origin: string) =>
      /og:url" content="([^"]*)\/article/.exec((await ask(pageOf(1), 'GET', origin)).body)?.[1];

    expect(await ogUrl('https://news.example')).toBe('https://news.example');
    expect(await ogUrl('http://127.0.0.1:4000')).toBe('http://127.0.0.1:4000');
    expect(await ogUrl('')).toBe('https://function.example');
    expect(await ogUrl('javascript:alert(1)')).toBe('https://function.example');
  });

  it('falls back to excerpt and link where the body is lost or broken', async () => {
    const { ask, publish, ports } = newSite();
    await publish(liveArticle(1));
    await publish(liveArticle(2));
    await ports.bodies.erase(`articles/${idOf(1)}/`);
    await ports.bodies.put(`articles/${idOf(2)}/body.json`, Buffer.from('{'), 'application/json');

    for (const n of [1, 2]) {
      const { status, body } = await ask(pageOf(n));

      expect(status).toBe(200);
      expect(body).toContain('The islands have their boat again.');
      expect(body).toContain('Read on at the source');
    }
  });

  it.each(['hidden', 'tombstone'])(
    'answers 451 and nothing of the article when it is %s',
    async (state) => {
      const { ask, publish, ports } = newSite();
      const { title, excerpt, url } = await publish(liveArticle(1));
      if (state === 'hidden') await ports.articles.hide(idOf(1), 'c-17');
      else {
        const erasedAt = '2026-11-23T14:05:09.000Z';
        await ports.articles.entomb({ state: 'tombstone', id: idOf(1), caseId: 'c-17', erasedAt });
      }

      for (const path of [pageOf(1), pictureOf(1)]) {
        const { status, headers, body } = await ask(path);

        expect(status).toBe(451);
        expect(headers).toMatchObject({
          'cache-control': 'no-store',
          link: '<https://news.example/about>; rel="blocked-by"',
        });
        expect(headers['cache-tag']).toBeUndefined();
        for (const trace of [title, excerpt, url, 'herald', 'Boats.']) {
          expect(body).not.toContain(trace);
        }
      }
    },
  );

  it('is shown again when no case holds it', async () => {
    const { ask, publish, ports } = newSite();
    await publish(liveArticle(1));
    await ports.articles.hide(idOf(1), 'c-17');
    await ports.articles.show(idOf(1), 'c-17');

    expect((await ask(pageOf(1))).status).toBe(200);
  });

  it('leads from an alias to the article, and says 451 when that is gone', async () => {
    const { ask, publish, ports } = newSite();
    await publish(liveArticle(1));
    await ports.articles.note({ state: 'alias', id: idOf(9), aliasOf: idOf(1), seen: {} });

    expect(await ask(pageOf(9))).toMatchObject({ status: 301, headers: { location: pageOf(1) } });
    await ports.articles.hide(idOf(1), 'c-17');
    expect((await ask(pageOf(9))).status).toBe(451);
  });

  it.each([
    ['was never published', pageOf(1)],
    ['has no such form', '/article/1'],
    ['is longer than a path of ours', `${pageOf(1)}/more`],
    ['is no percent-encoding', '/source/%E0%A4%A'],
    ['tries to leave its prefix', `/article/${idOf(1)}/pictures/..%2fbody.json`],
  ])('answers 404, not kept, to an address that %s', async (_how, path) => {
    const { ask } = newSite();

    expect(await ask(path)).toMatchObject({
      status: 404,
      headers: { 'cache-control': 'no-store', 'content-type': 'text/html; charset=utf-8' },
    });
  });

  it('answers 404 for an entry that was looked at and not published', async () => {
    const { ask, ports } = newSite();
    await ports.articles.note({ state: 'absent', id: idOf(1), reason: 'gone', seen: {} });

    expect((await ask(pageOf(1))).status).toBe(404);
  });
});

describe('a picture', () => {
  it('is served as bytes of its own kind', async () => {
    const { ask, publish } = newSite();
    await publish(liveArticle(1));

    expect(await ask(pictureOf(1))).toMatchObject({
      status: 200,
      base64: true,
      body: Buffer.of(0xff, 0xd8, 0xff).toString('base64'),
      headers: {
        'content-type': 'image/jpeg',
        'cache-control': briefly,
        'cache-tag': `art-${idOf(1)}`,
        'x-content-type-options': 'nosniff',
      },
    });
  });

  it('is not served when it is missing, runnable, or of an article not shown in full', async () => {
    const { ask, publish, ports } = newSite();
    await publish(liveArticle(1));
    await publish(liveArticle(2, { display: 'excerpt' }));
    await ports.bodies.put(
      `articles/${idOf(1)}/pictures/1.svg`,
      Buffer.from('<svg/>'),
      'image/svg+xml',
    );

    for (const path of [
      `/article/${idOf(1)}/pictures/7.jpg`,
      `/article/${idOf(1)}/pictures/1.svg`,
      pictureOf(2),
    ]) {
      expect((await ask(path)).status).toBe(404);
    }
  });
});
