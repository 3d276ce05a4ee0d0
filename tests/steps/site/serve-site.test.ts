import { describe, expect, it } from 'vitest';
import { memoryPorts } from '../../../functions/adapters/memory.ts';
import { stylePath } from '../../../functions/views/style.ts';
import { liveArticle } from '../../domain/views/live-article.ts';
import { newSite, pageOf, pictureOf } from './new-site.ts';

describe('the site', () => {
  it('answers HEAD as GET, without the body', async () => {
    const { ask, publish } = newSite();
    await publish(liveArticle(1));
    const get = await ask(pageOf(1));

    expect(await ask(pageOf(1), 'HEAD')).toEqual({ ...get, body: '' });
    expect(await ask(pictureOf(1), 'HEAD')).toMatchObject({ status: 200, body: '', base64: false });
    expect((await ask(pageOf(2), 'HEAD')).status).toBe(404);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('refuses %s', async (method) => {
    const { ask } = newSite();

    expect(await ask('/', method)).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  });

  it('keeps the style sheet for a year under its own name, and briefly under another', async () => {
    const { ask } = newSite();

    expect((await ask(stylePath)).headers['cache-control']).toBe(
      'public, max-age=31536000, immutable',
    );
    for (const path of ['/style.css', '/style.00000000.css']) {
      const { status, headers } = await ask(path);
      expect(status).toBe(200);
      expect(headers['cache-control']).toBe('public, max-age=60');
    }
  });

  it.each([
    ['/about', 'text/html; charset=utf-8'],
    ['/robots.txt', 'text/plain; charset=utf-8'],
    ['/icon.svg', 'image/svg+xml'],
  ])('serves %s', async (path, contentType) => {
    const { ask } = newSite();

    expect(await ask(path)).toMatchObject({
      status: 200,
      headers: { 'content-type': contentType },
    });
  });

  it('says that something broke, and nothing of what', async () => {
    const articles = memoryPorts().articles;
    const { ask } = newSite({
      articles: { ...articles, newest: () => Promise.reject(new Error('secret table name')) },
    });

    const { status, headers, body } = await ask('/');

    expect(status).toBe(500);
    expect(headers['cache-control']).toBe('no-store');
    expect(body).not.toMatch(/secret|Error|\.ts/);
  });
});
