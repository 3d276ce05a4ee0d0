import { Parser } from 'htmlparser2';
import type { MailLink } from '../../domain/takedown/mail.ts';

const blocks = new Set(
  'address article blockquote br center dd div dl dt figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table td th tr ul'.split(
    ' ',
  ),
);
const unseen = new Set('head script style template title noscript'.split(' '));
const hiding = /display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all/i;
const maxLinks = 20_000;
const maxDepth = 3_000;

/** HTML nested so deep that parsing it would take quadratic time. */
export class TooDeep extends Error {
  override readonly message = 'HTML nested too deep';
}

type Visible = { text: string; links: MailLink[] };

type Open = { name: string; hidden: boolean };

const isHidden = (name: string, attributes: Record<string, string>): boolean =>
  unseen.has(name) || attributes['hidden'] !== undefined || hiding.test(attributes['style'] ?? '');

/**
 * What a reader of the HTML would see, block by block; quotes are marked '> '.
 * Hidden text is left out. The links are kept all, hidden ones with no text.
 * @throws TooDeep
 */
export const visibleText = (html: string): Visible => {
  const out: string[] = [];
  const links: MailLink[] = [];
  const open: Open[] = [];
  let quotes = 0;
  let link: MailLink | null = null;
  const hidden = (): boolean => open.at(-1)?.hidden ?? false;
  const breakLine = (): void => {
    out.push(`\n${'> '.repeat(Math.min(quotes, 20))}`);
  };
  const parser = new Parser({
    onopentag: (name, attributes) => {
      if (open.length > maxDepth) throw new TooDeep();
      open.push({ name, hidden: hidden() || isHidden(name, attributes) });
      if (name === 'blockquote') quotes += 1;
      if (blocks.has(name)) breakLine();
      const href = attributes['href'];
      if (name === 'a' && href !== undefined && links.length < maxLinks) {
        link = { text: '', href };
        links.push(link);
      }
    },
    ontext: (text) => {
      if (hidden()) return;
      const shown = text.replace(/\s+/g, ' ');
      out.push(shown);
      if (link !== null && link.text.length < 2_000) link.text += shown;
    },
    onclosetag: (name) => {
      const at = open.findLastIndex((tag) => tag.name === name);
      if (at >= 0) open.length = at;
      if (name === 'blockquote') quotes = Math.max(0, quotes - 1);
      if (name === 'a') link = null;
      if (blocks.has(name)) breakLine();
    },
  });
  parser.end(html);
  const text = out.join('').replace(/\n(?:[> ]*\n)+/g, '\n\n');
  return { text: text.trim(), links };
};
