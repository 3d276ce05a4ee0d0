import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Body, Display } from '../../../functions/domain/news/article.ts';
import { cut, resolveDisplay, trim } from '../../../functions/domain/news/rights.ts';

const widths: Display[] = ['link', 'excerpt', 'full'];
const width = (display: Display): number => widths.indexOf(display);

describe('resolveDisplay', () => {
  it.each<[string, Display]>([
    ['', 'full'],
    ['index, follow, max-image-preview:large, max-snippet:-1', 'full'],
    ['NoArchive', 'link'],
    ['nosnippet', 'link'],
    ['noindex, nofollow', 'link'],
    ['none', 'link'],
    ['max-image-preview:none', 'excerpt'],
    ['noimageindex', 'excerpt'],
    ['max-snippet: 0', 'link'],
    ['max-snippet:500', 'excerpt'],
    ['unavailable_after: 25 Jun 2027 15:00:00 GMT', 'link'],
    ['otherbot: noarchive', 'link'],
    ['otherbot: max-snippet:0', 'link'],
    ['constructor, __proto__', 'full'],
  ])('reads "%s" as %s', (signal, expected) => {
    expect(resolveDisplay('full', [signal])).toBe(expected);
  });

  it('never goes beyond the terms of the source', () => {
    expect(resolveDisplay('link', ['all', 'max-snippet:-1'])).toBe('link');
  });

  it('never widens when a signal is added', () => {
    const signal = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'noarchive',
        'all',
        'max-snippet:-1',
        'max-snippet:400',
        'noimageindex',
        'none',
      ),
    );
    fc.assert(
      fc.property(fc.constantFrom(...widths), fc.array(signal), signal, (terms, some, more) => {
        const before = resolveDisplay(terms, some);
        const after = resolveDisplay(terms, [...some, more]);

        expect(width(after)).toBeLessThanOrEqual(width(before));
        expect(width(before)).toBeLessThanOrEqual(width(terms));
      }),
    );
  });
});

describe('trim', () => {
  const picture = {
    url: 'u',
    key: null,
    caption: 'c',
    credit: '',
    alt: '',
    width: null,
    height: null,
  };
  const body: Body = {
    html: '<p>a &lt; b</p>',
    text: `a < b ${'word '.repeat(200)}`,
    pictures: [picture],
  };

  it('keeps all of a full text', () => {
    expect(trim(body, 'full')).toEqual(body);
  });

  it('keeps 300 characters and no picture of an excerpt', () => {
    const { html, text, pictures } = trim(body, 'excerpt');

    expect(text.length).toBeLessThanOrEqual(300);
    expect(html).toBe(`<p>${text.replace('<', '&lt;')}</p>`);
    expect(pictures).toEqual([]);
  });

  it('keeps nothing for a link', () => {
    expect(trim(body, 'link')).toEqual({ html: '', text: '', pictures: [] });
  });
});

describe('cut', () => {
  it('never exceeds its length and never splits a character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 2, max: 20 }),
        (text, most) => {
          const short = cut(text, most);

          expect(short.length).toBeLessThanOrEqual(most);
          expect(short.isWellFormed()).toBe(true);
        },
      ),
    );
  });

  it('cuts between words', () => {
    expect(cut('one two, three', 10)).toBe('one two…');
  });
});
