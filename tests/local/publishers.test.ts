import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPublishers } from '../../lib/local/publishers/publishers.ts';
import type { Publishers, PublishersOptions } from '../../lib/local/publishers/types.ts';
import { visit } from './publishers-client.ts';

let publishers: Publishers;
const options: PublishersOptions = {
  dir: mkdtempSync(join(tmpdir(), 'publishers-')),
  port: 0,
  now: () => Date.UTC(2026, 2, 1, 12),
  log: () => undefined,
};

beforeAll(async () => {
  publishers = await startPublishers(options);
});
afterAll(() => publishers.stop());

const get = (url: string, headers: Record<string, string> = {}) => visit(publishers, url, headers);
const rss = 'http://herald.example/feeds/all.rss';
const heraldLinks = async (): Promise<string[]> =>
  linksOf((await get(rss)).text, /<item>[\s\S]*?<link>(.*?)<\/link>/g);
const cp1251 = new TextDecoder('windows-1251');
const linksOf = (feed: string, pattern: RegExp): string[] =>
  [...feed.matchAll(pattern)].map((match) => (match[1] ?? '').replaceAll('&amp;', '&'));

const room = new URL('../../lib/local/publishers/', import.meta.url).pathname;
const storiesOf = (site: string): string[] =>
  readdirSync(join(room, 'pages', site)).map((name) =>
    readFileSync(join(room, 'pages', site, name), 'utf8'),
  );

