import { describe, expect, it } from 'vitest';
import type { ArticleRow } from '../../../functions/domain/news/article.ts';
import type { Feed } from '../../../functions/domain/news/source.ts';
import type { Automation } from '../../../functions/domain/takedown/automatic.ts';
import { policy } from '../../../functions/domain/takedown/policy.ts';
import {
  judgeRequest,
  mostArticles,
  type Reading,
  setAside,
} from '../../../functions/domain/takedown/request.ts';
import { shareIn } from '../../../functions/domain/takedown/share.ts';
import { liveArticle } from '../../contract/rows.ts';
import { arrival, mail } from './mails.ts';

const herald: Feed = {
  terms: {
    id: 'herald',
    title: 'Herald',
    feedUrl: 'https://herald.example/feed',
    homeUrl: 'https://herald.example/',
    display: 'full',
    languages: ['en'],
    intervalFloorMinutes: 15,
  },
  organisation: 'herald.example',
  state: 'active',
  poll: { dueAt: 0, lastPolledAt: null, etag: null, lastModified: null, failures: 0 },
};

const robot = (kind: Automation['kind']): Partial<Reading> => ({
  automation: { automatic: true, kind, reason: 'a machine' },
});
const stranger: Partial<Reading> = {
  sender: { kind: 'unauthenticated', organisation: 'herald.example', evidence: 'no DMARC' },
};

/** What an authenticated mail of the Herald names; owners[n] is who owns article n. */
const reading = (
  owners: string[],
  change: Partial<Reading> = {},
  hosts: string[] = [],
): Reading => {
  const rows = owners.map((organisation, n) =>
    liveArticle(1, { id: `${n}`.padStart(32, '0'), organisation, sourceId: organisation }),
  );
  return {
    mail: mail(),
    arrival: arrival(),
    notice: { urls: [], hosts, sources: [], asksForAll: false, language: 'en' },
    matched: rows.map(({ id, url }) => ({ url, taken: 'article', article: id })),
    rows: new Map(rows.map((row): [string, ArticleRow] => [row.id, row])),
    feeds: [herald],
    sender: { kind: 'authenticated', organisation: 'herald.example', evidence: 'DMARC pass' },
    automation: { automatic: false, kind: '', reason: '' },
    ...change,
  };
};

const organisationOf = (host: string): string => host;
const judge = (read: Reading) => judgeRequest(read, organisationOf, policy);

describe('setting mail of machines aside', () => {
  it.each<[string, Reading]>([
    ['a ticket system that names a page', reading(['herald.example'], robot('no-reply'))],
    ['a stranger’s robot that names a page', reading(['x'], { ...robot('no-reply'), ...stranger })],
    ['a signed report that names a page', reading(['herald.example'], robot('report'))],
    ['a signed bounce that names a source', reading([], robot('bounce'), ['herald.example'])],
    ['a robot that names a source', reading([], robot('no-reply'), ['herald.example'])],
    [
      'a list that asks for everything',
      reading([], {
        ...robot('list'),
        notice: { urls: [], hosts: [], sources: [], asksForAll: true, language: 'en' },
      }),
    ],
  ])('never happens to %s', (_name, read) => {
    expect(setAside(read, organisationOf)).toBeNull();
  });

  it.each<[string, Reading]>([
    ['a robot that names nothing', reading([], robot('no-reply'))],
    ['a letter of our own', reading(['herald.example'], robot('own-letter'))],
    ['a bounce that quotes us', reading(['herald.example'], { ...robot('bounce'), ...stranger })],
    ['a newsletter with a link home', reading([], robot('list'), ['herald.example'])],
  ])('happens to %s', (_name, read) => {
    expect(setAside(read, organisationOf)).toBe('a machine, which asks for nothing of ours');
  });
});

describe('judging a request', () => {
  it('calls for a whole source also where a machine sent the mail', () => {
    const request = judge(reading([], robot('no-reply'), ['herald.example']));

    expect(request).toMatchObject({ person: 'whole-source', answerable: false });
  });

  it('says which share of what is named belongs to a proven sender', () => {
    const { authority, evidence } = judge(reading(['herald.example', 'gazette.example']));

    expect(authority).toBe('unproven');
    expect(shareIn(evidence)).toBe('the source of 1 of the 2 articles it names');
    expect(shareIn(judge(reading(['herald.example'])).evidence)).toBeNull();
  });

  it('takes no more articles into a case than its row can hold, and leaves them to a person', () => {
    const owners = Array.from({ length: mostArticles + 1 }, () => 'herald.example');
    const most = judge(reading(owners.slice(1)));
    const more = judge(reading(owners));

    expect(most).toMatchObject({ person: 'none', authority: 'proven', articlesLeftOut: 0 });
    expect(more).toMatchObject({ person: 'too-many-articles', articlesLeftOut: 1 });
    expect(more.articles).toHaveLength(mostArticles);
    expect(more.evidence).toContain('the first 500 of 501 articles named are in this case');
  });
});

describe('a signed mail that a machine sent to many', () => {
  it.each(['list', 'auto-reply'] as const)('of kind %s erases nothing by rule', (kind) => {
    const request = judgeRequest(reading(['herald.example'], robot(kind)), organisationOf, policy);

    expect(request).toMatchObject({ authority: 'unproven', person: 'automatic-sender' });
  });

  it('is still obeyed where only its sender takes no answers', () => {
    const request = judgeRequest(
      reading(['herald.example'], robot('no-reply')),
      organisationOf,
      policy,
    );

    expect(request.authority).toBe('proven');
  });
});
