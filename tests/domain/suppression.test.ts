import { describe, expect, it } from 'vitest';
import { chain } from '../../functions/domain/audit/chain.ts';
import type { AuditEvent, Draft } from '../../functions/domain/audit/event.ts';
import type { ArticleRow } from '../../functions/domain/news/article.ts';
import { keptOut, suppressionOf, tombstoneOf } from '../../functions/domain/suppression.ts';
import { sha256 } from '../../functions/runtime/sha256.ts';

const now = Date.UTC(2026, 10, 24, 12);
const id = 'a'.repeat(32);
const tombstone = tombstoneOf(id, 'SD-1', now);
const absent: ArticleRow = { state: 'absent', id: 'b'.repeat(32), reason: '', seen: {} };

const sealed = (drafts: Draft[]): AuditEvent[] =>
  chain(drafts, undefined, { subject: `article:${id}`, actor: 'test', now, sha256 });

describe('what keeps an article out', () => {
  it.each([
    ['nothing where nothing was taken down', [undefined, absent], undefined, null],
    ['a tombstone under any of its addresses', [absent, tombstone], undefined, 'tombstone'],
    ['the entombed text', [], { by: 'tombstone', id, row: undefined }, 'same-text-tombstone'],
    [
      'the text of an article that is gone',
      [],
      { by: 'article', id, row: tombstone },
      'same-text-tombstone',
    ],
    ['not the text of an article that stands', [], { by: 'article', id, row: absent }, null],
  ] as const)('is %s', (_name, rows, holder, reason) => {
    const expected = reason === null ? null : { by: id, reason };

    expect(suppressionOf(rows, holder)).toEqual(expected);
  });
});

describe('an article that was kept out', () => {
  const details = { source: 'herald', host: 'herald.example', reason: 'tombstone' } as const;

  it('is told of once', () => {
    const [head] = sealed(keptOut(undefined, details));

    expect(head?.action).toBe('article.kept-out');
    expect(keptOut(head, details)).toEqual([]);
  });

  it('does not come between the events of an erasure', () => {
    const [head] = sealed([{ action: 'article.erasing', details: { case: 'c' } }]);

    expect(keptOut(head, details)).toEqual([]);
  });
});
