import { describe, expect, it } from 'vitest';
import type { LiveArticle } from '../../../functions/domain/news/article.ts';
import { aboutPage } from '../../../functions/views/about-page.ts';
import { listPage } from '../../../functions/views/list-page.ts';
import { removalMailTo } from '../../../functions/views/notice.ts';
import { removedPage } from '../../../functions/views/removed-page.ts';
import { stylePath, styleSheet } from '../../../functions/views/style.ts';
import { idOf, kept, liveArticle, site } from './live-article.ts';
import { type Opened, opened } from './opened.ts';

const now = Date.UTC(2026, 10, 24, 6, 10);

const list = (articles: LiveArticle[], isFirstPage = true, older: string | null = null): Opened =>
  opened(
    listPage({
      site,
      now,
      heading: 'Latest',
      path: '/',
      feedPath: '/feed.xml',
      homeUrl: null,
      articles,
      isFirstPage,
      older,
    }),
  );

describe('a list page', () => {
  it('shows headline, source, time and excerpt of each article', () => {
    const card = list([liveArticle(1)]).querySelector('.cards article');

    expect(card?.querySelector('h2 a')?.getAttribute('href')).toBe(`/article/${idOf(1)}`);
    expect(card?.querySelector('.byline a')?.textContent).toBe('Harbour Herald');
    expect(card?.querySelector('time')?.textContent).toBe('24 Nov 2026, 05:59 UTC');
    expect(card?.querySelector('.excerpt')?.textContent).toBe('The islands have their boat again.');
  });

  it('shows the lead picture of an article that is shown in full, and of no other', () => {
    const leadPicture = kept(1, 0).key;

    expect(list([liveArticle(1, { leadPicture })]).querySelectorAll('main img')).toHaveLength(1);
    expect(
      list([
        liveArticle(1, { leadPicture, display: 'excerpt' }),
        liveArticle(2, { leadPicture, display: 'link' }),
      ]).querySelectorAll('main img'),
    ).toHaveLength(0);
  });

  it('shows no excerpt of an article that may only be linked', () => {
    const document = list([liveArticle(1, { display: 'link' })]);

    expect(document.querySelector('.excerpt')).toBeNull();
  });

  it('leads to older articles, and from there back to the newest', () => {
    const links = (document: Opened) =>
      [...document.querySelectorAll('.paging a')].map((a) => a.getAttribute('href'));

    expect(links(list([liveArticle(1)], true, 'a.b'))).toEqual(['/?before=a.b']);
    expect(links(list([liveArticle(1)], false, null))).toEqual(['/']);
    expect(links(list([liveArticle(1)]))).toEqual([]);
  });

  it('explains why it is empty', () => {
    expect(list([]).querySelector('.empty')?.textContent).toContain('No articles yet.');
    expect(list([], false).querySelector('.empty')?.textContent).toContain('nothing older');
  });

  it('keeps each card in its own language and direction', () => {
    const card = list([liveArticle(1, { language: 'ar', direction: 'rtl' })]).querySelector(
      '.cards article',
    );

    expect(card?.getAttribute('lang')).toBe('ar');
    expect(card?.getAttribute('dir')).toBe('rtl');
  });
});

describe('the page of a removed article', () => {
  it('says when and for which case it was deleted, and what 451 is', () => {
    const erasedAt = '2026-11-23T14:05:09.000Z';

    const { textContent } = opened(
      removedPage(site, now, { state: 'tombstone', caseId: 'c-17', erasedAt }),
    ).documentElement;

    expect(textContent).toContain('Deleted on 23 November 2026, 14:05 UTC for case c-17');
    expect(textContent).toContain('451 Unavailable For Legal Reasons');
    expect(textContent).toContain('We publish no copy of it');
  });

  it('says that a hidden one waits for a decision', () => {
    expect(removedPage(site, now, { state: 'hidden' }).toString()).toContain(
      'It is hidden, and will be deleted unless the request is refused.',
    );
  });
});

describe('the about page', () => {
  it('gives the promise, the deadline and the address', () => {
    const { textContent } = opened(aboutPage(site, now)).documentElement;

    expect(textContent).toContain('The content will be deleted within 24 hours.');
    expect(textContent).toContain('24 hours after we received it');
    expect(textContent).toContain('deleted 7 days later');
    expect(textContent).toContain('admin@sundown.example');
  });

  it('says in which language we answer, who gets no answer, and what is kept of readers', () => {
    const { textContent } = opened(aboutPage(site, now)).documentElement;

    expect(textContent).toContain('we answer in English');
    expect(textContent).toContain('unless the mail fails its own domain’s checks');
    expect(textContent).toContain('access logs hold network addresses and are kept 90 days');
  });
});

describe('the removal mail', () => {
  it('keeps every sign of the addresses it names', () => {
    const url = 'https://herald.example/ä?a=1&b=“x”#y z';

    const mail = new URL(removalMailTo(site, { id: idOf(1), url }));

    expect(mail.searchParams.get('body')).toContain(`Original: ${url}\r\n`);
  });
});

describe('the style sheet', () => {
  it('is at most 8 KB and carries a hash in its name', () => {
    expect(Buffer.byteLength(styleSheet)).toBeLessThanOrEqual(8192);
    expect(stylePath).toMatch(/^\/style\.[0-9a-f]{8}\.css$/);
  });
});
