import { describe, expect, it } from 'vitest';
import { relatedOf } from '../../../functions/domain/news/related.ts';

const article = (id: string, title: string, sourceId = 'herald', excerpt = '') => ({
  id,
  title,
  sourceId,
  excerpt,
});

const ids = (articles: { id: string }[]) => articles.map(({ id }) => id);

describe('relatedOf', () => {
  it('puts the article that shares the rarest words first', () => {
    const candidates = [
      article('1', 'Council votes about housing'),
      article('2', 'Island ferry stopped by storm'),
      article('3', 'Storm warning for the coast'),
    ];

    const related = relatedOf(article('0', 'Island ferry returns after storm'), candidates, 5);

    expect(ids(related)).toEqual(['2', '3']);
  });

  it('is never related to itself', () => {
    const self = article('1', 'Island ferry');

    expect(relatedOf(self, [self], 5)).toEqual([]);
  });

  it('finds nothing where nothing is shared', () => {
    expect(relatedOf(article('0', 'Island ferry'), [article('1', 'Budget vote')], 5)).toEqual([]);
  });

  it('does not take words that most articles use for a relation', () => {
    const many = Array.from({ length: 10 }, (_, at) => article(`${at}`, `reported item${at}x`));

    expect(relatedOf(article('x', 'reported ferry'), many, 5)).toEqual([]);
  });

  it('prefers the same source where two are as near', () => {
    const candidates = [
      article('1', 'Ferry news', 'courier'),
      article('2', 'Ferry news', 'herald'),
    ];

    expect(ids(relatedOf(article('0', 'Ferry'), candidates, 1))).toEqual(['2']);
  });

  it.each([
    ['Пором повернувся на острів', 'Острів чекає на пором'],
    ['عودة العبارة إلى الجزيرة', 'توقفت العبارة بسبب العاصفة'],
    ['東京で火事', '火事の原因'],
  ])('works for %s', (title, other) => {
    expect(relatedOf(article('0', title), [article('1', other)], 5)).toHaveLength(1);
  });
});