describe('the sample publishers', () => {
  it('serve RSS whose links carry tracking parameters', async () => {
    const { status, header } = await get(rss);

    const links = await heraldLinks();
    expect(status).toBe(200);
    expect(header('content-type')).toBe('application/rss+xml');
    expect(links.length).toBeGreaterThanOrEqual(8);
    expect(links.every((link) => link.endsWith('?ns_mchannel=rss&ito=1490'))).toBe(true);
  });

  it('serve Atom and pages in windows-1251, without losing a letter', async () => {
    const { header, bytes } = await get('http://visnyk.example/atom.xml');
    const feed = cp1251.decode(bytes);

    const links = linksOf(feed, /<entry>[\s\S]*?href="(.*?)"/g);
    const pages = await Promise.all(
      links.map(async (link) => cp1251.decode((await get(link)).bytes)),
    );
    const paragraphs = storiesOf('visnyk').flatMap((text) =>
      text
        .split('\n\n')
        .filter((part) => /^[«\p{L}][^:]*? /u.test(part) && !part.startsWith('title')),
    );

    expect(header('content-type')).toBe('application/atom+xml');
    expect(feed).toContain('encoding="windows-1251"');
    expect(feed).toContain('Поромник зі Старої Греблі');
    expect(pages).toHaveLength(5);
    expect(pages.every((page) => page.includes('<meta charset="windows-1251">'))).toBe(true);
    expect(paragraphs.length).toBeGreaterThan(25);
    for (const paragraph of paragraphs)
      expect(pages.join('')).toContain(`<p>${paragraph.trim()}</p>`);
  });

  it('serve a JSON Feed in Arabic with pages written from right to left', async () => {
    const { bytes } = await get('http://sahafa.example/feed.json');
    const feed = JSON.parse(bytes.toString()) as { version: string; items: { url: string }[] };

    const page = await get(feed.items[0]?.url ?? '');

    expect(feed.version).toBe('https://jsonfeed.org/version/1.1');
    expect(feed.items).toHaveLength(5);
    expect(page.text).toContain('<html lang="ar" dir="rtl">');
  });

  it('serve a page for every entry but the one withdrawn and the one lost', async () => {
    const links = await heraldLinks();

    const statuses = await Promise.all(links.map(async (link) => (await get(link)).status));

    expect(statuses.filter((status) => status === 410)).toHaveLength(1);
    expect(statuses.filter((status) => status === 404)).toHaveLength(1);
    expect(statuses.filter((status) => status === 200)).toHaveLength(links.length - 2);
  });

  it('carry in the feed the text of the lost page, and nothing of the withdrawn one', async () => {
    const items = (await get(rss)).text.split('<item>').slice(1);

    const lost = items.find((item) => item.includes('/school-telescope-'));
    const withdrawn = items.find((item) => item.includes('/mayors-diary-'));

    expect(lost).toContain('<content:encoded><![CDATA[<p>A telescope bought for £340');
    expect(withdrawn).not.toMatch(/<description>|content:encoded|media:content/);
  });

  it('give one text two addresses, each canonical to itself', async () => {
    const links = await heraldLinks();
    const twins = links.filter((link) => link.includes('fennick-light'));

    const pages = await Promise.all(twins.map(async (link) => (await get(link)).text));
    const [one, other] = pages.map((page) => ({
      canonical: /rel="canonical" href="(.*?)"/.exec(page)?.[1],
      text: page.match(/<p>[\s\S]*?<\/p>/g)?.join('\n'),
    }));

    expect(twins).toHaveLength(2);
    expect(one?.text).toBe(other?.text);
    expect(one?.canonical).not.toBe(other?.canonical);
  });

  it('repeat captions in plain typing, hide pictures from those without scripts, forbid archiving once', async () => {
    const pear = await get(
      'http://herald.example/news/nature/lost-pear-behind-bus-depot-10388.html',
    );
    const clock = await get(
      'http://herald.example/opinion/leave-the-library-clock-wrong-10340.html',
    );

    expect(pear.text).toContain('alt="The Harrow Lane tree - &quot;older than');
    expect(pear.text).toContain('<figcaption>The Harrow Lane tree – “older than');
    expect(pear.text).toContain('data-src="/pictures/orchard.png?width=960"');
    expect(clock.text).toContain('<meta name="robots" content="noarchive">');
  });

  it('serve every picture that a page names, small and of the size it says', async () => {
    const stories = ['herald', 'visnyk', 'sahafa'].flatMap(storiesOf);
    const named = new Set(stories.flatMap((text) => linksOf(text, /^!\[(.*?)\]/gm)));

    for (const name of named) {
      const answer = await get(`http://herald.example/pictures/${name}?width=960`);
      expect([name, answer.status]).toEqual([name, 200]);
      expect(answer.header('content-type')).toBe(name.endsWith('png') ? 'image/png' : 'image/jpeg');
      expect(answer.bytes.length).toBeLessThanOrEqual(40 * 1024);
    }
    expect([...named].sort()).toEqual(readdirSync(join(room, 'pictures')).sort());
  });

  it('answer 304 to a reader that has the feed, by ETag and by date', async () => {
    const { header } = await get(rss);

    const byTag = await get(rss, { 'if-none-match': header('etag') });
    const byDate = await get(rss, { 'if-modified-since': header('last-modified') });
    const stale = await get(rss, { 'if-none-match': '"old"' });

    expect([byTag.status, byTag.bytes.length]).toEqual([304, 0]);
    expect(byDate.status).toBe(304);
    expect(stale.status).toBe(200);
  });

  it('show a stranger at the address where to go', async () => {
    const { status, bytes } = await get('http://elsewhere.example/');
    const shown = await get(`http://visnyk.example.localhost:${publishers.port}/`);

    expect(status).toBe(421);
    expect(bytes.toString()).toContain(`http://visnyk.example.localhost:${publishers.port}/`);
    expect(shown.status).toBe(200);
  });

  it('name themselves as the news room and the polite client want', () => {
    const opml = readFileSync(publishers.opmlFile, 'utf8');

    for (const { feedUrl, homeUrl, host } of publishers.publishers) {
      expect(opml).toContain(`xmlUrl="${feedUrl}" htmlUrl="${homeUrl}"`);
      expect(publishers.pinnedHosts.split(',')).toContain(`${host}=127.0.0.1:${publishers.port}`);
    }
  });
});
