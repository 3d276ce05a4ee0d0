import { type MailLine, mailLines, rejoin } from './mail-lines.ts';
import type { NamedUrl, Where } from './notice.ts';
import { unwrapLink } from './unwrap-link.ts';

type Found = { urls: NamedUrl[]; hosts: string[] };

const longest = 2_048;

/** Undoes what keeps an address from being clicked: hxxp, [.], (dot), [:]. */
const refang = (text: string): string =>
  text
    .replace(/\bhxxp(s?)(?=\s?[:[])/gi, 'http$1')
    .replace(/\[:\/\/\]|\[:\]\/\//g, '://')
    .replace(/\s?[[({](?:\.|dot)[\])}]\s?/gi, '.')
    .replaceAll('&amp;', '&');

const webUrl = /https?:\/\/[^\s<>"“”«»`|\\^{}]+/giu;
const closers: Record<string, string> = { ')': '(', ']': '[', '）': '（', '】': '【' };
const punctuation = new Set([...".,;:!?'*…。、，；：！？؛،؟’‘”*"]);

const count = (text: string, character: string): number => text.split(character).length - 1;

/** How many more closing than opening brackets of each kind a text holds. */
const surplusOf = (text: string): Map<string, number> =>
  new Map(
    Object.entries(closers).map(([closer, opener]) => [
      closer,
      count(text, closer) - count(text, opener),
    ]),
  );

/** Takes off what the sentence put behind the URL, but not a bracket that belongs to it. */
const trimEnd = (url: string): string => {
  const surplus = surplusOf(url);
  let end = url.length;
  for (; end > 0; end -= 1) {
    const last = url[end - 1] ?? '';
    const left = surplus.get(last);
    const isForeign = left === undefined ? punctuation.has(last) : left > 0;
    if (!isForeign) break;
    if (left !== undefined) surplus.set(last, left - 1);
  }
  return url.slice(0, end);
};

/** Two URLs glued by Markdown or a comma are two. */
const unglue = (token: string): string[] =>
  token.split(/\]\((?=https?:)|[,;)\]](?=https?:\/\/)/i).filter((part) => /^https?:/i.test(part));

const named = (readings: readonly string[], where: Where): NamedUrl | null => {
  const all = [...readings.map(trimEnd), ...readings]
    .map(unwrapLink)
    .filter((url) => url.length <= longest && isNameable(url));
  const [url, ...others] = new Set(all);
  return url === undefined ? null : { url, others, where };
};

const isNameable = (url: string): boolean => {
  const parsed = URL.parse(url);
  return parsed?.protocol === 'https:' || parsed?.protocol === 'http:';
};

const bareHost =
  /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}\p{L}{2,24}(?::\d{2,5})?(?=$|[/?])/u;

/** Addresses without a scheme: 'pub.example/a', 'www.pub.example'. */
const bareAddresses = (text: string): string[] =>
  text
    .split(/[\s<>"“”«»()[\]{},;|]+/)
    .filter((token) => token.includes('.') && !token.includes('@') && token.length <= longest)
    .map((token) => trimEnd(token.replace(/^[^\p{L}\p{N}]+/u, '')))
    .filter((token) => bareHost.test(token))
    .map((token) => `https://${token}`);

const isHome = (url: string): boolean => {
  const parsed = URL.parse(url);
  return parsed?.pathname === '/' && parsed.search === '';
};

/** What a line says of the URLs on it and below it, until another line speaks. */
const keeps =
  /\bnot infring|\bdo(?:es)? not infringe|\b(?:may|can|should) stay\b|^\W*(?:please )?(?:do not|don['’]t) (?:remove|delete|take down)\b/i;
const saysOtherwise =
  /\b(?:if|unless|none|nothing|neither|never|no longer|fail\w*|claim\w*|argue\w*|sa(?:y|ys|id)|assert\w*|wrong\w*|also|but)\b|\b(?:please|must|to) (?:remove|delete|take)/i;

const isExclusion = (prose: string): boolean => keeps.test(prose) && !saysOtherwise.test(prose);

const findOnLine = (lines: readonly MailLine[], at: number, line: MailLine): string[][] => {
  const found: string[][] = [];
  const text = refang(line.text);
  for (const match of text.matchAll(webUrl)) {
    const parts = unglue(match[0]);
    const isLast = match.index + match[0].length === text.length;
    const bracketed = text[match.index - 1] === '<';
    parts.forEach((part, i) => {
      const runsOn = isLast && i === parts.length - 1;
      found.push(runsOn ? rejoin(lines, at, part, bracketed) : [part]);
    });
  }
  for (const address of bareAddresses(text.replace(webUrl, ' '))) found.push([address]);
  return found;
};

const sorted = (urls: readonly (NamedUrl | null)[]): Found => {
  const found: Found = { urls: [], hosts: [] };
  for (const url of urls) {
    if (url === null) continue;
    if (isHome(url.url)) found.hosts.push(new URL(url.url).hostname);
    else found.urls.push(url);
  }
  return found;
};

/** All URLs and bare hosts of a text, in its order. */
export const findUrls = (text: string, where: 'text' | 'subject'): Found => {
  const lines = mailLines(text);
  let excluding = false;
  const urls = lines.flatMap((line, at) => {
    const prose = refang(line.text).replace(webUrl, ' ').trim();
    if (/\p{L}{3}/u.test(prose)) excluding = isExclusion(prose);
    const unless = line.quoted ? 'quoted' : where;
    const place = excluding ? 'excluded' : unless;
    return findOnLine(lines, at, line).map((readings) => named(readings, place));
  });
  return sorted(urls);
};

/** The same for the links of the mail's HTML. */
export const urlsOfLinks = (links: readonly { href: string }[]): Found =>
  sorted(links.map(({ href }) => named([href.trim()], 'link')));
