import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findUrls } from '../../../functions/domain/takedown/find-urls.ts';

const urlsIn = (text: string): string[] => findUrls(text, 'text').urls.map(({ url }) => url);

const readingsIn = (text: string): string[] =>
  findUrls(text, 'text').urls.flatMap(({ url, others }) => [url, ...others]);

const long =
  'https://pub.example/2026/11/24/the-lights-of-the-old-harbour-go-out-one-by-one-and-nobody-asks-why.html';

describe('finding URLs in a text', () => {
  it.each([
    ['in a sentence, without its full stop', 'See https://pub.example/a.', 'https://pub.example/a'],
    ['in angle brackets, with a comma', '<https://pub.example/a>, and', 'https://pub.example/a'],
    [
      'with brackets of its own',
      '(https://pub.example/x_(2005).pdf)',
      'https://pub.example/x_(2005).pdf',
    ],
    ['in quotation marks', '“https://pub.example/a”', 'https://pub.example/a'],
    ['behind a bullet', '• https://pub.example/a', 'https://pub.example/a'],
    ['behind a number', '12) https://pub.example/a', 'https://pub.example/a'],
    ['without a scheme', 'It is pub.example/a again', 'https://pub.example/a'],
    ['without a scheme, with www', 'www.pub.example/a?b=1', 'https://www.pub.example/a?b=1'],
    ['defanged', 'hxxps://pub[.]example/a', 'https://pub.example/a'],
    ['defanged with words', 'hxxp://pub[dot]example/a', 'http://pub.example/a'],
    [
      'with escaped ampersands',
      'https://pub.example/a?b=1&amp;c=2',
      'https://pub.example/a?b=1&c=2',
    ],
    ['in Arabic punctuation', 'انظر https://pub.example/a، شكرا', 'https://pub.example/a'],
    [
      'with letters of other scripts',
      'https://pub.example/новини/мост',
      'https://pub.example/новини/мост',
    ],
    ['of an IDN host', 'https://bücher.example/a', 'https://bücher.example/a'],
    ['percent-encoded', 'https://pub.example/%D0%BC', 'https://pub.example/%D0%BC'],
    ['with a port', 'http://localhost:4321/article/1', 'http://localhost:4321/article/1'],
  ])('finds one %s', (_name, text, url) => {
    expect(urlsIn(text)).toEqual([url]);
  });

  it('keeps both sides of a Markdown link', () => {
    expect(urlsIn('[https://pub.example/a](https://pub.example/b)')).toEqual([
      'https://pub.example/a',
      'https://pub.example/b',
    ]);
  });

  it('parts URLs glued by commas', () => {
    expect(urlsIn('https://pub.example/a,https://pub.example/b')).toHaveLength(2);
  });

  it.each([60, 65, 70, 72, 74, 76, 78])('rejoins a URL hard-wrapped at column %i', (column) => {
    const text = `Please remove:\n\n${long.slice(0, column)}\n${long.slice(column)}\n\nThank you`;

    expect(readingsIn(text)).toContain(column < 62 ? long.slice(0, column) : long);
    if (column >= 62) expect(urlsIn(text)[0]).toBe(long);
  });

  it('rejoins a URL wrapped within a quote', () => {
    expect(urlsIn(`> ${long.slice(0, 74)}\n> ${long.slice(74)}\n`)[0]).toBe(long);
  });

  it('rejoins a bracketed URL over several lines', () => {
    const text = `at <${long.slice(0, 40)}\n${long.slice(40, 70)}\n${long.slice(70)}> now`;

    expect(urlsIn(text)[0]).toBe(long);
  });

  it('does not swallow the next word of a sentence', () => {
    const url = long.slice(0, 70);
    const [first] = findUrls(`${url}\nand the one before it`, 'text').urls;

    expect(first?.url).toBe(url);
  });

  it('takes lines of a list as URLs of their own, however wide they are', () => {
    const list = [1, 2, 3].map((n) => `https://pub.example/${'x'.repeat(50)}/${n}`);

    expect(urlsIn(list.join('\n'))).toEqual(list);
    expect(urlsIn(list.map((url) => `- ${url}`).join('\n'))).toEqual(list);
  });

  it('marks what stands in a quote, or below an original message', () => {
    const text =
      'https://pub.example/1\n> https://pub.example/2\n-----Original Message-----\nhttps://pub.example/3';

    expect(findUrls(text, 'text').urls.map(({ where }) => where)).toEqual([
      'text',
      'quoted',
      'quoted',
    ]);
  });

  it('names hosts without a page apart, and no mail address', () => {
    const found = findUrls('Remove pub.example; write to ada@other.example or 3.5/4', 'text');

    expect(found).toEqual({ urls: [], hosts: ['pub.example'] });
  });

  it.each([
    ['The following are ours and not infringing:\n\n- https://pub.example/a', 'excluded'],
    ['Please do not remove https://pub.example/a', 'excluded'],
    ['If you do not remove these pages, we sue:\nhttps://pub.example/a', 'text'],
    ['You claim this is not infringing:\nhttps://pub.example/a', 'text'],
    ['None of these may stay:\nhttps://pub.example/a', 'text'],
    ['Ours, not infringing:\nhttps://pub.example/b\n\nRemove this:\nhttps://pub.example/a', 'text'],
  ])('reads "%s" as %s', (text, where) => {
    const found = findUrls(text, 'text').urls.find(({ url }) => url === 'https://pub.example/a');

    expect(found?.where).toBe(where);
  });

  it('finds 10,000 URLs in five seconds', () => {
    const text = Array.from({ length: 10_000 }, (_, n) => `${n}. https://pub.example/${n}, and`);
    const start = performance.now();

    expect(urlsIn(text.join('\n'))).toHaveLength(10_000);
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  it.each([
    ['dots', 'a.'.repeat(500_000)],
    ['brackets', `https://a.example/${')'.repeat(100_000)}`],
    ['wrapped lines', `https://a.example/${'x'.repeat(55)}\n`.repeat(5_000)],
    ['opened brackets', '<https://a.example/x\n'.repeat(20_000)],
  ])('is not slowed down by %s', (_name, text) => {
    const start = performance.now();

    findUrls(text, 'text');

    expect(performance.now() - start).toBeLessThan(3_000);
  });

  it('finds any URL again, whatever sentence it stands in', () => {
    const path = fc.stringMatching(/^[a-z0-9/_-]{1,40}[a-z0-9]$/);
    const frame = fc.constantFrom(
      (url: string) => `see ${url}.`,
      (url: string) => `(${url})`,
      (url: string) => `<${url}>`,
      (url: string) => `> > ${url}`,
      (url: string) => `* [text](${url})`,
      (url: string) => `"${url}", and`,
    );
    fc.assert(
      fc.property(path, frame, (rest, inSentence) => {
        const url = `https://pub.example/p/${rest}`;

        expect(readingsIn(inSentence(url))).toContain(url);
      }),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        findUrls(text, 'text');
        findUrls(`https://${text}`, 'text');
      }),
    );
  });
});
