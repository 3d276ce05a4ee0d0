import type { Body, LiveArticle, Picture } from '../../../functions/domain/news/article.ts';
import type { Site } from '../../../functions/views/site.ts';

export const site: Site = {
  title: 'Sundown',
  adminAddress: 'admin@sundown.example',
  origin: 'https://news.example',
};

export const idOf = (n: number): string => n.toString(16).padStart(32, '0');

export const liveArticle = (n: number, change: Partial<LiveArticle> = {}): LiveArticle => ({
  state: 'live',
  id: idOf(n),
  version: 1,
  url: `https://www.herald.example/news/${n}?ns_mchannel=rss&ito=1490`,
  canonicalUrl: `https://www.herald.example/news/${n}`,
  sourceId: 'herald',
  sourceTitle: 'Harbour Herald',
  organisation: 'herald.example',
  title: `Ferry number ${n} sails`,
  byline: 'By Ada Marsh',
  publishedAt: new Date(Date.UTC(2026, 10, 24, 6) - n * 60_000).toISOString(),
  modifiedAt: null,
  fetchedAt: '2026-11-24T06:02:11.000Z',
  language: 'en',
  direction: 'ltr',
  excerpt: 'The islands have their boat again.',
  display: 'full',
  words: 200,
  leadPicture: null,
  contentHash: '',
  fingerprint: '',
  aliases: [],
  seen: {},
  holds: [],
  ...change,
});

export const kept = (n: number, place: number, change: Partial<Picture> = {}): Picture => ({
  url: `https://img.herald.example/${n}-${place}.jpg`,
  key: `articles/${idOf(n)}/pictures/${place}.jpg`,
  caption: '',
  credit: '',
  alt: '',
  width: 900,
  height: 600,
  ...change,
});

export const bodyOf = (html: string, pictures: Picture[] = []): Body => ({
  html,
  text: html,
  pictures,
});
