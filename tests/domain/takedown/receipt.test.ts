import { describe, expect, it } from 'vitest';
import type { Draft } from '../../../functions/domain/audit/event.ts';
import type { CaseOutcome } from '../../../functions/domain/audit/facts.ts';
import type { Correspondence } from '../../../functions/domain/takedown/correspondence.ts';
import { locations } from '../../../functions/domain/takedown/locations.ts';
import { receipt } from '../../../functions/domain/takedown/receipt.ts';
import { letterText } from '../../../functions/views/letters.ts';
import { a, b, caseId, context, opening } from './letters.ts';

const manifest = locations.map((location) => `${location}: 0 left`);
const erased = (article: string): Draft => ({
  action: 'case.erased',
  details: { article, locations: manifest },
});
const refused = (...articles: string[]): Draft => ({
  action: 'case.refused',
  details: { articles, ground: 'licensed', note: 'hash' },
});
const closed = (outcome: CaseOutcome): Draft => ({
  action: 'case.closed',
  details: { outcome, erased: 0, refused: 0, manifest: [] },
});

const write = (drafts: Draft[], change: Partial<Correspondence> = {}) => {
  const letter = receipt(context(drafts, change), { seq: 4, hash: 'f'.repeat(64) });
  return { ...letter, text: letterText(letter).replace(/\s+/g, ' ') };
};

describe('the receipt', () => {
  it('lists every place that was read again, for each article', () => {
    const { text, subject } = write([opening(), erased(a), closed('erased')]);

    expect(subject).toBe(`[${caseId}] What you named is erased`);
    expect(text).toContain('one article that you named is erased');
    expect(text).toContain(
      `https://news.example/article/${a}, which you named as herald.example/a: erased on 24 November 2026, 07:06 UTC, by rule.`,
    );
    expect(text.match(/\(0 left\)/g)).toHaveLength(locations.length);
  });

  it('names each place in plain words', () => {
    const { text } = write([opening(), erased(a), closed('erased')]);

    expect(text).toContain('text and pictures (0 left)');
    expect(text).toContain('the page itself (0 left)');
    expect(text).not.toMatch(/object-versions|public-lists|article-row|edge-cache/);
  });

  it('puts the short words of a reading in plain ones', () => {
    const readings = [
      'article-row: tombstone',
      'public-lists: 3 lists',
      'fingerprint: 1 entombed',
      'edge-cache: purged by tag',
      'public-page: answers 451',
    ];
    const drafts: Draft[] = [
      opening(),
      { action: 'case.erased', details: { article: a, locations: readings } },
      closed('erased'),
    ];

    expect(write(drafts).text).toContain(
      'the record (replaced by a mark), front page, source page and feeds (on none of 3 lists), the mark of the text (1 kept to bar the text), the cache at the edge (purged by tag), the page itself (answers 451)',
    );
  });

  it('says that a person decided, where one did', () => {
    const approved: Draft = { action: 'case.approved', details: { articles: [a] } };

    expect(write([opening(), approved, erased(a), closed('erased')]).text).toContain(
      'as a person decided',
    );
  });

  it('sets out what was refused, with ground and the words of the desk', () => {
    const { text, subject } = write(
      [opening({ articles: [a, b] }), erased(a), refused(b), closed('partly-erased')],
      { notes: { [b]: 'Our licence of 2019 covers it.' } },
    );

    expect(subject).toContain('What was erased, and what was not');
    expect(text).toContain(
      `${b}: not erased under this case, because we have it under a licence. Our licence of 2019 covers it.`,
    );
  });

  it('claims nothing of what we hold where a whole request was refused', () => {
    const whole = refused();
    const { text, subject } = write(
      [opening({ articles: [], person: 'nothing-matched' }), whole, closed('refused')],
      { notes: { '': 'Please name the pages.' } },
    );

    expect(subject).toBe(`[${caseId}] Your request was refused`);
    expect(text).toContain(
      'It was refused because we have it under a licence. Please name the pages.',
    );
    expect(text).not.toMatch(/hold no|hold nothing|publish nothing|found no article/);
  });

  it('leaves a way on to whoever is refused, and to nobody else', () => {
    const way = 'You may answer this letter to have it looked at again';

    expect(write([opening(), refused(a), closed('refused')]).text).toContain(way);
    expect(write([opening({ articles: [] }), refused(), closed('refused')]).text).toContain(way);
    expect(write([opening(), erased(a), closed('erased')]).text).not.toContain(way);
  });

  it('gives the desk’s words as the reason where there is no other ground', () => {
    const other: Draft = {
      action: 'case.refused',
      details: { articles: [a], ground: 'other', note: 'hash' },
    };
    const drafts = [opening(), other, closed('refused')];

    expect(write(drafts, { notes: { [a]: 'Asked twice.' } }).text).toContain(
      'not erased under this case, for the reason given here: Asked twice.',
    );
    expect(write(drafts).text).toContain('for a reason that is not written here');
  });

  it('tells of a refused request, and of one that named nothing', () => {
    const all = write([opening(), refused(a), closed('refused')], { notes: { '': 'See above.' } });
    const none = write([opening({ articles: [] }), closed('nothing-held')], {
      notes: { '': 'We looked for it.' },
    });

    expect(all.text).toMatch(/refused it\. .*because we have it under a licence\. See above\./);
    expect(all.text).not.toContain('451');
    expect(none.text).toContain('What our desk says');
    expect(none.text).toContain('We looked for it.');
  });

  it('says what stays, what backups forget, and what keeps the article out', () => {
    const { text } = write([opening(), erased(a), closed('erased')]);

    expect(text).toContain('451 Unavailable For Legal Reasons');
    expect(text).toContain('The table’s backup forgets it within a day of its erasure.');
    expect(text).toContain('the same text under another');
  });

  it('carries the hash that the log can be held against', () => {
    const { text } = write([opening(), erased(a), closed('erased')]);

    expect(text).toContain(`Its hash: ${'f'.repeat(64)}`);
    expect(text).toContain('Log entry: 4 of this case');
    expect(text).toContain('any of the entries 1 to 4 of this case');
    expect(text).toContain('ask us for an export of the case');
  });
});
