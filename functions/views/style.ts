export const styleSheet = `:root{color-scheme:light dark;--paper:#fbf9f5;--raised:#f3efe7;--ink:#1d1b18;--soft:#625c53;--line:#d9d2c5;--accent:#9c3a12;--measure:42rem;
--serif:Charter,"Bitstream Charter","Iowan Old Style","Source Serif 4","Noto Serif","Noto Naskh Arabic",Cambria,Georgia,serif;
--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans Arabic",sans-serif}
@media (prefers-color-scheme:dark){:root{--paper:#171512;--raised:#211e1a;--ink:#ece7de;--soft:#aaa297;--line:#3b362f;--accent:#f2a374}}
*,::before,::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0 auto;max-width:76rem;padding-inline:clamp(1rem,4vw,2.5rem);background:var(--paper);color:var(--ink);font:1.0625rem/1.6 var(--serif);overflow-wrap:break-word}
a{color:inherit;text-decoration-color:var(--accent);text-decoration-thickness:.07em;text-underline-offset:.2em}
a:hover{color:var(--accent)}
:focus-visible{outline:.19rem solid var(--accent);outline-offset:.19rem;border-radius:.1rem}
main:focus{outline:0}
h1,h2,h3{font-weight:600;line-height:1.18;text-wrap:balance;margin:0}
p{text-wrap:pretty}
img{display:block;max-width:100%;height:auto;background:var(--raised)}
.skip{position:absolute;inset-inline-start:1rem;inset-block-start:-6rem;z-index:1;padding:.6rem 1rem;background:var(--ink);color:var(--paper);font-family:var(--sans)}
.skip:focus{inset-block-start:.6rem}
.masthead{display:grid;grid-template-columns:1fr auto 1fr;align-items:baseline;gap:.25rem 1.5rem;padding-block:1.5rem .9rem;border-block-end:.19rem double var(--ink);margin-block-end:1.75rem;font:.875rem/1.5 var(--sans)}
.masthead p{margin:0}
.today{color:var(--soft)}
.nameplate{font:600 clamp(1.9rem,1.5rem + 1.6vw,2.7rem)/1 var(--serif);letter-spacing:-.02em}
.nameplate a,.masthead nav a,h1 a,h2 a,h3 a,.byline a,.source a{text-decoration-line:none}
.masthead nav{display:flex;gap:1.25rem;justify-content:end}
.masthead a:hover,h2 a:hover,h3 a:hover,.byline a:hover,.source a:hover{text-decoration-line:underline}
.heading{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:baseline;gap:.25rem 1.5rem;margin-block-end:1.5rem}
.heading h1{font-size:1.375rem}
.heading p{display:flex;gap:1.25rem;margin:0;font:.875rem/1.5 var(--sans);color:var(--soft)}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,18rem),1fr));gap:0 2rem}
.card{border-block-start:1px solid var(--line);padding-block:1.1rem 1.5rem}
.card h2{font-size:1.3125rem}
.card:has(.thumb){display:grid;grid-template-columns:1fr 6.5rem;gap:0 1.1rem;align-items:start}
.card .thumb{order:1;margin-block:.3rem 0}
.card .thumb img{aspect-ratio:1}
.excerpt{margin:.5rem 0 0;color:var(--soft);line-height:1.5;display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:3;overflow:hidden}
.byline{margin:.65rem 0 0;font:.8125rem/1.45 var(--sans);color:var(--soft)}
.byline a{color:var(--accent);font-weight:600;margin-inline-end:.4em}
.byline time,.dates li{white-space:nowrap}
.thumb{display:block;margin-block-end:.85rem}
.thumb img{width:100%;aspect-ratio:3/2;object-fit:cover}
.lead{grid-column:1/-1;display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,21rem),1fr));gap:0 2rem;align-items:center;padding-block-end:2rem}
.lead h2{font-size:clamp(1.7rem,1.1rem + 2.2vw,2.6rem);letter-spacing:-.012em}
.lead .excerpt{font-size:1.125rem;max-width:60ch;margin-block-start:.8rem}
.lead .thumb{margin-block-end:1rem}
.paging{display:flex;gap:.75rem;padding-block:.5rem 2rem;font:600 .9375rem/1.4 var(--sans)}
.paging a{padding:.6rem 1.4rem;border:1px solid var(--soft);text-decoration-line:none}
.paging a:hover{border-color:var(--accent)}
.empty{padding-block:2.5rem;border-block-start:1px solid var(--line)}
.empty p:first-child{font-size:1.375rem;margin-block-start:0}
.story,.plain,.notice{max-width:var(--measure);margin-inline:auto;font-size:1.1875rem}
.story h1,.plain h1{font-size:clamp(1.9rem,1.3rem + 2.6vw,2.9rem);letter-spacing:-.015em;margin-block:.35rem .8rem}
.source{margin:0;font:600 .9375rem/1.4 var(--sans)}
.source a{color:var(--accent)}
.author{margin:0;font-size:1.0625rem}
.dates{list-style:none;margin:.4rem 0 0;padding:0;display:flex;flex-wrap:wrap;gap:0 1.25rem;font:.8125rem/1.6 var(--sans);color:var(--soft)}
.original{margin:1rem 0 0;font:.9375rem/1.5 var(--sans)}
.original a{font-weight:600;color:var(--accent)}
.host{color:var(--soft);font-size:.8125rem}
figure{margin:1.75rem 0 0}
figure img{width:auto;max-height:38rem}
figcaption{margin-block-start:.55rem;font:.875rem/1.5 var(--sans);color:var(--soft)}
.credit{display:inline-block;font-size:inherit}
span+.credit::before{content:"· ";opacity:.7}
.text{margin-block-start:1.75rem;line-height:1.65;hyphens:auto}
.text :is(h1,h2,h3,h4,h5,h6){font-size:1.3125rem;margin-block:2rem .5rem;line-height:1.25;font-weight:600}
.text p{margin-block:0 1.15rem}
.text blockquote{margin:1.5rem 0;padding-inline-start:1.25rem;border-inline-start:.2rem solid var(--accent)}
.text pre,.text table{display:block;max-width:100%;overflow-x:auto;font-size:.9375rem;line-height:1.5}
.text :is(td,th){padding:.3rem .8rem .3rem 0;border-block-end:1px solid var(--line);text-align:start;vertical-align:top}
.text hr{border:0;border-block-start:1px solid var(--line);margin-block:2rem}
[dir=rtl] :is(.text,.excerpt){line-height:1.8}
[dir=rtl] :is(h1,h2,h3){letter-spacing:0;line-height:1.4}
.story>footer{margin-block-start:1.75rem;border-block-start:1px solid var(--line)}
.notice{margin-block:2.5rem;padding:1.1rem 1.4rem 1.2rem;background:var(--raised);border-inline-start:.25rem solid var(--accent);font:.9375rem/1.6 var(--sans)}
.notice h2{font:600 .9375rem/1.4 var(--sans)}
.notice p{margin:.35rem 0 0}
.plain .notice{margin-block:1.75rem;font-size:1.0625rem}
.cards+.notice,.paging+.notice,.empty+.notice{max-width:none}
.related{margin-block-start:3rem;border-block-start:.19rem double var(--ink);padding-block-start:1.1rem}
.related h2{font-size:1.1875rem}
.briefs{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,15rem),1fr));gap:0 2rem;margin-block-start:.6rem}
.brief{padding-block:.9rem;border-block-start:1px solid var(--line)}
.brief h3{font-size:1.0625rem;line-height:1.3}
.back{margin-block:2rem;font:.875rem/1.5 var(--sans)}
.plain h2{font-size:1.3125rem;margin-block:2.25rem .5rem}
.plain :is(ol,ul){padding-inline-start:1.4rem}
.plain li{margin-block:.5rem}
.standfirst{font-size:1.25rem;color:var(--soft)}
.imprint{margin-block-start:3rem;padding-block:1.25rem 2.5rem;border-block-start:1px solid var(--line);font:.8125rem/1.6 var(--sans);color:var(--soft)}
.imprint p{margin:0}
@media (max-width:44rem){.masthead{grid-template-columns:1fr auto;padding-block-start:1rem;margin-block-end:1.25rem}.nameplate{grid-row:1;grid-column:1}.today{grid-row:2;grid-column:1/-1}.masthead nav{gap:1rem}.story,.plain{font-size:1.125rem}.lead{padding-block-end:1.5rem}}
@media print{.host{display:none}body{max-width:none;background:#fff;color:#000;font-size:11pt}.masthead nav,.skip,.related,.back,.paging{display:none}.notice{background:none}.original a::after{content:" <" attr(href) ">";font-weight:400}figure{break-inside:avoid}figure img{max-height:60vh}}
`;

/** FNV-1a, 32 bits: a new name for a new sheet, nothing more. */
const fingerprint = (text: string): string => {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return hash.toString(16).padStart(8, '0');
};

/** The hash is in the name, so no cache can show an old sheet under a new page. */
export const stylePath = `/style.${fingerprint(styleSheet)}.css`;
