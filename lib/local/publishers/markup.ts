import type { Block, Figure } from './story.ts';

/** All pictures of the sample publishers have this size. */
export const pictureSize = { width: 960, height: 540 };

/** What a page shows until a script has put the picture in. */
const BLANK = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';

export const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** As an old picture desk types it: no curly quotes, no long dashes. */
const typed = (text: string): string =>
  text
    .replace(/[–—]/g, '-')
    .replace(/[“”«»]/g, '"')
    .replace(/[‘’]/g, "'");

export const pictureUrl = (file: string): string => `/pictures/${file}?width=${pictureSize.width}`;

const figure = ({ file, caption, credit }: Figure, isLazy: boolean): string => {
  const { width, height } = pictureSize;
  const url = pictureUrl(file);
  const rest = `alt="${escaped(typed(caption))}" width="${width}" height="${height}"`;
  const image = isLazy
    ? `<img class="lazy" src="${BLANK}" data-src="${url}" loading="lazy" ${rest}>` +
      `<noscript><img src="${url}" ${rest}></noscript>`
    : `<img src="${url}" srcset="/pictures/${file}?width=480 480w, ${url} 960w" ${rest}>`;
  return (
    `<figure>${image}<figcaption>${escaped(caption)} ` +
    `<span class="credit">${escaped(credit)}</span></figcaption></figure>`
  );
};

export const isFigure = (block: Block): block is Figure => block.kind === 'figure';

const markup = (block: Block, isLazy: boolean): string => {
  switch (block.kind) {
    case 'figure':
      return figure(block, isLazy);
    case 'heading':
      return `<h2>${escaped(block.text)}</h2>`;
    case 'quote':
      return `<blockquote><p>${escaped(block.text)}</p></blockquote>`;
    case 'paragraph':
      return `<p>${escaped(block.text)}</p>`;
  }
};

/** @returns one piece of HTML for each block; all pictures but the first are lazy */
export const markupOf = (blocks: readonly Block[]): string[] => {
  const first = blocks.find(isFigure);
  return blocks.map((block) => markup(block, block !== first));
};
