import { describe, expect, it } from 'vitest';
import { aliasTargets, arrivalsOf, sortOut } from '../../../functions/domain/news/arrivals.ts';
import type { ArticleRow } from '../../../functions/domain/news/article.ts';
import { entryOf, liveOf, now, sha256 } from './samples.ts';

const at = (path: string, change: object = {}) =>
  entryOf({ url: `https://herald.example/${path}`, ...change });

const single = (change: object = {}) => {
  const [arrival] = arrivalsOf([at('a', change)], sha256);
  if (!arrival) throw new Error('no arrival');
  return arrival;
};

const rowsOf = (...rows: ArticleRow[]) => new Map(rows.map((row) => [row.id, row]));

describe('arrivalsOf', () => {
  it('puts the newest first and the undated last', () => {
    const entries = [
      at('undated', { publishedAt: null }),
      at('old', { publishedAt: now - 9 }),
      at('new', { publishedAt: now }),
    ];

    const paths = arrivalsOf(entries, sha256).map(({ entry }) => entry.url.split('/').at(-1));

    expect(paths).toEqual(['new', 'old', 'undated']);
  });

  it('takes each article once and no entry without an address', () => {
    const entries = [at('a'), at('a?utm_source=rss'), entryOf({ url: 'mailto:x@y.example' })];

    expect(arrivalsOf(entries, sha256)).toHaveLength(1);
  });
});

describe('sortOut', () => {
  const arrival = single();
  const { id, entryHash } = arrival;
  const seen = { herald: entryHash };
  const grave: ArticleRow = { state: 'tombstone', id: 'f'.repeat(32), caseId: 'c', erasedAt: '' };
  const alias: ArticleRow = { state: 'alias', id, aliasOf: grave.id, seen: {} };

  it.each<[string, ArticleRow]>([
    ['an article', liveOf({ id, seen })],
    ['a hidden article', liveOf({ id, seen, state: 'hidden' })],
    ['an alias', { ...alias, seen }],
    ['an absent row', { state: 'absent', id, reason: '', seen }],
  ])('skips what %s has seen', (_name, row) => {
    expect(sortOut([arrival], rowsOf(row), 'herald')).toEqual({ due: [], refusedBy: [] });
  });

  it('takes what is new, changed, or seen by another feed only', () => {
    for (const row of [undefined, liveOf({ id }), liveOf({ id, seen: { courier: entryHash } })]) {
      const rows = row ? rowsOf(row) : rowsOf();

      expect(sortOut([arrival], rows, 'herald').due).toEqual([arrival]);
    }
    expect(
      sortOut([single({ title: 'New' })], rowsOf(liveOf({ id, seen })), 'herald').due,
    ).toHaveLength(1);
  });

  it('refuses by a tombstone, also through an alias', () => {
    const refused = { due: [], refusedBy: [grave.id] };

    expect(aliasTargets([arrival], rowsOf(alias), 'herald')).toEqual([grave.id]);
    expect(sortOut([arrival], rowsOf(alias, grave), 'herald')).toEqual(refused);
    expect(sortOut([arrival], rowsOf({ ...grave, id }), 'herald').refusedBy).toEqual([id]);
  });
});
