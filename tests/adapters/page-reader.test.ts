import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pageReader } from '../../functions/adapters/page-reader.ts';

const fixtures = new URL('../fixtures/pages/', import.meta.url);
const url = 'https://www.herald.example/news/one';

const body = [
  'The harbour office said on Monday that the light at the end of the pier will burn again before the winter.',
  'It had gone dark in August, when a storm took the lamp, the glass and the ladder, and the keeper moved to her sister.',
  'The new lamp comes from a yard on the mainland, and three people will carry it up the stairs on Thursday.',
];
const paragraphs = body.map((line) => `<p>${line}</p>`).join('');

const page = (head: string, inside = paragraphs, attributes = '') =>
  `<!doctype html><html${attributes}><head>${head}</head><body><article>${inside}</article></body></html>`;

const read = (html: string, at = url) =>
  pageReader.read({ bytes: Buffer.from(html), url: at, contentType: 'text/html' });

describe('pageReader.read', () => {
  it.each([
    ['herald-ferry.html', 'https://www.herald.example/news/ferry-aurelia?ns_mchannel=rss&ito=1490'],
    ['gazette-rtl.html', 'https://gazette.example/a/7001?ref=rss'],
    ['visnyk-windows-1251.html', 'https://visnyk.example/novyny/yizhak'],
    ['bare.html', 'https://bare.example/boat'],
    ['frameset.html', 'https://frames.example/'],
  ])('reads %s as the golden pair says', (name, at) => {
    const golden = readFileSync(new URL(`${name}.golden.json`, fixtures), 'utf8');

    const result = pageReader.read({
      bytes: readFileSync(new URL(name, fixtures)),
      url: at,
      contentType: 'text/html',
    });

    expect(result ?? null).toEqual(JSON.parse(golden) as unknown);
  });

  it('keeps a caption once, the longer of alt and figcaption, and out of the text', () => {
    const alt = "The old lamp - broken in the 'August' storm";
    const figcaption = 'The old lamp – broken in the ‘August’ storm, as the keeper found it';
    const image = `<figure><img src="/lamp-of-the-pier.jpg" alt="${alt}"><figcaption>${figcaption}</figcaption></figure>`;

    const result = read(
      page('', `${image}<p>${figcaption.toUpperCase()}</p>${paragraphs}<p>${alt}</p>`),
    );

    expect(result?.pictures).toMatchObject([{ caption: figcaption, alt: '', credit: '' }]);
    expect(result?.text.split('\n')).toEqual(body);
  });

  it('takes one picture of many sizes, and of two showings the fuller caption', () => {
    const figure = (src: string, caption: string) =>
      `<figure><img src="${src}" alt=""><figcaption>${caption}</figcaption></figure>`;

    const result = read(
      page(
        '',
        `${figure('/pier-at-night-640x480.jpg', 'The pier at night without its light')}${paragraphs}
         ${figure('/pier-at-night-1600x900.jpg', 'The pier at night without its light, on Monday')}
         ${figure('https://cdn.other.test/x/8fe2', 'THE PIER AT NIGHT - WITHOUT ITS LIGHT, ON MONDAY')}`,
      ),
    );

    expect(result?.pictures).toMatchObject([
      {
        caption: 'The pier at night without its light, on Monday',
        url: expect.stringContaining('640x480') as unknown,
      },
    ]);
  });

  it('takes the picture the metadata names where the text has none', () => {
    const result = read(
      page(
        '<meta property="og:image" content="/lead.jpg"><meta property="og:image:width" content="1200">',
      ),
    );

    expect(result?.pictures).toEqual([
      {
        url: 'https://www.herald.example/lead.jpg',
        caption: '',
        credit: '',
        alt: '',
        width: 1200,
        height: null,
      },
    ]);
  });

  it('shows at most ten pictures, and no pixel, logo, icon or data', () => {
    const images = Array.from(
      { length: 14 },
      (_, n) =>
        `<figure><img src="/picture-number-${n}.jpg"><figcaption>No. ${n}</figcaption></figure>`,
    );
    const junk =
      '<img src="/pixel.gif"><img src="/x.jpg" width="1" height="1"><img src="/logo.png"><img src="/a.svg"><img src="data:image/png;base64,AA"><img src="ftp://x.example/a.jpg">';

    const result = read(page('', junk + paragraphs + images.join('')));

    expect(result?.pictures.map(({ caption }) => caption)).toEqual(
      Array.from({ length: 10 }, (_, n) => `No. ${n}`),
    );
  });

  it.each([
    ['<link rel="canonical" href="https://herald.example/a#top">', 'https://herald.example/a'],
    ['<meta property="og:url" content="/b">', 'https://www.herald.example/b'],
    ['<link rel="canonical" href="https://thief.example/a">', null],
    ['<link rel="canonical" href="https://herald.example.thief.test/a">', null],
    ['<link rel="canonical" href="https://www.herald.example/">', null],
    ['<link rel="canonical" href="javascript:alert(1)">', null],
    ['<link rel="canonical" href="http://[">', null],
    ['', null],
  ])('believes the canonical link %s as far as %s', (head, expected) => {
    expect(read(page(head))?.canonicalUrl).toBe(expected);
  });

  it.each([
    ['', ' lang="en_gb"', 'en-GB'],
    ['<meta property="og:locale" content="uk_UA">', '', 'uk-UA'],
    [
      '<script type="application/ld+json">{"@type":"NewsArticle","inLanguage":"ar"}</script>',
      ' lang="??"',
      'ar',
    ],
    ['', '', null],
  ])('finds the language in %s%s', (head, attributes, expected) => {
    expect(read(page(head, paragraphs, attributes))?.language).toBe(expected);
  });

  it('prefers the news article among the JSON-LD, through broken neighbours', () => {
    const ld = (text: string) => `<script type="application/ld+json">${text}</script>`;

    const result = read(
      page(
        ld('{"@type": broken') +
          ld('[{"@type":"BlogPosting","headline":"No"}]') +
          ld(
            '{"@type":"ReportageNewsArticle","headline":"Light &amp; dark\n","author":["Ada",{"name":"Tom"}],"datePublished":"2026-11-23"}',
          ),
      ),
    );

    expect(result).toMatchObject({
      title: 'Light & dark',
      byline: 'Ada, Tom',
      publishedAt: '2026-11-23T00:00:00.000Z',
    });
  });

  it('finds title, byline and date where only the page shows them', () => {
    const inside = `<h1>Light  on the <em>pier</em></h1><p class="byline">By Ada Quill</p><time datetime="2026-11-23T10:00:00Z">today</time>${paragraphs}`;

    expect(read(page('<title>x</title>', inside))).toMatchObject({
      title: 'Light on the pier',
      byline: 'Ada Quill',
      publishedAt: '2026-11-23T10:00:00.000Z',
      modifiedAt: null,
      excerpt: expect.stringMatching(/^The harbour office said .*sister\.$/) as unknown,
    });
  });

  it('keeps an article whose boxes bear careless names', () => {
    const inside = `<div class="content share promo"><div id="comments-enabled" class="related-wide">${paragraphs}<p>${body.join(' And ')}</p></div></div>`;

    expect(read(page('', inside))?.text.split('\n').slice(0, 3)).toEqual(body);
  });
});

describe('pageReader.read before pages beyond reason', () => {
  it.each([
    ['of more than 3 MiB', 'x'.repeat(3 * 1024 * 1024 + 1)],
    ['nested 100,000 deep', '<div>'.repeat(100_000)],
    ['of more than 20,000 elements', page('', paragraphs + '<b>x</b>'.repeat(21_000))],
    ['of nothing', ''],
    ['without a word', '<html><body><img src="/a.jpg"></body></html>'],
    ['of half-open comments', '<!--'.repeat(500_000)],
    ['of half-open scripts', '<script '.repeat(300_000)],
    ['of a script that never ends', `<html><body><script>${paragraphs}`],
  ])('answers undefined to one %s', (_, html) => {
    expect(read(html)).toBeUndefined();
  });
});
