import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { html, link, raw } from '../../../functions/views/html.ts';

const written = (value: { toString(): string }): string => value.toString();

describe('html', () => {
  it('escapes an interpolation in text and in an attribute', () => {
    const hostile = `"><script>alert('1 & 2')</script>`;
    const escaped = '&quot;&gt;&lt;script&gt;alert(&#39;1 &amp; 2&#39;)&lt;/script&gt;';

    expect(written(html`<p title="${hostile}">${hostile}</p>`)).toBe(
      `<p title="${escaped}">${escaped}</p>`,
    );
  });

  it('keeps nested markup and joins lists', () => {
    const items = ['a', '<b>'].map((name) => html`<li>${name}</li>`);

    expect(written(html`<ul>${items}</ul>`)).toBe('<ul><li>a</li><li>&lt;b&gt;</li></ul>');
  });

  it('writes nothing for null, undefined and false, and writes zero', () => {
    expect(written(html`${null}${undefined}${false}${0}`)).toBe('0');
  });

  it('leaves out characters that markup may not hold', () => {
    expect(written(html`${'a\u0000\u0008\ufffe\u009fb\ud800c'}`)).toBe('ab\ufffdc');
  });

  it('never lets text out of its place, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(written(html`${text}`)).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
      }),
    );
  });

  it.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    '//evil.example/x',
    '/\\evil.example/x',
  ])('leaves the target empty for %j', (target) => {
    expect(written(html`<a href="${target}">x</a>`)).toBe('<a href="">x</a>');
  });

  it.each(['https://a.example/?a=1', 'mailto:a@b.example', '/about', '#top'])(
    'keeps the target %j',
    (target) => {
      expect(written(html`<a href="${target}">x</a>`)).toBe(`<a href="${target}">x</a>`);
    },
  );

  it('refuses an attribute value without quotes', () => {
    expect(() => html`<a class=${'x onclick=y'}>`).toThrow('Put quotes');
    expect(() => html`<p>${1}</p><a href="${'/a'}" class=${'x'}>`).toThrow('Put quotes');
  });

  it('knows an equals sign in a text or inside quotes from an attribute', () => {
    expect(written(html`<p>a=${1}</p><a href="${'/'}?before=${'x'}">${2}</a>`)).toBe(
      '<p>a=1</p><a href="/?before=x">2</a>',
    );
  });
});

describe('raw', () => {
  it('lets sanitised markup through', () => {
    expect(written(html`<div>${raw('<p>a &amp; b</p>')}</div>`)).toBe(
      '<div><p>a &amp; b</p></div>',
    );
  });
});

describe('link', () => {
  it('gives a web address back as its publisher wrote it', () => {
    expect(link('https://Herald.example/a?b=1#c')).toBe('https://Herald.example/a?b=1#c');
    expect(link('http://herald.example')).toBe('http://herald.example');
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'herald', ''])(
    'refuses %j',
    (url) => {
      expect(link(url)).toBeNull();
    },
  );
});
