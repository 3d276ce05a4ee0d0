import { describe, expect, it } from 'vitest';
import type { CaseOpened } from '../../../functions/domain/audit/facts.ts';
import { day, iso } from '../../../functions/domain/time.ts';
import { article, desk, fixture, harbour, original, receivedAt } from './desk.ts';

const openedBy = async (name: string): Promise<CaseOpened> => {
  const { receive, opened } = await desk();
  await receive(name);
  const [details] = opened();
  if (details === undefined) throw new Error(`${name} opened no case`);
  return details;
};

describe('receiving a mail', () => {
  it('opens the case of a proven owner, with a deadline of a day from receipt', async () => {
    const { memory, receive, opened, actions, endOf } = await desk();

    await receive('owner-names-our-page');

    expect(actions()).toEqual(['mail.received', 'case.opened', 'mail.joined']);
    expect(opened()[0]).toMatchObject({
      mail: 'owner-names-our-page',
      receivedAt: iso(receivedAt),
      deadline: iso(receivedAt + day),
      authority: 'proven',
      organisation: 'herald.example',
      articles: [harbour],
      unmatched: 0,
      person: 'none',
      answerable: true,
      language: 'en',
    });
    const [row] = memory.cases.rows.values();
    expect(row?.correspondence).toMatchObject({
      address: 'ada@herald.example',
      messageId: '<one@herald.example>',
      urls: [{ taken: 'article' }, { taken: 'article' }],
    });
    const caseId = row?.case.id;
    expect(memory.queues.cases.messages).toEqual([{ caseId }]);
    expect(memory.queues.letters.messages).toEqual([{ caseId }]);
    expect(endOf('owner-names-our-page')?.details).toEqual({ case: caseId, reason: 'first' });
  });

  it.each<[string, Partial<CaseOpened>]>([
    [
      'freemail-names-original',
      { authority: 'unproven', person: 'none', answerable: true, language: 'de' },
    ],
    ['agent-without-mandate', { authority: 'unproven', person: 'none', answerable: true }],
    ['replayed-mail-to-someone-else', { authority: 'unproven', person: 'none' }],
    ['dkim-covers-part', { authority: 'unproven', person: 'none' }],
    ['spam-but-proven', { authority: 'proven', person: 'none', answerable: true }],
    ['spoofed-dmarc-fail', { authority: 'unproven', person: 'doubtful-sender', answerable: false }],
    ['two-from-addresses', { authority: 'unproven', person: 'doubtful-sender', answerable: false }],
    ['two-from-headers', { authority: 'unproven', person: 'doubtful-sender', answerable: false }],
    ['mailing-list-copy', { person: 'automatic-sender', answerable: false }],
    ['no-reply-sender', { authority: 'proven', person: 'automatic-sender', answerable: false }],
    ['only-quoted-addresses', { authority: 'proven' }],
    ['html-only', { authority: 'proven', unmatched: 3 }],
    ['alternative-with-empty-text', { authority: 'proven' }],
    ['forwarded-as-attachment', { authority: 'proven' }],
    ['utf-8-labelled-us-ascii', { language: 'uk' }],
    ['iso-2022-jp', { language: 'ja' }],
    ['big5', { language: 'zh' }],
    ['windows-1251', { language: 'ru' }],
    ['proofpoint-in-safe-links', { authority: 'proven' }],
    ['originals-and-copies', { authority: 'proven', unmatched: 1 }],
  ])('judges %s', async (name, expected) => {
    expect(await openedBy(name)).toMatchObject({ articles: [harbour], ...expected });
  });

  it.each<[string, Partial<CaseOpened>]>([
    ['virus', { person: 'virus', answerable: false, organisation: '' }],
    ['unknown-address', { person: 'nothing-matched', answerable: true, unmatched: 1 }],
    ['whole-source', { person: 'whole-source', answerable: true, authority: 'proven' }],
  ])('calls a person for %s', async (name, expected) => {
    expect(await openedBy(name)).toMatchObject({ articles: [], ...expected });
  });

  it.each(['hard-wrapped', 'flowed-and-quoted-printable'])(
    'finds the long URL of %s',
    async (name) => {
      const { memory, receive, opened } = await desk();
      const long = article(
        'https://herald.example/2026/11/24/the-lights-of-the-old-harbour-go-out-one-by-one-and-nobody-asks-why.html',
      );
      await memory.articles.publish(long);

      await receive(name);

      expect(opened()[0]?.articles).toEqual([long.id]);
    },
  );

  it('calls a person for what it cannot read', async () => {
    const { receive, opened } = await desk();

    await receive('broken', 'broken', Buffer.from(`X: ${'a'.repeat(2_000_000)}\r\n\r\n`));

    expect(opened()[0]).toMatchObject({ person: 'unreadable', answerable: false });
  });

  it('calls a person for more articles than a stranger may have hidden', async () => {
    const { memory, receive, opened } = await desk();
    const urls = Array.from({ length: 51 }, (_, n) => `https://herald.example/n/${n}`);
    for (const url of urls) await memory.articles.publish(article(url));
    const mail = Buffer.from(fixture('freemail-names-original')).toString();

    await receive('many', 'many', Buffer.from(mail.replace(original, urls.join('\r\n'))));

    expect(opened()[0]).toMatchObject({ person: 'too-many-articles' });
    expect(opened()[0]?.articles).toHaveLength(51);
  });

  it('proves a mixed request for none of its articles, and says so', async () => {
    const { memory, receive, opened } = await desk();
    const other = 'https://gazette.example/a';
    await memory.articles.publish(article(other, { sourceId: 'gazette' }));
    const mail = Buffer.from(fixture('only-quoted-addresses')).toString();

    await receive('mixed', 'mixed', Buffer.from(`${mail}\r\n> ${other}\r\n`));

    expect(opened()[0]).toMatchObject({ authority: 'unproven' });
    expect(opened()[0]?.evidence).toContain('source of 1 of the 2 articles');
  });

  it.each([
    'out-of-office',
    'bounce-of-our-letter',
    'feedback-report',
    'own-letter-comes-back',
    'newsletter',
  ])('sets %s aside, with a reason', async (name) => {
    const { memory, receive, actions, endOf } = await desk();

    await receive(name);

    expect(actions()).toEqual(['mail.received', 'mail.set-aside']);
    expect(JSON.stringify(endOf(name)?.details)).toMatch(/which asks for nothing of ours/);
    expect(memory.queues.letters.messages).toEqual([]);
  });

  it('puts no word of the mail into the log', async () => {
    const { memory, receive } = await desk();

    await receive('owner-names-our-page');

    expect(JSON.stringify(memory.audit.log)).not.toMatch(
      /Ada|ada@|Removal|harbour-lights|one@herald|Harbour/,
    );
  });
});
