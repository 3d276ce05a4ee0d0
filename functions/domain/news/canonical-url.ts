import type { Sha256 } from '../audit/chain.ts';
import type { ArticleId } from './article.ts';
import { isTracking } from './tracking.ts';

const maxLength = 4_096;

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' ')).trim().toLowerCase();
  } catch {
    return text.toLowerCase();
  }
};

type Parameter = { name: string; value: string };

/** Keeps the parameters `keep` wants, byte for byte: re-encoding breaks some sites. */
const filterQuery = (search: string, keep: (parameter: Parameter) => boolean): string[] =>
  search
    .slice(1)
    .split('&')
    .filter((part) => {
      const [name = '', ...rest] = part.split('=');
      return part !== '' && keep({ name: decoded(name), value: decoded(rest.join('=')) });
    });

/**
 * The address without fragment, credentials and tracking parameters; the rest
 * stays as its publisher wrote it. For our records: readers get the original.
 * @returns null for what is no web address, or longer than 4,096 characters
 */
export const canonicalUrl = (url: string): string | null => {
  if (url.length > maxLength) return null;
  const parsed = URL.parse(url.trim());
  if (parsed?.protocol !== 'http:' && parsed?.protocol !== 'https:') return null;
  const host = parsed.hostname.replace(/\.+$/, '');
  if (host === '') return null;
  const port = parsed.port === '' ? '' : `:${parsed.port}`;
  const query = filterQuery(parsed.search, ({ name, value }) => !isTracking(name, value));
  const search = query.length > 0 ? `?${query.join('&')}` : '';
  return URL.parse(`${parsed.protocol}//${host}${port}${parsed.pathname}${search}`)?.href ?? null;
};

/** Ways to ask for another rendering of the same page. */
const isRendering = ({ name, value }: Parameter): boolean =>
  name === 'outputtype' ||
  name === 'amp' ||
  (name === 'output' && value === 'amp') ||
  (name === 'print' && ['', '1', 'true', 'yes'].includes(value)) ||
  (name === 'view' && ['amp', 'print'].includes(value));

/** @see RFC 3986 §6.2.2: case of hex digits, needlessly encoded characters */
const foldEncoding = (text: string): string =>
  text.replace(/%[0-9a-f]{2}/gi, (code) => {
    const char = String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return /[a-z0-9_~-]/i.test(char) ? char : code.toUpperCase();
  });

const untilStable = (text: string, change: (text: string) => string): string => {
  let [before, after] = [text, change(text)];
  while (after !== before) [before, after] = [after, change(after)];
  return after;
};

const foldHost = (host: string): string =>
  host.replace(/^(?:(?:www|m|mobile|amp)\.)+(?=[^.]+\.[^.])/, '');

const foldPath = (path: string): string =>
  untilStable(foldEncoding(path), (text) =>
    text
      .replace(/\/+$/, '')
      .replace(/\/index\.(?:html?|php)$/i, '')
      .replace(/\/amp$/i, ''),
  );

/** One key for all addresses of one page. Only to be hashed: it leads nowhere. */
export const identityKey = (url: string): string | null => {
  const canonical = canonicalUrl(url);
  if (canonical === null) return null;
  const { hostname, port, pathname, search } = new URL(canonical);
  const query = filterQuery(search, (parameter) => !isRendering(parameter));
  const folded = query.map(foldEncoding).sort().join('&');
  const authority = `${foldHost(hostname)}${port === '' ? '' : `:${port}`}`;
  return `${authority}${foldPath(pathname)}${folded === '' ? '' : `?${folded}`}`;
};

export const articleIdOf = (url: string, sha256: Sha256): ArticleId | null => {
  const key = identityKey(url);
  return key === null ? null : sha256(key).slice(0, 32);
};

/** The host of an address we hold, for the log; '' where it is none. */
export const hostOf = (url: string): string => URL.parse(url)?.hostname ?? '';
