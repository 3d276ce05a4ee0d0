import sanitizeHtml from 'sanitize-html';
import type { Block } from './blocks.ts';

const opened = ({ tag, html }: Block): string =>
  tag === 'table' ? `<table>${html}</table>` : `<${tag}>${html}</${tag}>`;

/** Neighbours of one list, or of one quotation, share its element. */
const grouped = (blocks: readonly Block[]): string => {
  let html = '';
  let [list, isQuoted]: [Block['list'], boolean] = [null, false];
  const move = (toList: Block['list'], toQuoted: boolean) => {
    if (list !== null && (list !== toList || isQuoted !== toQuoted)) {
      html += `</${list}>`;
      list = null;
    }
    if (isQuoted !== toQuoted) html += toQuoted ? '<blockquote>' : '</blockquote>';
    if (toList !== null && list === null) html += `<${toList}>`;
    [list, isQuoted] = [toList, toQuoted];
  };
  for (const block of blocks) {
    move(block.list, block.isQuoted);
    html += opened(block);
  }
  move(null, false);
  return html;
};

/**
 * The article's HTML. Our own writer escapes all it writes; the sanitiser behind
 * it is the wall that holds if the writer is wrong.
 */
export const bodyHtml = (blocks: readonly Block[]): string =>
  sanitizeHtml(grouped(blocks), {
    allowedTags:
      'p h2 h3 h4 ul ol li blockquote pre table tr td th a em strong code sub sup br'.split(' '),
    allowedAttributes: { a: ['href', 'rel'] },
    allowedSchemes: ['http', 'https'],
    allowProtocolRelative: false,
  });
