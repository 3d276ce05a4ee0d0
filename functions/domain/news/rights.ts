import type { Body, Display } from './article.ts';

/** From the widest to the narrowest. A bare hyperlink is not refused: it copies nothing. */
const widths: readonly Display[] = ['full', 'excerpt', 'link'];

const narrower = (a: Display, b: Display): Display =>
  widths.indexOf(a) > widths.indexOf(b) ? a : b;

export const excerptLength = 300;

/**
 * What each robots directive leaves. They are written for search engines; one that
 * forbids them a copy forbids it to us, and one with an end forbids it from the start,
 * because we do not come back to take it down.
 * @see https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag
 */
const directives: Record<string, Display> = {
  noarchive: 'link',
  nocache: 'link',
  nosnippet: 'link',
  noindex: 'link',
  none: 'link',
  unavailable_after: 'link',
  noimageindex: 'excerpt',
};

const valued = /^(?:[\w*-]+\s*:\s*)?(max-snippet|max-image-preview|unavailable_after)\s*:\s*(.*)$/;

const leaves = (token: string): Display => {
  const [, name, value = ''] = valued.exec(token) ?? [];
  if (name === 'max-snippet') {
    const most = Number.parseInt(value, 10);
    if (Number.isNaN(most) || most < 0) return 'full';
    return most < excerptLength ? 'link' : 'excerpt';
  }
  if (name === 'max-image-preview') return value === 'none' ? 'excerpt' : 'full';
  // A directive for a named robot ("otherbot: noarchive") is taken as meant for all.
  const bare = name ?? token.split(':').at(-1)?.trim() ?? '';
  return Object.hasOwn(directives, bare) ? (directives[bare] ?? 'full') : 'full';
};

/**
 * What may be kept and shown: the source's terms, narrowed by what the page says.
 * @param signals contents of robots meta tags and X-Robots-Tag headers, in any case
 */
export const resolveDisplay = (terms: Display, signals: readonly string[]): Display =>
  signals
    .flatMap((signal) => signal.toLowerCase().split(','))
    .map((token) => leaves(token.trim()))
    .reduce(narrower, terms);

/** At most `most` UTF-16 units, cut between words, with an ellipsis where something went. */
export const cut = (text: string, most: number): string => {
  const flat = text.replace(/\s+/g, ' ').trim();
  if (flat.length <= most) return flat;
  const head = flat.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '');
  const space = head.lastIndexOf(' ');
  return `${(space > most / 2 ? head.slice(0, space) : head).replace(/[\s,;:–-]+$/, '')}…`;
};

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** What of a body may be stored at each display. */
export const trim = (body: Body, display: Display): Body => {
  switch (display) {
    case 'full':
      return body;
    case 'excerpt': {
      const text = cut(body.text, excerptLength);
      return { html: text === '' ? '' : `<p>${escaped(text)}</p>`, text, pictures: [] };
    }
    case 'link':
      return { html: '', text: '', pictures: [] };
  }
};
