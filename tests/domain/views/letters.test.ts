import { describe, expect, it } from 'vitest';
import type { Block, Letter } from '../../../functions/domain/takedown/letter.ts';
import { letterHtml, letterText } from '../../../functions/views/letters.ts';

const letter = (...blocks: Block[]): Letter => ({ language: 'en', subject: 'A & B', blocks });

const hostile = 'https://evil.example/<script>alert(1)</script>"onload=x';

describe('rendering a letter', () => {
  it('keeps plain text within 78 columns, and addresses whole', () => {
    const own = `https://news.example/article/${'a'.repeat(70)}`;
    const text = letterText(
      letter(
        { kind: 'paragraph', line: 'word '.repeat(100) },
        { kind: 'list', items: ['item '.repeat(50), [{ own }]] },
        { kind: 'facts', rows: [['Case', 'fact '.repeat(40)]] },
      ),
    );

    for (const line of text.split('\n')) {
      if (!line.includes(own)) expect(line.length).toBeLessThanOrEqual(78);
    }
    expect(text).toContain(own);
    expect(text).toMatch(/\n {2}item/);
    expect(text).toMatch(/\n {12}fact/);
  });

  it('says the same in HTML', () => {
    const html = letterHtml(
      letter(
        { kind: 'heading', text: 'What we understood' },
        { kind: 'facts', rows: [['Case', 'SD-1']] },
        { kind: 'list', items: ['one', 'two'] },
      ),
    );

    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(html).toContain('>What we understood</h2>');
    expect(html).toMatch(/<th [^>]*>Case<\/th><td [^>]*>SD-1<\/td>/);
    expect(html.match(/<li /g)).toHaveLength(2);
    expect(html).toContain('<title>A &amp; B</title>');
  });

  it('makes no link of an address that the sender named', () => {
    const blocks: Block = { kind: 'paragraph', line: ['See ', { named: hostile }] };
    const [html, text] = [letterHtml(letter(blocks)), letterText(letter(blocks))];

    expect(html).not.toMatch(/<script|href|evil\.example|https:/);
    expect(html).toContain('evil.</span><span>example/&lt;script&gt;');
    expect(text).toContain('See evil.example/');
    expect(text).not.toContain('https:');
  });

  it('links our own pages', () => {
    const own = 'https://news.example/article/1';

    expect(letterHtml(letter({ kind: 'paragraph', line: { own } }))).toContain(`href="${own}"`);
  });

  it('cuts an address that would fill the page, and lets none break a line', () => {
    const named = `https://evil.example/${'x'.repeat(500)}\r\nBcc: a@b.example`;
    const text = letterText(letter({ kind: 'paragraph', line: { named } }));

    expect(text.trim().length).toBe(161);
    expect(text.trim()).toMatch(/^evil\.example\/x+…$/);
  });
});
