import { describe, expect, it } from 'vitest';
import type { Body, LiveArticle } from '../../../functions/domain/news/article.ts';
import { articlePage } from '../../../functions/views/article-page.ts';
import type { Html } from '../../../functions/views/html.ts';
import { bodyOf, idOf, kept, liveArticle, site } from './live-article.ts';
import { type Opened, opened } from './opened.ts';

const now = Date.UTC(2026, 10, 24, 6, 10);

const textHtml = '<p>The islands have their boat.</p>';

const written = (
  article: LiveArticle,
  body: Body | null = bodyOf(textHtml),
  related: LiveArticle[] = [],
): Html => articlePage({ site, now, article, body, related });

const open = (...parts: Parameters<typeof written>): Opened => opened(written(...parts));

const promise =
  'If you are the owner of the content and do not want us to publish your materials, contact us by e-mail – admin@sundown.example. The content will be deleted within 24 hours.';

const targets = (document: Opened): (string | null)[] =>
  [...document.querySelectorAll('.original a')].map((a) => a.getAttribute('href'));

const dataOf = (document: Opened): Record<string, unknown> =>
  JSON.parse(
    document.querySelector('script[type="application/ld+json"]')?.textContent ?? '',
  ) as Record<string, unknown>;

describe('the article page', () => {
  it('shows headline, byline, source, dates and text', () => {
    const document = open(liveArticle(1, { modifiedAt: '2026-11-24T06:01:00.000Z' }));
    const story = document.querySelector('article.story');

    expect(story?.querySelector('h1')?.textContent).toBe('Ferry number 1 sails');
    expect(story?.querySelector('.author')?.textContent).toBe('By Ada Marsh');
    expect(story?.querySelector('.source')?.textContent).toBe('Harbour Herald');
    expect(story?.querySelector('.text')?.textContent?.trim()).toBe('The islands have their boat.');
    expect([...(story?.querySelectorAll('.dates li') ?? [])].map((li) => li.textContent)).toEqual([
      'Published 24 November 2026, 05:59 UTC',
      'Updated 24 November 2026, 06:01 UTC',
      'Fetched 24 November 2026, 06:02 UTC',
    ]);
    expect(story?.querySelector('time')?.getAttribute('datetime')).toBe('2026-11-24T05:59:00.000Z');
  });

  it('links to the primary source at the top and the bottom, exactly as its publisher gives it', () => {
    const { url } = liveArticle(1);

    expect(targets(open(liveArticle(1)))).toEqual([url, url]);
  });

  it('never links to what is no web page', () => {
    const page = written(
      liveArticle(1, { url: 'javascript:alert(1)', canonicalUrl: 'data:x' }),
    ).toString();

    expect(page).not.toMatch(/(href|content)="(javascript|data):/);
    expect(page).not.toContain('rel="canonical"');
  });

  it('prints the promise word for word, with a mail that names both addresses', () => {
    const notice = open(liveArticle(1)).querySelector('.notice');
    const mail = new URL(notice?.querySelector('a')?.getAttribute('href') ?? '');

    expect(notice?.querySelector('p')?.textContent).toBe(promise);
    expect(notice?.querySelector('p + p')?.textContent).toBe(
      'If your mail does not prove that it comes from the publisher, the content is hidden within 24 hours and deleted 7 days later, unless a person refuses.',
    );
    expect(mail.protocol + mail.pathname).toBe('mailto:admin@sundown.example');
    expect(mail.searchParams.get('subject')).toBe(`Removal request: article ${idOf(1)}`);
    expect(mail.searchParams.get('body')?.split('\r\n')).toEqual(
      expect.arrayContaining([
        `Page: https://news.example/article/${idOf(1)}`,
        `Original: ${liveArticle(1).url}`,
      ]),
    );
  });

  it('carries the language and direction of the article', () => {
    const document = open(liveArticle(1, { language: 'ar', direction: 'rtl' }));

    for (const element of [
      document.querySelector('html'),
      document.querySelector('article.story'),
    ]) {
      expect(element?.getAttribute('lang')).toBe('ar');
      expect(element?.getAttribute('dir')).toBe('rtl');
    }
    expect(document.querySelector('.notice')?.getAttribute('lang')).toBe('en');
  });

  it('names the source as canonical and as what it is based on', () => {
    const document = open(liveArticle(1), bodyOf(textHtml, [kept(1, 0)]));

    expect(document.querySelector('link[rel=canonical]')?.getAttribute('href')).toBe(
      'https://www.herald.example/news/1',
    );
    expect(dataOf(document)).toMatchObject({
      '@type': 'NewsArticle',
      headline: 'Ferry number 1 sails',
      url: `https://news.example/article/${idOf(1)}`,
      isBasedOn: liveArticle(1).url,
      datePublished: '2026-11-24T05:59:00.000Z',
      author: { name: 'Ada Marsh' },
      publisher: { name: 'Harbour Herald', url: 'https://www.herald.example' },
      creditText: 'Harbour Herald',
      image: [`https://news.example/article/${idOf(1)}/pictures/0.jpg`],
    });
  });

  it('cannot be broken out of by a headline', () => {
    const title = '</title></script><script>alert(1)</script><!-- "';
    const document = open(liveArticle(1, { title, byline: title, excerpt: title }));

    expect(document.querySelectorAll('script')).toHaveLength(1);
    expect(document.querySelector('h1')?.textContent).toBe(title);
    expect(dataOf(document)['headline']).toBe(title);
  });

  it('shows the pictures we keep, each with one caption and its credit', () => {
    const caption = 'The pier – at dusk';
    const pictures = [
      kept(1, 0, { caption, alt: 'The pier - at dusk', credit: 'Ines Vold' }),
      kept(1, 1, { key: null, caption: 'Not kept' }),
      kept(1, 2, { alt: 'Sheep', width: null }),
    ];

    const document = open(liveArticle(1), bodyOf(textHtml, pictures));
    const images = [...document.querySelectorAll('figure img')];

    expect(images.map((image) => image.getAttribute('src'))).toEqual([
      `/article/${idOf(1)}/pictures/0.jpg`,
      `/article/${idOf(1)}/pictures/2.jpg`,
    ]);
    expect(images.map((image) => image.getAttribute('alt'))).toEqual(['', 'Sheep']);
    expect(images.map((image) => image.getAttribute('width'))).toEqual(['900', null]);
    expect(images.every((image) => image.getAttribute('loading') === 'lazy')).toBe(true);
    expect([...document.querySelectorAll('figcaption')].map((c) => c.textContent)).toEqual([
      `${caption} Ines Vold`,
    ]);
  });

  it('shows an excerpt and leads on to the source where that is all its terms allow', () => {
    const page = written(
      liveArticle(1, { display: 'excerpt' }),
      bodyOf('<p>Whole text</p>'),
    ).toString();

    expect(page).toContain('<p>The islands have their boat again.</p>');
    expect(page).toContain('Read on at the source: <bdi>Harbour Herald</bdi>');
    expect(page).not.toContain('Whole text');
  });

  it('shows the excerpt where the body cannot be had', () => {
    expect(open(liveArticle(1), null).querySelector('.text')?.textContent).toBe(
      'The islands have their boat again.',
    );
  });

  it('shows headline and link alone where the terms say so', () => {
    const page = written(
      liveArticle(1, { display: 'link' }),
      bodyOf('<p>Whole</p>', [kept(1, 0)]),
    ).toString();

    expect(page).toContain('Ferry number 1 sails');
    expect(page).not.toMatch(/Whole|their boat again|Ada Marsh|<figure|og:image|"image"/);
  });

  it('lists related articles and a way back to the top', () => {
    const document = open(liveArticle(1), null, [liveArticle(2), liveArticle(3)]);

    expect(
      [...document.querySelectorAll('.related h3 a')].map((a) => a.getAttribute('href')),
    ).toEqual([`/article/${idOf(2)}`, `/article/${idOf(3)}`]);
    expect(document.querySelector('.back a')?.getAttribute('href')).toBe('#top');
    expect(document.querySelector('#top')).not.toBeNull();
  });
});
