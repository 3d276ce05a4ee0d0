import { describe, expect, it } from 'vitest';
import type { Draft } from '../../../functions/domain/audit/event.ts';
import { keptUrls, type Taken } from '../../../functions/domain/takedown/correspondence.ts';
import { locations } from '../../../functions/domain/takedown/locations.ts';
import { mostArticles } from '../../../functions/domain/takedown/request.ts';
import { opened, receivedAt, story } from './story.ts';

const named = (count: number, taken: Taken, path = '') =>
  Array.from({ length: count }, (_, n) => ({
    url: `https://pub.example/${n}${path}`,
    taken,
    article: taken === 'unknown' ? null : 'a'.repeat(32),
  }));

describe('keeping the addresses that a mail names', () => {
  it('keeps few in full, in their order', () => {
    const urls = [...named(2, 'unknown'), ...named(2, 'article')];

    expect(keptUrls(urls)).toEqual({ urls, urlsLeftOut: 0 });
  });

  it('keeps those that concern us before those we know nothing of, and counts the rest', () => {
    const { urls, urlsLeftOut } = keptUrls([...named(3_000, 'unknown'), ...named(600, 'article')]);

    expect(urls.filter(({ taken }) => taken === 'unknown')).toHaveLength(50);
    expect(urls.filter(({ taken }) => taken === 'article')).toHaveLength(500);
    expect(urlsLeftOut).toBe(3_050);
  });

  it('cuts a very long address', () => {
    const [first] = keptUrls(named(1, 'article', 'x'.repeat(4_000))).urls;

    expect(first?.url).toHaveLength(301);
    expect(first?.url).toMatch(/x…$/);
  });

  it('leaves room in the row for all articles of a case once they are erased', () => {
    const articles = Array.from({ length: mostArticles }, (_, n) => `${n}`.padStart(32, '0'));
    const manifest = locations.map((location) => `${location}: 10 of them left empty`);
    const { urls } = keptUrls(named(5_000, 'article', 'x'.repeat(4_000)));
    const state = story(
      [receivedAt, opened({ articles })],
      ...articles.map((article): [number, Draft] => [
        receivedAt,
        { action: 'case.erased', details: { article, locations: manifest } },
      ]),
    );

    expect(Buffer.byteLength(JSON.stringify({ state, urls }))).toBeLessThan(400_000);
  });

  it('stays within the row of its case, whatever the script', () => {
    const { urls, urlsLeftOut } = keptUrls(named(600, 'article', '記'.repeat(4_000)));

    expect(Buffer.byteLength(JSON.stringify(urls))).toBeLessThan(200_000);
    expect(urls.length + urlsLeftOut).toBe(600);
  });
});
