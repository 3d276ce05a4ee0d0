import type { Display } from '../../domain/news/article.ts';
import type { SourceTerms } from '../../domain/news/source.ts';
import { Permanent } from '../../errors.ts';

/** What Sundown reads beside the attributes of OPML; each also with "sundown:" before it. */
const own = ['id', 'display', 'languages', 'interval'] as const;
type Own = (typeof own)[number];

export const ownAttributes = [
  ...own,
  'sundown:id',
  'sundown:display',
  'sundown:languages',
  'sundown:interval',
] as const;

export type Outline = {
  type?: string;
  text?: string;
  title?: string;
  xmlUrl?: string;
  htmlUrl?: string;
  language?: string;
} & { [name in (typeof ownAttributes)[number]]?: unknown };

const nameOf = ({ title, text, xmlUrl }: Outline): string => title ?? text ?? xmlUrl ?? '?';

const refuse = (outline: Outline, fault: string): never => {
  throw new Permanent(`The outline "${nameOf(outline)}" in the sources file ${fault}.`);
};

const attribute = (outline: Outline, name: Own): string | undefined => {
  const value = outline[`sundown:${name}`] ?? outline[name];
  return value === undefined ? undefined : String(value).trim();
};

const webAddress = (outline: Outline, name: 'xmlUrl' | 'htmlUrl', text: string): URL => {
  const url = URL.parse(text);
  if (url && /^https?:$/.test(url.protocol)) return url;
  return refuse(outline, `has an ${name} that is no web address: write https://…`);
};

const feedUrlOf = (outline: Outline): URL =>
  outline.xmlUrl === undefined
    ? refuse(outline, 'has no xmlUrl: add the address of its feed')
    : webAddress(outline, 'xmlUrl', outline.xmlUrl);

/** Lower-case ASCII; where the title has letters that would be lost, the feed's host serves. */
const slugOf = (title: string, feedUrl: URL): string => {
  const plain = title.normalize('NFKD').replace(/\p{M}/gu, '');
  const isAscii = /[a-z0-9]/i.test(plain) && !/[^\p{ASCII}\p{P}\p{S}\s]/u.test(plain);
  return (isAscii ? plain : feedUrl.host)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 63)
    .replace(/-$/, '');
};

const idOf = (outline: Outline, feedUrl: URL): string => {
  const id = attribute(outline, 'id') ?? slugOf(nameOf(outline), feedUrl);
  if (/^[a-z0-9][a-z0-9-]{0,62}$/.test(id)) return id;
  return refuse(outline, `has the id "${id}": use at most 63 of a-z, 0-9 and "-"`);
};

const displayOf = (outline: Outline): Display => {
  const display = attribute(outline, 'display') ?? 'excerpt';
  if (display === 'full' || display === 'excerpt' || display === 'link') return display;
  return refuse(outline, `has the display "${display}": use full, excerpt or link`);
};

const languagesOf = (outline: Outline): string[] => {
  const text = attribute(outline, 'languages') ?? outline.language ?? '';
  const tags = text.split(',').map((tag) => tag.trim().replaceAll('_', '-'));
  try {
    return Intl.getCanonicalLocales(tags.filter((tag) => tag !== ''));
  } catch {
    return refuse(outline, `has the languages "${text}": use tags such as "en, uk"`);
  }
};

const intervalOf = (outline: Outline): number => {
  const text = attribute(outline, 'interval') ?? '15';
  const minutes = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (minutes >= 5) return minutes;
  return refuse(outline, `has the interval "${text}": use whole minutes, 5 or more`);
};

/** @throws Permanent naming the outline and what to do about it */
export const termsOf = (outline: Outline): SourceTerms => {
  const feedUrl = feedUrlOf(outline);
  const homeUrl =
    outline.htmlUrl === undefined
      ? `${feedUrl.origin}/`
      : webAddress(outline, 'htmlUrl', outline.htmlUrl).href;
  return {
    id: idOf(outline, feedUrl),
    title: nameOf(outline),
    feedUrl: feedUrl.href,
    homeUrl,
    display: displayOf(outline),
    languages: languagesOf(outline),
    intervalFloorMinutes: intervalOf(outline),
  };
};
