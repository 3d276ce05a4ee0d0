import { describe, expect, it } from 'vitest';
import type { ArticleRow, LiveArticle } from '../../../functions/domain/news/article.ts';
import { articleIdOf } from '../../../functions/domain/news/canonical-url.ts';
import {
  aliasTargets,
  articlesOf,
  candidatesOf,
  type Matched,
  match,
} from '../../../functions/domain/takedown/match.ts';
import type { NamedUrl, Where } from '../../../functions/domain/takedown/notice.ts';
import { sha256 } from '../../../functions/runtime/sha256.ts';
import { liveArticle } from '../../contract/rows.ts';

const original = 'https://pub.example/news/a';
const id = articleIdOf(original, sha256) ?? '';

const named = (url: string, where: Where = 'text', others: string[] = []): NamedUrl => ({
  url,
  others,
  where,
});

const live = (state: LiveArticle['state'] = 'live'): ArticleRow => liveArticle(1, { state, id });
const entombed: ArticleRow = { state: 'tombstone', id, caseId: 'SD-1', erasedAt: '' };

const matchIn = (urls: NamedUrl[], ...rows: ArticleRow[]): Matched[] =>
  match(candidatesOf(urls, sha256), new Map(rows.map((row) => [row.id, row])));

const absent: ArticleRow = { state: 'absent', id, reason: '', seen: {} };

describe('matching URLs with articles', () => {
  it.each([
    ['its original', original],
    ['its original with tracking', `${original}?utm_source=x&fbclid=1#top`],
    ['its mobile page', 'https://m.pub.example/news/a'],
    ['its AMP page', `${original}/amp`],
    ['its print page', `${original}?print=1`],
    ['its address in capitals', 'HTTPS://PUB.EXAMPLE/news/a'],
    ['our page', `https://news.example/article/${id}`],
    ['our page under another host', `http://127.0.0.1:8080/article/${id}?x=1`],
    ['a picture of our page', `https://news.example/article/${id}/pictures/0.jpg`],
  ])('knows an article by %s', (_name, url) => {
    expect(matchIn([named(url)], live())).toEqual([{ url, taken: 'article', article: id }]);
  });

  it('knows an original whose address has the form of our pages', () => {
    const url = `https://pub.example/article/${'0'.repeat(32)}`;
    const row = liveArticle(1, { id: articleIdOf(url, sha256) ?? '' });

    expect(matchIn([named(url)], row)).toEqual([{ url, taken: 'article', article: row.id }]);
  });

  it('takes a U-label and its A-label for one host', () => {
    const [a, b] = ['https://bücher.example/a', 'https://xn--bcher-kva.example/a'].map((url) =>
      articleIdOf(url, sha256),
    );

    expect(a).toBe(b);
  });

  it('takes our page and its original for one article', () => {
    const urls = [named(original), named(`https://news.example/article/${id}`)];

    expect(articlesOf(matchIn(urls, live('hidden')))).toEqual([id]);
  });

  it('tries the other readings of a URL', () => {
    const urls = [named(`${original}Thank`, 'text', [original])];

    expect(matchIn(urls, live())).toMatchObject([{ taken: 'article', article: id }]);
  });

  it('follows an alias to its article', () => {
    const alias: ArticleRow = { state: 'alias', id, aliasOf: 'f'.repeat(32), seen: {} };
    const target = liveArticle(1, { id: 'f'.repeat(32) });

    expect(aliasTargets(new Map([[id, alias]]))).toEqual([target.id]);
    expect(matchIn([named(original)], alias, target)).toMatchObject([{ article: target.id }]);
  });

  it('says of a removed article that it is gone', () => {
    const matched = matchIn([named(original)], entombed);

    expect(matched).toMatchObject([{ taken: 'tombstone', article: id }]);
    expect(articlesOf(matched)).toEqual([]);
  });

  it.each([
    ['nothing', []],
    ['an entry we do not publish', [absent]],
  ])('knows nothing where there is %s', (_name, rows) => {
    expect(matchIn([named(original)], ...rows)).toMatchObject([
      { taken: 'unknown', article: null },
    ]);
  });

  it('leaves what the sender wants left, unless it is named otherwise too', () => {
    const kept = matchIn([named(original, 'excluded')], live());
    const both = [named(original, 'excluded'), named(`https://news.example/article/${id}`)];

    expect(kept).toMatchObject([{ taken: 'excluded' }]);
    expect(articlesOf(kept)).toEqual([]);
    expect(articlesOf(matchIn(both, live()))).toEqual([id]);
  });
});
