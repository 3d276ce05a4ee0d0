import type { Block, Letter, Line, Span } from '../domain/takedown/letter.ts';
import { type Html, html } from './html.ts';

const columns = 78;
const longestUrl = 160;

const spansOf = (line: Line): readonly Span[] =>
  typeof line === 'object' && 'length' in line ? line : [line as Span];

/** A sender's URL as words, without a scheme, so that no mail program makes a link of it. */
const inert = (url: string): string => {
  const shown = url.replace(/^https?:\/\//i, '').replace(/[\p{C}\s]+/gu, '');
  return shown.length > longestUrl ? `${shown.slice(0, longestUrl)}…` : shown;
};

const plain = (span: Span): string => {
  if (typeof span === 'string') return span;
  return 'own' in span ? span.own : inert(span.named);
};

/** Breaks at spaces only: an address in a plain text must stay whole. */
const wrap = (text: string, first: string, rest: string): string => {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    if (!isEmpty && line.length + 1 + word.length > columns) {
      lines.push(line);
      [line, isEmpty] = [rest, true];
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line].join('\n');
};

const textOf = (line: Line): string => spansOf(line).map(plain).join('');

const textBlock = (block: Block): string => {
  switch (block.kind) {
    case 'heading':
      return `${block.text}\n${'-'.repeat(block.text.length)}`;
    case 'paragraph':
      return wrap(textOf(block.line), '', '');
    case 'list':
      return block.items.map((item) => wrap(textOf(item), '- ', '  ')).join('\n\n');
    case 'facts':
      return block.rows
        .map(([label, value]) => wrap(textOf(value), `${label}:`.padEnd(12), ' '.repeat(12)))
        .join('\n');
  }
};

/** The letter as plain text of at most 78 columns, save for long addresses. */
export const letterText = ({ blocks }: Letter): string => `${blocks.map(textBlock).join('\n\n')}\n`;

/** Every dot stands alone, so that no reader of mail takes the words for a link. */
const inertHtml = (url: string): Html[] =>
  inert(url)
    .split(/(?<=\.)/)
    .map((part) => html`<span>${part}</span>`);

const spanHtml = (span: Span): Html => {
  if (typeof span === 'string') return html`${span}`;
  if ('own' in span) return html`<a href="${span.own}" style="color:#0b57a4">${span.own}</a>`;
  return html`<span style="color:#555">${inertHtml(span.named)}</span>`;
};

const lineHtml = (line: Line): Html[] => spansOf(line).map(spanHtml);

const factHtml = ([label, value]: readonly [string, Line]): Html =>
  html`<tr><th scope="row" style="text-align:left;font-weight:600;padding:2px 16px 2px 0;vertical-align:top">${label}</th><td style="padding:2px 0;word-break:break-word">${lineHtml(value)}</td></tr>`;

const blockHtml = (block: Block): Html => {
  switch (block.kind) {
    case 'heading':
      return html`<h2 style="font-size:17px;line-height:1.3;margin:28px 0 8px">${block.text}</h2>\n`;
    case 'paragraph':
      return html`<p style="margin:0 0 14px;word-break:break-word">${lineHtml(block.line)}</p>\n`;
    case 'list':
      return html`<ul style="margin:0 0 14px;padding-left:20px">${block.items.map((item) => html`<li style="margin:0 0 8px;word-break:break-word">${lineHtml(item)}</li>`)}</ul>\n`;
    case 'facts':
      return html`<table style="border-collapse:collapse;margin:0 0 14px;font-size:15px">${block.rows.map(factHtml)}</table>\n`;
  }
};

/** The same letter as one small HTML page, styled in place: mail programs drop style sheets. */
export const letterHtml = ({ language, subject, blocks }: Letter): string =>
  html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${subject}</title></head>
<body style="margin:0;padding:24px;background:#fff;color:#1a1a1a;font:16px/1.55 Georgia,'Times New Roman',serif"><div style="max-width:600px;margin:0 auto">
${blocks.map(blockHtml)}</div></body></html>
`.toString();
