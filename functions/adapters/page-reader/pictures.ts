import type { ParsedPage } from '../../domain/news/page.ts';
import { oneLine } from '../plain-text.ts';
import { cleanCredit, isEcho, isSameCaption, longer, splitCredit } from './captions.ts';
import { type Element, type Root, textOf } from './dom.ts';
import type { JsonImage } from './json-ld.ts';
import type { Metadata } from './metadata.ts';
import { addressOf, dimensionsOf, isDecoration, stemOf } from './picture-source.ts';

export type Picture = ParsedPage['pictures'][number];

/** A picture found in the page, and the number under which its element is marked. */
export type Found = {
  mark: string;
  picture: Picture;
  isCaptioned: boolean;
  /** Every wording of its caption; none of them is text. */
  says: string[];
};

export const markName = 'data-picture';
const maxPictures = 10;

const credits =
  'small, cite, [class*="credit" i], [class*="copyright" i], [itemprop~="creditText"], [itemprop~="copyrightHolder"], [itemprop~="author"]';
const captions = 'figcaption, [itemprop~="caption"], [class*="caption" i]';
const elsewhere =
  'nav, footer, aside, [role="complementary"], [role="contentinfo"], [role="banner"]';

/** The nearest box that holds this picture, perhaps a caption, and no other picture. */
const frameOf = (image: Element): Element | undefined => {
  const figure = image.closest('figure');
  if (figure !== null) return figure;
  let box = image.parentNode;
  for (let step = 0; step < 3 && box !== null && box.localName !== 'body'; step += 1) {
    if ([...box.querySelectorAll('img')].length > 1) return undefined;
    if (box.querySelector(captions) !== null) return box;
    box = box.parentNode;
  }
  return undefined;
};

/** Takes caption and credit out of the page, so that neither is read as its text. */
const takeCaption = (frame: Element | undefined): { caption: string; credit: string } => {
  const element = frame?.querySelector(captions) ?? null;
  const named = [...(frame?.querySelectorAll(credits) ?? [])].filter(
    (one) => one !== element && one.querySelector('img') === null,
  );
  const credit = cleanCredit(textOf(named[0]));
  for (const one of named) one.remove();
  const split = splitCredit(textOf(element));
  element?.remove();
  return { caption: split.caption, credit: credit || split.credit };
};

/** A small picture in a link to elsewhere announces another article. */
const isTeaser = (image: Element): boolean => {
  const href = image.closest('a[href]')?.getAttribute('href') ?? '';
  return (
    href !== '' && !href.startsWith('#') && !/\.(?:jpe?g|png|webp|gif|avif)(?:$|\?)/i.test(href)
  );
};

const isSpare = (image: Element): boolean =>
  image.closest('noscript') !== null &&
  [...(image.closest('figure, picture, p, div')?.querySelectorAll('img') ?? [])].some(
    (other) => other !== image && other.closest('noscript') === null,
  );

const pictureOf = (image: Element, base: string): Omit<Found, 'mark'> | undefined => {
  const isOutside = image.closest(elsewhere) !== null || isSpare(image);
  const isFramed = image.closest('figure')?.querySelector(captions) != null;
  const url = isOutside || (isTeaser(image) && !isFramed) ? undefined : addressOf(image, base);
  const { width, height } = dimensionsOf(image);
  if (url === undefined || isDecoration(url, width, height)) return undefined;
  const { caption, credit } = takeCaption(frameOf(image));
  const alt = splitCredit(image.getAttribute('alt') ?? '');
  const isDoubled = caption !== '' && isSameCaption(caption, alt.caption);
  const picture = {
    url,
    caption: isDoubled ? longer(caption, alt.caption) : caption,
    credit: credit || (isDoubled ? alt.credit : ''),
    alt: isDoubled ? '' : oneLine(image.getAttribute('alt') ?? ''),
    width,
    height,
  };
  const says = [caption, alt.caption].filter((text) => text !== '');
  return { picture, isCaptioned: caption !== '', says };
};

/** All pictures of a page, in order; each element is marked to be known again. */
export const findPictures = (root: Root, base: string): Found[] => {
  const found: Found[] = [];
  for (const image of root.querySelectorAll('img, amp-img')) {
    const one = pictureOf(image, base);
    if (one === undefined) continue;
    const mark = String(found.length);
    image.setAttribute(markName, mark);
    found.push({ mark, ...one });
  }
  return found;
};

/** A picture without a caption takes the line of the text that says what its alt text says. */
export const withLines = (found: readonly Found[], lines: readonly string[]): Found[] =>
  found.map((one) => {
    const { alt, caption } = one.picture;
    const line = caption === '' && alt !== '' ? lines.find((text) => isEcho(text, alt)) : undefined;
    if (line === undefined) return one;
    const split = splitCredit(line);
    const credit = one.picture.credit || split.credit;
    const fuller = longer(split.caption, splitCredit(alt).caption);
    return { ...one, picture: { ...one.picture, caption: fuller, credit, alt: '' } };
  });

const isSame = (one: Picture, other: Picture): boolean =>
  stemOf(one.url) === stemOf(other.url) ||
  (one.caption.split(' ').length >= 5 && isEcho(one.caption, other.caption));

const merged = (one: Picture, other: Picture): Picture => ({
  ...one,
  caption: longer(one.caption, other.caption),
  credit: one.credit || other.credit,
  alt: one.alt || (isSameCaption(other.alt, one.caption) ? '' : other.alt),
  width: one.width ?? other.width,
  height: one.height ?? other.height,
});

/** One picture of each; what a second showing says more is added to the first. */
const unique = (pictures: readonly Picture[]): Picture[] => {
  const kept: Picture[] = [];
  for (const picture of pictures.slice(0, 5 * maxPictures)) {
    const at = kept.findIndex((one) => isSame(one, picture));
    const first = kept[at];
    if (first === undefined) kept.push(picture);
    else kept[at] = merged(first, picture);
  }
  return kept;
};

const announced = (lead: Metadata['lead'], images: readonly JsonImage[], base: string): Picture[] =>
  [...images, ...(lead === null ? [] : [{ caption: '', credit: '', ...lead }])].flatMap((image) => {
    const url = URL.parse(image.url, base);
    if (url === null || !/^https?:$/.test(url.protocol)) return [];
    if (isDecoration(url.href, image.width, image.height)) return [];
    return [{ alt: '', ...image, url: url.href, credit: cleanCredit(image.credit) }];
  });

/**
 * The pictures of an article: those of its text, else the one its metadata names.
 * What the metadata knows of a picture in the text is added to it.
 */
export const choosePictures = (
  inText: readonly Picture[],
  lead: Metadata['lead'],
  images: readonly JsonImage[],
  base: string,
): Picture[] => {
  const named = announced(lead, images, base);
  const own = unique(inText);
  if (own.length === 0) return unique(named).slice(0, 1);
  return own.slice(0, maxPictures).map((picture) => {
    const same = named.find((one) => stemOf(one.url) === stemOf(picture.url));
    return same === undefined ? picture : merged(picture, same);
  });
};
