import { describe, expect, it } from 'vitest';
import type { Mail } from '../../../functions/domain/takedown/mail.ts';
import { readNotice } from '../../../functions/domain/takedown/read-notice.ts';
import { mail } from './mails.ts';

const read = (change: Partial<Mail>) =>
  readNotice(mail({ subject: '', ...change }), 'news.example');

describe('reading a notice', () => {
  it('gathers URLs of text, subject and links, each once', () => {
    const notice = read({
      subject: 'About https://pub.example/s',
      text: 'See https://pub.example/a and https://pub.example/a#top',
      htmlText: 'See https://pub.example/a and https://pub.example/h',
      links: [
        { text: 'a', href: 'https://pub.example/a' },
        { text: 'l', href: 'https://pub.example/l' },
        { text: 'mail', href: 'mailto:ada@pub.example' },
      ],
    });

    expect(notice.urls.map(({ url, where }) => `${where} ${url}`)).toEqual([
      'text https://pub.example/a',
      'subject https://pub.example/s',
      'text https://pub.example/h',
      'link https://pub.example/l',
    ]);
  });

  it('prefers the words of the sender to what is quoted', () => {
    const text = '> https://pub.example/a\n\nYes, https://pub.example/a';

    expect(read({ text }).urls).toMatchObject([{ where: 'text' }]);
  });

  it('lets an exclusion stand although the link and the quote name it too', () => {
    const { urls } = read({
      text: 'Please do not remove https://pub.example/a\n\n> https://pub.example/a',
      links: [{ text: '', href: 'https://pub.example/a' }],
    });

    expect(urls).toMatchObject([{ where: 'excluded' }]);
  });

  it('knows our own source pages, and does not count our other pages', () => {
    const notice = read({
      text: 'https://news.example/source/herald https://news.example/about https://news.example/ https://news.example/article/x',
    });

    expect(notice.sources).toEqual(['herald']);
    expect(notice.hosts).toEqual([]);
    expect(notice.urls.map(({ url }) => url)).toEqual(['https://news.example/article/x']);
  });

  it.each([
    'Please remove everything from herald.example',
    'Take down all of our articles.',
    'Bitte entfernen Sie alle unsere Artikel',
    'Veuillez retirer tous nos articles',
    'Eliminen todos nuestros artículos',
    'Видаліть усі наші статті',
    'احذفوا جميع مقالاتنا',
  ])('hears "%s" as a wish for a whole source', (text) => {
    expect(read({ text }).asksForAll).toBe(true);
  });

  it.each([
    'Please remove all the articles listed below',
    'All rights reserved. https://pub.example/a',
    '> remove everything from herald.example',
  ])('does not hear "%s" as one', (text) => {
    expect(read({ text }).asksForAll).toBe(false);
  });

  it.each([
    ['Please remove our article, we are the owner of this text', 'en'],
    ['Bitte löschen Sie unseren Artikel, wir sind nicht einverstanden', 'de'],
    ['Merci de supprimer notre article, nous ne sommes pas d’accord avec cette page', 'fr'],
    ['Por favor, retiren nuestro artículo de los resultados', 'es'],
    ['Будь ласка, видаліть нашу статтю', 'uk'],
    ['Пожалуйста, удалите нашу статью', 'ru'],
    ['يرجى حذف مقالنا', 'ar'],
    ['記事を削除してください', 'ja'],
    ['請刪除這篇文章', 'zh'],
    ['기사를 삭제해 주세요', 'ko'],
    ['https://pub.example/a', 'und'],
  ])('tells the language of "%s"', (text, language) => {
    expect(read({ text }).language).toBe(language);
  });

  it('asks Content-Language where the words do not tell', () => {
    const headers = [{ name: 'content-language', value: 'sv-SE' }];

    expect(read({ text: 'https://pub.example/a', headers }).language).toBe('sv');
  });
});
