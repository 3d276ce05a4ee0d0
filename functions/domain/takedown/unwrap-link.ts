const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The text behind URL-safe base64, as UTF-8; null where it is neither. */
const fromBase64Url = (text: string): string | null => {
  let bits = 0;
  let held = 0;
  let escaped = '';
  for (const character of text.replace(/=+$/, '')) {
    const value = base64.indexOf(character);
    if (value < 0) return null;
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      escaped += `%${((bits >> held) & 0xff).toString(16).padStart(2, '0')}`;
    }
  }
  return decode(escaped);
};

const decode = (escaped: string): string | null => {
  try {
    return decodeURIComponent(escaped);
  } catch {
    return null;
  }
};

/** Proofpoint v3 keeps odd characters apart: '*' is the next one, '**A' the next two. */
const fromProofpoint3 = (href: string): string | null => {
  const [, path, kept] = /\/v3\/__(.+?)__;([^!]*)/.exec(href) ?? [];
  if (path === undefined) return null;
  const characters = [...(fromBase64Url(kept ?? '') ?? '')];
  const filled = path.replace(/\*(?:\*([\w-]))?/g, (_token, run: string | undefined) =>
    characters.splice(0, run === undefined ? 1 : base64.indexOf(run) + 2).join(''),
  );
  return filled.replace(/^(https?):\/+/, '$1://');
};

const fromProofpoint = (url: URL): string | null => {
  if (url.pathname.startsWith('/v3/')) return fromProofpoint3(url.href);
  const wrapped = url.searchParams.get('u') ?? '';
  if (!url.pathname.startsWith('/v2/')) return wrapped;
  return decode(wrapped.replaceAll('-', '%').replaceAll('_', '/'));
};

const isUnder = (host: string, domain: string): boolean =>
  host === domain || host.endsWith(`.${domain}`);

const isGoogle = (host: string): boolean =>
  /^(?:www\.)?google\.(?:[a-z]{2,3}|co\.[a-z]{2}|com\.[a-z]{2})$/.test(host);

const unwrapOnce = (url: URL): string | null => {
  const { hostname: host, pathname, searchParams } = url;
  if (isUnder(host, 'safelinks.protection.outlook.com')) return searchParams.get('url');
  if (isUnder(host, 'urldefense.com') || isUnder(host, 'urldefense.proofpoint.com')) {
    return fromProofpoint(url);
  }
  if (isGoogle(host) && pathname === '/url')
    return searchParams.get('q') ?? searchParams.get('url');
  return null;
};

/**
 * Takes off what mail gateways and search engines wrap around a link: by exact
 * host, at most five deep, without asking anyone.
 */
export const unwrapLink = (url: string): string => {
  let inner = url;
  for (let depth = 0; depth < 5; depth += 1) {
    const parsed = URL.parse(inner);
    const next = parsed && unwrapOnce(parsed);
    if (!next || !/^https?:\/\//i.test(next)) break;
    inner = next;
  }
  return inner;
};
