import type { Element } from './dom.ts';

const lazySources = [
  'data-src',
  'data-original',
  'data-lazy-src',
  'data-lazy',
  'data-image',
  'data-full-src',
];
const lazySets = ['srcset', 'data-srcset', 'data-lazy-srcset'];

const placeholder =
  /(?:^data:|[/_-](?:blank|spacer|placeholder|transparent|pixel|1x1|loading|lazy)\b[^/]*$)/i;
const notAPicture =
  /(?:^|[/_.-])(?:pixel|beacon|spacer|blank|1x1|tracking|tracker|logo|icon|favicon|avatar|sprite|emoji|badge)s?(?:[_.-]|$)|\.svg(?:$|\?)/i;

const webUrl = (text: string | null | undefined, base: string): string | undefined => {
  if (!text || placeholder.test(text.trim())) return undefined;
  const url = URL.parse(text.trim(), base);
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : undefined;
};

type Candidate = { url: string; width: number };

/** "a.jpg 640w, b.jpg 2x": a comma within an address is no end of it. */
const candidatesIn = (srcset: string | null, base: string): Candidate[] =>
  [...(srcset ?? '').matchAll(/(\S*[^\s,])(?:\s+(\d+(?:\.\d+)?)([wx]))?\s*(?:,|$)/g)].flatMap(
    ([, address, size, unit]) => {
      const url = webUrl(address, base);
      const width = Number(size ?? 1) * (unit === 'w' ? 1 : 800);
      return url === undefined ? [] : [{ url, width }];
    },
  );

const setsOf = (element: Element, base: string): Candidate[] =>
  lazySets.flatMap((name) => candidatesIn(element.getAttribute(name), base));

/** The largest address a picture offers; undefined where it has none of its own. */
export const addressOf = (image: Element, base: string): string | undefined => {
  const sources = [...(image.closest('picture')?.querySelectorAll('source') ?? [])];
  const offered = [image, ...sources].flatMap((element) => setsOf(element, base));
  const [largest] = offered.toSorted((a, b) => b.width - a.width);
  const plain = ['src', ...lazySources].map((name) => webUrl(image.getAttribute(name), base));
  return largest?.url ?? plain.find((url) => url !== undefined);
};

const sizeOf = (image: Element, name: 'width' | 'height'): number | null => {
  const text = image.getAttribute(name)?.trim().replace(/px$/, '') ?? '';
  return /^\d{1,5}$/.test(text) && Number(text) > 0 ? Number(text) : null;
};

export const dimensionsOf = (image: Element): { width: number | null; height: number | null } => ({
  width: sizeOf(image, 'width'),
  height: sizeOf(image, 'height'),
});

const smallest = 64;

/** Tracking pixels, logos and icons are no pictures of an article. */
export const isDecoration = (url: string, width: number | null, height: number | null): boolean =>
  (width !== null && width < smallest) ||
  (height !== null && height < smallest) ||
  notAPicture.test(URL.parse(url)?.pathname.split('/').at(-1) ?? '');

/** The same for every size in which one picture is served. */
export const stemOf = (url: string): string => {
  const parsed = URL.parse(url);
  const file = parsed?.pathname.split('/').at(-1) ?? '';
  const stem = file.replace(/\.\w{2,5}$/, '').replace(/(?:-\d{2,4}x\d{2,4}|@\dx|-scaled)+$/i, '');
  return stem.length >= 8 ? stem.toLowerCase() : url;
};
