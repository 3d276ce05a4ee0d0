import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageReader } from '../../functions/adapters/page-reader.ts';

const url = 'https://herald.example/news/one';
const html = (fragment: string): string => pageReader.readFragment(fragment, url).html;

describe('pageReader.readFragment', () => {
  it('keeps the shape of a text, and nothing else', () => {
    const result = pageReader.readFragment(
      `<div>One<div>Two</div>three <b>bold <i>both</i></b></div>
       <ol><li>First <a href="/x?a=1&b=2" onclick="x()" target="_blank">link</a></li><li><p>Second</p></li></ol>
       <blockquote>Said</blockquote><h1>Head</h1><p>a<br>b<br><br>c</p><pre>x
  y</pre><h5>Small head</h5><p>end of it</p>
       <table><tr><th>Day</th><th>Miles</th></tr><tr><td>1</td><td>&lt;31</td></tr></table>`,
      url,
    );

    expect(result.html).toBe(
      '<p>One</p><p>Two</p><p>three <strong>bold <em>both</em></strong></p>' +
        '<ol><li>First <a href="https://herald.example/x?a=1&amp;b=2" rel="nofollow">link</a></li><li>Second</li></ol>' +
        '<blockquote><p>Said</p></blockquote><h2>Head</h2><p>a<br />b</p><p>c</p><pre>x\n  y</pre><h4>Small head</h4><p>end of it</p>' +
        '<table><tr><th>Day</th><th>Miles</th></tr><tr><td>1</td><td>&lt;31</td></tr></table>',
    );
    expect(result.text).toBe(
      'One\nTwo\nthree bold both\nFirst link\nSecond\nSaid\nHead\na b\nc\nx\n  y\nSmall head\nend of it\nDay Miles 1 <31',
    );
  });

  it('takes pictures with captions out of the text', () => {
    const result = pageReader.readFragment(
      '<p>One line of the story.</p><figure><img data-src="/a/harbour-wall.jpg" alt="Wall" height="300px"><figcaption>The wall (Photo: A. Mole)</figcaption></figure>',
      url,
    );

    expect(result).toMatchObject({
      text: 'One line of the story.',
      pictures: [
        {
          url: 'https://herald.example/a/harbour-wall.jpg',
          caption: 'The wall',
          credit: 'A. Mole',
          alt: 'Wall',
          width: null,
          height: 300,
        },
      ],
    });
  });

  it.each([
    'Read more: <a href="/x">Another story about the harbour wall</a>',
    'Related stories',
    'Share on Facebook',
    'Subscribe to our newsletter for more of this',
    'We use cookies to count our readers',
    'Copyright 2026 The Herald',
    'Published: 23 November 2026, 09:30 GMT',
    '<a href="/x">Another story about the harbour wall</a>',
    'Читайте також: <a href="/x">Чайки повернулися до гавані</a>',
    'Поділитися у Facebook',
    'Усі права захищено',
    'جميع الحقوق محفوظة',
  ])('leaves out the line "%s"', (line) => {
    expect(html(`<p>The wall stands.</p><p>${line}</p><p>The tide came.</p>`)).toBe(
      '<p>The wall stands.</p><p>The tide came.</p>',
    );
  });

  it.each([
    'Read more books, said the teacher, and nobody at the meeting could disagree with her on that.',
    'Share prices in the harbour company fell by a tenth on Monday.',
    'By Monday the wall had fallen into the sea, and nobody had seen it go.',
    'Subscribers to the fund will get their money back, the council said, though not before the spring, and with no interest, since there is none, and no hope of any, in all the years to come.',
    'He was born in 1926.',
    'Comments from the council were not to be had.',
    'On 3 May 1926 the wall was built.',
  ])('keeps the sentence "%s"', (line) => {
    expect(html(`<p>The wall stands.</p><p>${line}</p><p>The tide came.</p>`)).toContain(line);
  });

  it.each([
    '<p>x</p><script>alert(1)</script>',
    '<img src=x onerror=alert(1)><p>x</p>',
    '<p onclick="alert(1)">x</p>',
    '<a href="jav&#x09;ascript:alert(1)">link</a><p>x</p>',
    '<a href="data:text/html,<script>1</script>">link</a><p>x</p>',
    '<svg><script>alert(1)</script></svg><p>x</p>',
    '<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math><p>x</p>',
    '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>',
    '<scr<script>ipt>alert(1)</script><p>x</p>',
    '<iframe srcdoc="<script>1</script>"></iframe><p>x</p>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">x</p></noscript>',
    '<a href="https://x.example/&quot; onmouseover=&quot;alert(1)">y</a> and more words',
  ])('makes %s harmless', (fragment) => {
    expect(html(fragment)).not.toMatch(
      /<script|<img|<svg|<iframe|<[^>]*\son\w+=|href="(?!https?:)/i,
    );
  });

  it('never throws, and writes nothing but its own elements', () => {
    const piece = fc.constantFrom(
      '<p>',
      '</p>',
      '<b>',
      '</b>',
      '<a href="',
      '">',
      '</a>',
      '<li>',
      '<ul>',
      '</ul>',
      '<table>',
      '<td>',
      '<blockquote>',
      '</blockquote>',
      '<br>',
      '<pre>',
      '<!--',
      '-->',
      '<script>',
      '</script>',
      '<img src="',
      '&lt;',
      '&#0;',
      'word ',
      '<',
      '"',
      'javascript:',
      '<svg>',
      '<figure>',
      '<figcaption>',
      '<body>',
      '</html>',
    );
    const allowed =
      /^(?:[^<>]|<\/?(?:p|h[234]|ul|ol|li|blockquote|pre|table|tr|td|th|em|strong|code|sub|sup)>|<br \/>|<a href="https?:[^"<>]*" rel="nofollow">|<a>|<\/a>)*$/;
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (parts) => {
        const result = pageReader.readFragment(parts.join(''), url);
        pageReader.read({ bytes: Buffer.from(parts.join('')), url, contentType: '' });

        expect(result.html).toMatch(allowed);
      }),
      { numRuns: 500 },
    );
  });
});
