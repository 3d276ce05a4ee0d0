/** Markup that is safe to send: only `html` and `raw` make it. Serves XML as well. */
export class Html {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

export type Fragment = string | number | Html | null | undefined | false | readonly Fragment[];

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Control characters and noncharacters that neither HTML nor XML may hold. */
const forbidden = /[^\t\n\r\u0020-\u007e\u00a0-\ufffd\u{10000}-\u{10ffff}]/gu;

const escapeText = (text: string): string =>
  text
    .toWellFormed()
    .replace(forbidden, '')
    .replace(/[&<>"']/g, (character) => entities[character] ?? '');

/** Where a link may lead: a web page, a mail, a place of ours (never '//host'). */
const allowedTarget = /^(https?:\/\/|mailto:|#|\/(?![/\\]))/i;
const beforeUrl = /\s(href|src)="$/;

const write = (fragment: Fragment): string => {
  if (fragment === null || fragment === undefined || fragment === false) return '';
  if (fragment instanceof Html) return fragment.toString();
  if (typeof fragment === 'object') return fragment.map(write).join('');
  return escapeText(String(fragment));
};

/** Does the template stand, here, behind `name=` of a tag, with no quote begun? */
const isUnquotedValue = (template: string): boolean => {
  const tag = template.slice(template.lastIndexOf('<') + 1);
  return /[a-z-]=$/i.test(tag) && !tag.includes('>') && tag.split('"').length % 2 === 1;
};

const writeAt = (strings: readonly string[], i: number, fragment: Fragment): string => {
  const text = strings[i] ?? '';
  if (text.endsWith('=') && isUnquotedValue(strings.slice(0, i + 1).join('_'))) {
    throw new TypeError(`Put quotes around the value after "${text}".`);
  }
  if (beforeUrl.test(text) && !allowedTarget.test(String(fragment))) return '';
  return write(fragment);
};

/**
 * The only road to HTML. Escapes every interpolation, joins arrays, keeps nested
 * Html, and writes nothing for null, undefined and false. A target in `href="…"`
 * or `src="…"` that is no web, mail or local address is left empty.
 * @throws TypeError on an attribute value without quotes
 */
export const html = (strings: TemplateStringsArray, ...fragments: Fragment[]): Html =>
  new Html(
    strings
      .map((text, i) => (i < fragments.length ? text + writeAt(strings, i, fragments[i]) : text))
      .join(''),
  );

/**
 * Lets text through as it is. Only for `Body.html`, which was sanitised before it
 * was stored, and for text of our own making. Never for a title, a feed, a mail
 * or a page: there it is a hole for scripts.
 */
export const raw = (sanitised: string): Html => new Html(sanitised);

/** The URL where it is a web address, else null: never 'javascript:', 'data:' or 'file:'. */
export const link = (url: string): string | null => {
  const parsed = URL.parse(url);
  return parsed?.protocol === 'https:' || parsed?.protocol === 'http:' ? url : null;
};
