import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { feedParser } from '../../functions/adapters/feed-parser.ts';
import type { ParsedFeed } from '../../functions/domain/news/page.ts';

const now = Date.UTC(2026, 10, 24, 6);
const fixtures = new URL('../fixtures/feeds/', import.meta.url);
const url = 'https://herald.example/feeds/all.xml';

const parse = (text: string | Uint8Array, contentType = ''): ParsedFeed =>
  feedParser.parse(
    { bytes: typeof text === 'string' ? Buffer.from(text) : text, url, contentType },
    now,
  );

const rss = (items: string, channel = '') =>
  `<rss version="2.0"><channel><title>T</title>${channel}${items}</channel></rss>`;

const entriesOf = (feed: ParsedFeed) => (feed.kind === 'feed' ? feed.entries : []);

describe('feedParser', () => {
  it.each([
    'herald-rss2.xml',
    'harbour-rss1.rdf',
    'observer-atom.xml',
    'gazette.json.feed',
    'visnyk-windows-1251.xml',
  ])('reads %s as the golden pair says', (name) => {
    const golden = readFileSync(new URL(`${name}.golden.json`, fixtures), 'utf8');

    expect(parse(readFileSync(new URL(name, fixtures)))).toEqual(JSON.parse(golden) as unknown);
  });

  it('leaves dates alone where it is not told the time', () => {
    const text = rss(
      '<item><link>https://a.example/</link><pubDate>Mon, 23 Nov 2099 09:30:00 GMT</pubDate></item>',
    );

    const feed = feedParser.parse({ bytes: Buffer.from(text), url, contentType: '' });

    expect(entriesOf(feed)[0]?.publishedAt).toBe(Date.UTC(2099, 10, 23, 9, 30));
  });

  it('reads at most 500 entries and says so', () => {
    const items = Array.from({ length: 501 }, (_, n) => `<item><link>/${n}</link></item>`);

    const feed = parse(rss(items.join('')));

    expect(entriesOf(feed)).toHaveLength(500);
    expect(feed).toMatchObject({
      problems: ['more than 500 entries; only the first 500 were read'],
    });
    expect(parse(rss(items.slice(1).join('')))).toMatchObject({ problems: [] });
  });

  it('caps every field, and leaves content too large for a queue to the page', () => {
    const long = 'слово '.repeat(40_000);

    const feed = parse(
      `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>${long}</id><title>${long}</title>
      <link href="/x"/><author><name>${long}</name></author><summary>${long}</summary>
      <content>${long}</content></entry></feed>`,
    );

    const [entry] = entriesOf(feed);
    expect(entry).toMatchObject({ contentHtml: '', url: 'https://herald.example/x' });
    expect(entry?.title).toMatch(/слово…$/);
    expect(Buffer.byteLength(JSON.stringify(entry))).toBeLessThan(8_000);
    expect(feed).toMatchObject({
      problems: ['entry 1: content larger than 160 KiB; left to the page'],
    });
  });

  const word = 'Новини дня: їжак';
  const item = rss(`<item><title>${word}</title><link>/x</link></item>`);
  const declared = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?>${item}`;

  it.each([
    [
      'a byte-order mark',
      Buffer.from(`\uFEFF${declared('windows-1251')}`),
      'text/xml; charset=koi8-u',
    ],
    ['UTF-16 with its mark', Buffer.from(`\uFEFF${item}`, 'utf16le'), ''],
    [
      'the Content-Type header',
      iconv.encode(declared('utf-8'), 'koi8-u'),
      'text/xml; charset="KOI8-U"',
    ],
    ['the XML declaration', iconv.encode(declared('windows-1251'), 'windows-1251'), 'text/xml'],
    ['nothing, where it is UTF-8', Buffer.from(item), ''],
    [
      'a header that lies of UTF-8',
      iconv.encode(declared('windows-1251'), 'windows-1251'),
      'text/xml; charset=utf-8',
    ],
    ['a label nobody knows', Buffer.from(declared('x-nonsense')), 'text/xml; charset=base64'],
    [
      'the look of the bytes',
      iconv.encode(
        item.replace('</title>', ` ${'Порт чекає на добру погоду. '.repeat(20)}</title>`),
        'windows-1251',
      ),
      '',
    ],
  ])('finds the encoding by %s', (_, bytes, contentType) => {
    expect(entriesOf(parse(bytes, contentType))[0]?.title).toContain(word);
  });

  it.each([
    ['', /is empty/],
    ['<!DOCTYPE html><html><body><p>News</p></body></html>', /a web page, not a feed/],
    ['<opml version="2.0"><body/></opml>', /neither RSS, Atom nor JSON Feed/],
    ['{"hello": "world"}', /neither RSS/],
    ['plain words', /neither RSS/],
    [
      `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "${'b'.repeat(9)}">]>${rss('')}`,
      /entities of its own/,
    ],
    [
      `<!-- x --><!doctype rss SYSTEM "x" [<!ENTITY % x SYSTEM "file:///etc/passwd">%x;]>${rss('')}`,
      /entities/,
    ],
    [rss(`<item>${'<a>'.repeat(200)}`), /more than 100 deep/],
    [rss('<a>'.repeat(300_000)), /more than 100 deep/],
    [`[`.repeat(500_000), /neither RSS/],
    [' '.repeat(10 * 1024 * 1024 + 1), /larger than 10 MiB/],
  ])('refuses document %#, saying what to do', (text, reason) => {
    expect(parse(text)).toEqual({
      kind: 'unreadable',
      reason: expect.stringMatching(reason) as unknown,
    });
  });

  it('does not take markup within CDATA and comments for nesting', () => {
    const html = '<div>'.repeat(150);

    expect(
      parse(rss(`<!-- ${html} --><item><link>/x</link><title><![CDATA[${html}x]]></title></item>`)),
    ).toMatchObject({
      entries: [{ title: 'x' }],
    });
  });

  it('reads hostile runs of half-open markup in linear time', () => {
    for (const part of ['<a', '<!--', '<![CDATA[', '&lt;', '<?']) {
      expect(parse(rss(part.repeat(300_000))).kind).toMatch(/feed|unreadable/);
    }
  });

  it('never throws and never gives an entry without a web address', () => {
    const piece = fc.constantFrom(
      '<item>',
      '</item>',
      '<link>',
      '</link>',
      '/x',
      'http://[',
      '<title>',
      '</title>',
      '&amp;',
      '&#x110000;',
      '<![CDATA[',
      ']]>',
      '<pubDate>',
      '9999-99-99',
      '</pubDate>',
      '\0',
      '<!--',
      '"',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.uint8Array(), (parts, bytes) => {
        parse(bytes);
        for (const entry of entriesOf(parse(rss(parts.join(''))))) {
          expect(entry.url).toMatch(/^https?:\/\//);
          expect(entry.guid).not.toBe('');
        }
      }),
      { numRuns: 300 },
    );
  });
});
