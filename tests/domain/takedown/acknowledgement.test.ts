import { describe, expect, it } from 'vitest';
import type { CaseOpened } from '../../../functions/domain/audit/facts.ts';
import { acknowledgement } from '../../../functions/domain/takedown/acknowledgement.ts';
import type { Correspondence } from '../../../functions/domain/takedown/correspondence.ts';
import { policy } from '../../../functions/domain/takedown/policy.ts';
import { letterText } from '../../../functions/views/letters.ts';
import { a, b, caseId, context, opening } from './letters.ts';

const write = (opened: Partial<CaseOpened> = {}, change: Partial<Correspondence> = {}) => {
  const letter = acknowledgement(context([opening(opened)], change), policy);
  return { ...letter, text: letterText(letter).replace(/\s+/g, ' ') };
};

describe('the acknowledgement', () => {
  it('begins its subject with the case number, and with no word of the sender', () => {
    expect(write({}, { subject: 'BUY NOW' }).subject).toBe(
      `[${caseId}] We have received your request`,
    );
  });

  it('names case, receipt and deadline in UTC', () => {
    const { text } = write();

    expect(text).toContain(`Case: ${caseId}`);
    expect(text).toContain('Received: 24 November 2026, 06:06 UTC');
    expect(text).toContain('Deadline: 25 November 2026, 06:06 UTC');
  });

  it('says of each address what it was taken for', () => {
    const { text } = write(
      {},
      {
        urls: [
          { url: 'https://copycat.example/x', taken: 'unknown', article: null },
          { url: `https://news.example/article/${a}`, taken: 'article', article: a },
          { url: 'https://herald.example/a', taken: 'article', article: a },
          { url: 'https://herald.example/b', taken: 'tombstone', article: b },
          { url: 'https://herald.example/c', taken: 'excluded', article: b },
        ],
      },
    );

    expect(text).toContain(
      `- herald.example/a: we publish this as https://news.example/article/${a}`,
    );
    expect(text).toContain(`- https://news.example/article/${a}: we publish this -`);
    expect(text).toContain('- herald.example/b: removed at an earlier request');
    expect(text).toContain('- herald.example/c: you wish this to stay');
    expect(text).toContain('- copycat.example/x: we hold nothing under this address');
    expect(text.indexOf('copycat')).toBeGreaterThan(text.indexOf('herald.example/c'));
  });

  it('sums up a long list', () => {
    const urls = Array.from({ length: 10_000 }, (_, n) => ({
      url: `https://herald.example/${n}`,
      taken: 'unknown' as const,
      article: null,
    }));
    const { text } = write({ articles: [] }, { urls });

    expect(text).toContain('and 9960 more.');
    expect(text.length).toBeLessThan(10_000);
  });

  it('tells a proven owner that it is being done now', () => {
    expect(write().text).toMatch(
      /proven to come from herald\.example.*We are taking the article off/,
    );
  });

  it('tells anyone else what was found, by when it is hidden and erased, and how to prove it', () => {
    const { text } = write({ authority: 'unproven', evidence: 'SPF alone', articles: [a, b] });

    expect(text).toContain('What it found on yours: SPF alone.');
    expect(text).toContain('we hide the two articles from all readers by 25 November 2026');
    expect(text).toContain('seven days later, after 2 December 2026, 06:06 UTC');
    expect(text).toContain('answer this letter from an address of the publication itself');
  });

  it.each<[Partial<CaseOpened>, Partial<Correspondence>, string]>([
    [{ person: 'nothing-matched' }, { urls: [] }, 'We could not make out which pages you mean.'],
    [{ person: 'nothing-matched' }, {}, 'Nothing that you named is an article'],
    [{ person: 'whole-source' }, {}, 'all that we have of a publication'],
  ])('says that a person was called for %j', (opened, change, words) => {
    const { text } = write({ articles: [], authority: 'unproven', ...opened }, change);

    expect(text).toContain(words);
    expect(text).toContain('A person has been called to look at your request');
    expect(text).not.toMatch(/we hide|We are taking/);
  });

  it('names a deadline only where something happens then', () => {
    const held = [
      write({ articles: [], person: 'nothing-matched' }),
      write({ articles: [], person: 'whole-source' }),
      write({ authority: 'unproven', person: 'too-many-articles' }),
      write({ authority: 'unproven', person: 'flood' }),
    ];

    for (const { text } of held) expect(text).not.toContain('Deadline:');
    expect(write({ authority: 'unproven', person: 'doubtful-sender' }).text).toContain('Deadline:');
  });

  it('says that a flood of requests waits for a person', () => {
    expect(write({ authority: 'unproven' }).text).toContain(
      'If an unusual number of requests arrives at once, a person must confirm this first.',
    );
    expect(write().text).not.toContain('unusual number');
  });

  it('tells a proven owner who names others’ pages too how to have their own removed', () => {
    const evidence =
      'DMARC pass for herald.example, which is the source of 1 of the 2 articles it names';
    const { text } = write({ authority: 'unproven', evidence, articles: [a, b] });

    expect(text).toContain(
      'Your mail is proven to come from herald.example, the source of 1 of the 2 articles it names. To have those removed at once, name them alone in a new mail.',
    );
    expect(text).not.toMatch(/does not prove|To settle it at once/);
  });

  it('asks for nothing more where all that was named is gone', () => {
    const urls = [{ url: 'https://herald.example/b', taken: 'tombstone' as const, article: b }];
    const { text } = write({ articles: [], person: 'nothing-matched' }, { urls });

    expect(text).toContain('gone from our pages already, and stays away; nothing more is needed');
    expect(text).not.toContain('speed this up');
    expect(write({ articles: [], person: 'nothing-matched' }).text).toContain('speed this up');
  });

  it('says what there was no room for', () => {
    expect(write({}, { urlsLeftOut: 12 }).text).toContain('names 12 more addresses');
    expect(write().text).not.toContain('more address');
    const { text } = write({ person: 'too-many-articles' }, { articlesLeftOut: 7 });
    expect(text).toContain('You named eight articles');
    expect(text).toContain('7 of them are not in it. Please name those in new mails');
  });

  it('promises no hiding where only a person may decide', () => {
    const articles = Array.from({ length: 51 }, (_, n) => `${n}`);
    const { text } = write({ authority: 'unproven', person: 'too-many-articles', articles });

    expect(text).toContain('You named 51 articles, which is more than a machine may hide');
    expect(text).not.toMatch(/we hide|We are taking/);
  });

  it('says that attachments were not opened', () => {
    expect(write({}, { unreadAttachments: 2 }).text).toContain('carried two attachments');
    expect(write().text).not.toContain('attachment');
  });

  it('warns of misuse and says how to withdraw and what is kept', () => {
    const { text } = write();

    expect(text).toContain('17 U.S.C. 512(f)');
    expect(text).toContain('To withdraw your request, answer this letter; a person reads it.');
    expect(text).toContain('90 days unless set otherwise; your name and your address stay');
    expect(text).toContain('a salted check sum of your address');
    expect(text).toContain('neither publish your request nor pass it on');
  });
});
