import { oneLine } from '../plain-text.ts';
import { type Element, isElement, isText, type Node } from './dom.ts';

/** One paragraph, heading, list item, table … of the text, in order. */
export type Block = {
  tag: 'p' | 'h2' | 'h3' | 'h4' | 'li' | 'pre' | 'table';
  list: 'ul' | 'ol' | null;
  isQuoted: boolean;
  html: string;
  text: string;
  /** Characters of the text within links, and within time elements. */
  linked: number;
  timed: number;
};

type Place = Pick<Block, 'tag' | 'list' | 'isQuoted'>;
type Run = { html: string; text: string; linked: number; timed: number };
type Reading = { base: string; blocks: Block[]; run: Run };

const set = (names: string): Set<string> => new Set(names.split(' '));

const skipped = set(
  'script style noscript figure figcaption picture img amp-img video audio iframe form button input select textarea svg math object embed canvas nav footer aside template head title link meta dialog hr',
);
const blocky =
  'p, div, section, article, main, header, ul, ol, li, dl, dt, dd, table, blockquote, pre, h1, h2, h3, h4, h5, h6, address, details, summary, center';
const isBlock = set(blocky.replaceAll(',', ''));
const headings = new Map<string, Block['tag']>([
  ['h1', 'h2'],
  ['h2', 'h2'],
  ['h3', 'h3'],
  ['h4', 'h4'],
  ['h5', 'h4'],
  ['h6', 'h4'],
]);
const kept = new Map([
  ['em', 'em'],
  ['i', 'em'],
  ['strong', 'strong'],
  ['b', 'strong'],
  ['code', 'code'],
  ['sub', 'sub'],
  ['sup', 'sup'],
]);

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

const emptyRun = (): Run => ({ html: '', text: '', linked: 0, timed: 0 });

const flush = (reading: Reading, place: Place): void => {
  const { html, text, linked, timed } = reading.run;
  reading.run = emptyRun();
  const line = place.tag === 'pre' ? text.replace(/^\n+|\s+$/g, '') : oneLine(text);
  if (line === '') return;
  const tidy = place.tag === 'pre' ? html : oneLine(html).replace(/^(?:<br> ?)+|(?: ?<br>)+$/g, '');
  reading.blocks.push({ ...place, html: tidy, text: line, linked, timed });
};

const hrefOf = (element: Element, base: string): string | undefined => {
  const href = element.getAttribute('href')?.trim() ?? '';
  const url = href === '' || href.startsWith('#') ? null : URL.parse(href, base);
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : undefined;
};

const readLink = (element: Element, place: Place, reading: Reading): void => {
  const href = hrefOf(element, reading.base);
  const before = reading.run.text.length;
  if (href !== undefined) reading.run.html += `<a href="${escaped(href)}" rel="nofollow">`;
  readChildren(element, place, reading);
  if (href !== undefined) reading.run.html += '</a>';
  reading.run.linked += reading.run.text.length - before;
};

const readInline = (element: Element, place: Place, reading: Reading): void => {
  const name = element.localName;
  // A block within an inline element ends the run, so the element cannot span it.
  const isSpanning = element.querySelector(blocky) !== null;
  const tag = isSpanning ? undefined : kept.get(name);
  const before = reading.run.text.length;
  if (tag !== undefined) reading.run.html += `<${tag}>`;
  if (name === 'a' && !isSpanning) readLink(element, place, reading);
  else readChildren(element, place, reading);
  if (tag !== undefined) reading.run.html += `</${tag}>`;
  if (name === 'time') reading.run.timed += reading.run.text.length - before;
};

/** One line break stays; two are how some houses write a paragraph. */
const readBreak = (place: Place, reading: Reading): void => {
  if (/<br>\s*$/.test(reading.run.html)) {
    flush(reading, place);
  } else {
    reading.run.html += '<br>';
    reading.run.text += place.tag === 'pre' ? '\n' : ' ';
  }
};

const placeOf = (element: Element, place: Place): Place => {
  const { localName: name } = element;
  const heading = headings.get(name);
  if (heading !== undefined) return { ...place, tag: heading, list: null };
  if (name === 'pre') return { ...place, tag: 'pre', list: null };
  if (name === 'blockquote') return { tag: 'p', list: null, isQuoted: true };
  if (name === 'ul' || name === 'ol') return { ...place, tag: 'li', list: name };
  if (name === 'li') return { ...place, tag: 'li', list: place.list ?? 'ul' };
  return place;
};

/** Rows of a table that holds data; undefined where it only lays out the page. */
const tableOf = (table: Element): { html: string; text: string } | undefined => {
  const rows = [...table.querySelectorAll('tr')].map((row) => [...row.querySelectorAll('td, th')]);
  const isLayout =
    table.querySelector('table, p, div, ul, h2, h3') !== null ||
    rows.every((row) => row.length < 2);
  if (isLayout) return undefined;
  const cells = rows.map((row) =>
    row.map((cell) => ({ tag: cell.localName, text: oneLine(cell.textContent ?? '') })),
  );
  const html = cells
    .map((row) => row.map(({ tag, text }) => `<${tag}>${escaped(text)}</${tag}>`).join(''))
    .map((row) => `<tr>${row}</tr>`);
  const text = cells.map((row) => row.map((cell) => cell.text).join(' ')).join(' ');
  return { html: html.join(''), text };
};

const readTable = (element: Element, place: Place, reading: Reading): void => {
  const table = tableOf(element);
  if (table === undefined) {
    readChildren(element, place, reading);
  } else {
    reading.run = { ...emptyRun(), ...table };
    flush(reading, { ...place, tag: 'table', list: null });
  }
};

const readBlock = (element: Element, place: Place, reading: Reading): void => {
  flush(reading, place);
  const inner = placeOf(element, place);
  if (element.localName === 'table') readTable(element, inner, reading);
  else readChildren(element, inner, reading);
  flush(reading, inner);
};

const readElement = (element: Element, place: Place, reading: Reading): void => {
  const name = element.localName;
  if (skipped.has(name)) return;
  if (name === 'br') readBreak(place, reading);
  else if (isBlock.has(name)) readBlock(element, place, reading);
  else readInline(element, place, reading);
};

const readText = (node: Node, place: Place, reading: Reading): void => {
  const text = node.textContent ?? '';
  const tidy = place.tag === 'pre' ? text : text.replace(/\s+/g, ' ');
  reading.run.html += escaped(tidy);
  reading.run.text += tidy;
};

const readChildren = (element: Element, place: Place, reading: Reading): void => {
  for (const child of element.childNodes) {
    if (isText(child)) readText(child, place, reading);
    else if (isElement(child)) readElement(child, place, reading);
  }
};

/** Reads text block by block: joined text content would glue words of neighbours together. */
export const blocksOf = (root: Element, base: string): Block[] => {
  const reading: Reading = { base, blocks: [], run: emptyRun() };
  const place: Place = { tag: 'p', list: null, isQuoted: false };
  readChildren(root, place, reading);
  flush(reading, place);
  return reading.blocks;
};
