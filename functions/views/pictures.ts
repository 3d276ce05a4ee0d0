import type { Picture } from '../domain/news/article.ts';
import { type PictureText, pictureTexts } from './caption.ts';
import { type Html, html } from './html.ts';
import { picturePathOf } from './site.ts';

type KeptPicture = Picture & { key: string };

const isKept = (picture: Picture): picture is KeptPicture => picture.key !== null;

const captionOf = ({ caption, credit }: PictureText): Html | null =>
  caption === '' && credit === ''
    ? null
    : html`<figcaption>${caption && html`<span>${caption}</span>`}${caption && credit && ' '}${credit && html`<small class="credit"><bdi>${credit}</bdi></small>`}</figcaption>`;

const sizeOf = ({ width, height }: Picture): Html | null =>
  width && height ? html` width="${width}" height="${height}"` : null;

const figure = (picture: KeptPicture, text: PictureText): Html =>
  html`<figure><img src="${picturePathOf(picture.key)}" alt="${text.alt}" loading="lazy" decoding="async"${sizeOf(picture)}>${captionOf(text)}</figure>
`;

/** Figures of the pictures we keep, in their order; the first is the lead. */
export const figuresOf = (pictures: readonly Picture[]): Html[] => {
  const kept = pictures.filter(isKept);
  const texts = pictureTexts(kept);
  return kept.flatMap((picture, i) => {
    const text = texts[i];
    return text === undefined ? [] : [figure(picture, text)];
  });
};
