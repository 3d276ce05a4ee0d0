import { describe, expect, it } from 'vitest';
import { chain } from '../../../functions/domain/audit/chain.ts';
import type { AuditEvent, Draft } from '../../../functions/domain/audit/event.ts';
import type { ArticleRow } from '../../../functions/domain/news/article.ts';
import { candidateOf } from '../../../functions/domain/news/candidate.ts';
import {
  decidePublication,
  entryHashOf,
  type Standing,
} from '../../../functions/domain/news/entry.ts';
import { articleRow, publication } from '../../../functions/domain/news/publication.ts';
import { entryOf, feedOf, liveOf, means, now, readingOf, sha256, story } from './samples.ts';

const candidate = candidateOf(readingOf(), entryOf(), feedOf(), now, means);
if (candidate === null) throw new Error('no candidate');
const { id } = candidate;
const other = 'b'.repeat(32);

const sealed = (drafts: Draft[]): AuditEvent[] =>
  chain(drafts, undefined, { subject: `article:${id}`, actor: 'test', now, sha256 });

const logged = sealed(publication(candidate, undefined, []));
const live = articleRow(candidate, undefined, null, { feedId: 'herald', entryHash: 'h' });
const grave = (of: string): ArticleRow => ({
  state: 'tombstone',
  id: of,
  caseId: 'c',
  erasedAt: '',
});

const decide = (standing: Partial<Standing>, change: Partial<typeof candidate> = {}) =>
  decidePublication(
    { ...candidate, ...change },
    {
      entryId: id,
      atEntry: undefined,
      atPage: standing.atEntry,
      holder: undefined,
      history: [],
      attempt: 1,
      ...standing,
    },
  );

describe('decidePublication', () => {
  it('publishes where nothing stands', () => {
    expect(decide({})).toEqual({ kind: 'publish' });
    expect(decide({ atEntry: { state: 'absent', id, reason: '', seen: {} } })).toEqual({
      kind: 'publish',
    });
  });

  it('is kept out by a tombstone under either address', () => {
    const expected = { kind: 'keptOut', by: other, reason: 'tombstone' };

    expect(decide({ atEntry: grave(other) })).toEqual(expected);
    expect(decide({ atEntry: live, atPage: grave(other) })).toEqual(expected);
  });

  it('is kept out by a tombstone of the same text, even one that only its row tells of', () => {
    const expected = { kind: 'keptOut', by: other, reason: 'same-text-tombstone' };

    expect(decide({ holder: { by: 'tombstone', id: other, row: undefined } })).toEqual(expected);
    expect(decide({ holder: { by: 'article', id: other, row: grave(other) } })).toEqual(expected);
    expect(
      decide({ atEntry: live, holder: { by: 'tombstone', id: other, row: undefined } }),
    ).toEqual(expected);
  });

  it('leaves unchanged content alone', () => {
    expect(decide({ atEntry: live, history: logged })).toEqual({ kind: 'unchanged', id });
  });

  it('updates where content, display or log differ', () => {
    const update = { kind: 'update', row: live };

    expect(decide({ atEntry: live, history: logged }, { contentHash: 'x' })).toEqual(update);
    expect(decide({ atEntry: live, history: logged }, { display: 'link' })).toEqual(update);
    expect(decide({ atEntry: live, history: [] })).toEqual(update);
  });

  it('never changes a hidden article', () => {
    const hidden = { ...live, state: 'hidden' as const };

    expect(decide({ atEntry: hidden }, { contentHash: 'x' })).toEqual({ kind: 'unchanged', id });
  });

  it("never changes an article by a copy of it or by another source's feed", () => {
    const elsewhere = liveOf({ id: other });

    expect(decide({ atPage: elsewhere }, { contentHash: 'x' })).toEqual({
      kind: 'unchanged',
      id: other,
    });
    expect(decide({ atEntry: live }, { sourceId: 'courier' })).toEqual({ kind: 'unchanged', id });
  });

  it('keeps an article under its first identity when the page names another later', () => {
    const decision = decide({ atEntry: live, atPage: undefined, history: logged }, { id: other });

    expect(decision).toEqual({ kind: 'unchanged', id });
  });

  it('follows a standing article that has the same text', () => {
    const holder = { by: 'article', id: other, row: liveOf({ id: other }) } as const;

    expect(decide({ holder })).toEqual({ kind: 'alias', of: other });
    expect(decide({ holder: { ...holder, row: liveOf({ id: other, state: 'hidden' }) } })).toEqual({
      kind: 'alias',
      of: other,
    });
  });

  it('waits for a run that holds the text and stands nowhere, but not for ever', () => {
    const holder = { by: 'article', id: other, row: undefined } as const;

    expect(decide({ holder })).toEqual({ kind: 'wait' });
    expect(decide({ holder, attempt: 4 })).toEqual({ kind: 'publish' });
    expect(decide({ holder: { ...holder, id } })).toEqual({ kind: 'publish' });
  });

  it('does not publish what has no headline', () => {
    expect(decide({}, { title: '' })).toEqual({ kind: 'absent', reason: 'no headline' });
  });
});

describe('publication', () => {
  it('says published, then updated, then nothing twice', () => {
    const changed = { ...candidate, contentHash: 'x' };
    const update = publication(changed, live, logged);

    expect(logged[0]?.action).toBe('article.published');
    expect(update).toMatchObject([
      { action: 'article.updated', details: { previousHash: candidate.contentHash } },
    ]);
    expect(
      publication(changed, live, sealed([...publication(candidate, undefined, []), ...update])),
    ).toEqual([]);
  });

  it('logs no word of the article', () => {
    const text = JSON.stringify(logged);

    for (const word of ['Ferry', 'Ada', 'ferryword1', '/news']) expect(text).not.toContain(word);
  });
});

describe('articleRow', () => {
  it('keeps what is not the page’s to change', () => {
    const previous = liveOf({ id, seen: { courier: 'c' }, aliases: [other], version: 3 });
    const row = articleRow(candidate, previous, 'd'.repeat(32), {
      feedId: 'herald',
      entryHash: 'h',
    });

    expect(row).toMatchObject({
      id,
      version: 4,
      publishedAt: previous.publishedAt,
      aliases: [other, 'd'.repeat(32)],
      seen: { courier: 'c' },
    });
  });
});

describe('entryHashOf', () => {
  it('changes with what asks for another reading, and only with that', () => {
    const hash = (change: object) => entryHashOf(entryOf(change), sha256);
    const telling = [
      { url: 'u' },
      { title: 't' },
      { updatedAt: 1 },
      { contentHtml: story('x') },
      { summary: 's' },
    ];

    expect(new Set([{}, ...telling].map(hash)).size).toBe(6);
    expect(hash({ guid: 'g', author: 'a', publishedAt: 7, language: 'uk' })).toBe(hash({}));
  });
});
