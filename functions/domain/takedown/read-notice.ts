import { findUrls, urlsOfLinks } from './find-urls.ts';
import { languageOf } from './language-of.ts';
import type { Mail } from './mail.ts';
import { mailLines } from './mail-lines.ts';
import type { NamedUrl, Notice, Where } from './notice.ts';

const asking =
  /\b(?:everything|all (?:of )?(?:our|my|the|your)? ?(?:articles|content|contents|pages|posts|materials?|copies|stories|texts)|(?:entire|whole) (?:site|feed|source|content)|any of our|alles|alle (?:unsere[rn]? )?(?:artikel|inhalte|beiträge|texte)|tous (?:nos|les|mes) (?:articles|contenus|textes)|tout (?:le|notre) contenu|todos (?:nuestros|los|mis) (?:artículos|contenidos|textos)|tutti (?:i nostri|gli|i) (?:articoli|contenuti))\b|(?:усі|всі) (?:наші )?(?:статті|матеріали|тексти)|все (?:наши )?(?:статьи|материалы|тексты)|(?:جميع|كل) (?:مقالاتنا|المقالات|المواد|المحتوى)/iu;
const butListed = /\b(?:listed|below|above|following|named|linked|these)\b/i;

/** Asks the sender's own text, not what it quotes, for all of a source? */
const asksForAll = (text: string): boolean =>
  mailLines(text).some(
    (line) => !line.quoted && asking.test(line.text) && !butListed.test(line.text),
  );

/** The sender's own words come first; a link only repeats what its text says. */
const rank: Record<Where, number> = { text: 0, subject: 1, excluded: 2, quoted: 3, link: 4 };

const keyOf = (url: string): string => {
  const parsed = new URL(url);
  parsed.hash = '';
  return parsed.href;
};

const unique = (urls: readonly NamedUrl[]): NamedUrl[] => {
  const byKey = new Map<string, NamedUrl>();
  for (const found of urls) {
    const key = keyOf(found.url);
    const known = byKey.get(key);
    if (known === undefined || rank[found.where] < rank[known.where]) byKey.set(key, found);
  }
  return [...byKey.values()];
};

const ourOtherPages = new Set(['/about', '/feed.xml', '/style.css', '/robots.txt']);

/**
 * Reads what a mail asks for.
 * @param siteHost host of our own site, so that its source pages are known as such
 */
export const readNotice = (mail: Mail, siteHost: string): Notice => {
  const texts = [findUrls(mail.text, 'text'), findUrls(mail.subject, 'subject')];
  if (mail.htmlText !== mail.text) texts.push(findUrls(mail.htmlText, 'text'));
  const found = [...texts, urlsOfLinks(mail.links)];

  const sources: string[] = [];
  const urls = unique(found.flatMap((part) => part.urls)).filter(({ url }) => {
    const { host, pathname } = new URL(url);
    if (host !== siteHost) return true;
    const source = /^\/source\/([^/]+)/.exec(pathname)?.[1];
    if (source !== undefined) sources.push(source);
    return source === undefined && !ourOtherPages.has(pathname);
  });
  const hosts = [...new Set(found.flatMap((part) => part.hosts))];
  return {
    urls,
    hosts: hosts.filter((host) => host !== siteHost.replace(/:\d+$/, '')),
    sources: [...new Set(sources)],
    asksForAll: asksForAll(mail.text),
    language: languageOf(mail),
  };
};
