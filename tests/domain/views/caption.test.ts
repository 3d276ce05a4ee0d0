import { describe, expect, it } from 'vitest';
import { pictureTexts, repeats } from '../../../functions/views/caption.ts';
import { kept } from './live-article.ts';

const textOf = (caption: string, alt: string, credit = '') =>
  pictureTexts([kept(1, 0, { caption, alt, credit })])[0];

describe('the text of a picture', () => {
  it.each([
    ['the same words', 'The pier at dusk', 'The pier at dusk'],
    ['a hyphen for a dash', 'The pier – at dusk', 'The pier - at dusk.'],
    ['an em dash without spaces', 'The pier — at dusk', 'The pier—at dusk'],
    ['straight quotes for curly ones', 'The “old” pier, Tom’s', 'The "old" pier, Tom\'s'],
    ['other case and spaces', 'The  Pier at DUSK', 'the pier at dusk '],
    ['a shortened caption', 'The pier at dusk, with a boat coming in', 'The pier at dusk'],
    ['nearly all its words', 'The old pier at dusk on Monday', 'On Monday: the old pier, dusk'],
    ['Arabic quotes', '«الميناء» عند الغروب', '"الميناء" عند الغروب'],
  ])('is not said twice when the alt text has %s', (_how, caption, alt) => {
    expect(textOf(caption, alt)).toEqual({ alt: '', caption, credit: '' });
  });

  it('keeps an alt text that tells more than the caption', () => {
    expect(textOf('Sheep on the common', 'Three woolly animals look out to sea')?.alt).toBe(
      'Three woolly animals look out to sea',
    );
  });

  it('keeps the alt text where there is no caption', () => {
    expect(textOf('', 'A pier')).toEqual({ alt: 'A pier', caption: '', credit: '' });
  });

  it('does not name the credit again when the caption ends with it', () => {
    expect(textOf('The pier. Photo: Ines Vold', '', 'Ines Vold')?.credit).toBe('');
    expect(textOf('The pier', '', 'Ines Vold')?.credit).toBe('Ines Vold');
  });

  it('stands once on the page when several pictures carry it', () => {
    const same = { caption: 'The pier – at dusk', credit: 'Vold' };

    const texts = pictureTexts([
      kept(1, 0, same),
      kept(1, 1, { caption: 'The pier - at dusk', credit: 'Marsh' }),
      kept(1, 2, { caption: 'Another' }),
    ]);

    expect(texts.map(({ caption }) => caption)).toEqual(['The pier – at dusk', '', 'Another']);
    expect(texts.map(({ credit }) => credit)).toEqual(['Vold', 'Marsh', '']);
  });
});

describe('repeats', () => {
  it('tells different texts apart', () => {
    expect(repeats('A boat', 'A lighthouse')).toBe(false);
  });
});
