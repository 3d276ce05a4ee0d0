import type { Body, LiveArticle } from '../../../functions/domain/news/article.ts';
import { isArticle } from '../../../functions/domain/news/entry.ts';
import { publishArticle } from '../../../functions/news/publish-article.ts';
import {
  entryOf,
  feedOf,
  idOf,
  messageOf,
  type Newsroom,
  newsroom,
  now,
  pageAnswer,
  pageOf,
} from './newsroom.ts';

export const url = 'https://herald.example/news/ferry?ito=1490';
export const id = idOf(url);
export const image = 'https://img.herald.example/ferry';

export const run = (room: Newsroom, message = messageOf(entryOf(url)), at = now) =>
  publishArticle(room.ports)(message, at);

export const rowOf = (room: Newsroom, of = id) => room.memory.articles.rows.get(of);
export const liveRow = (room: Newsroom, of = id): LiveArticle => {
  const row = rowOf(room, of);
  if (isArticle(row)) return row;
  throw new Error(`no article but ${row?.state ?? 'nothing'} stands`);
};

export const bodyOf = (room: Newsroom, of = id): Body => {
  const object = room.memory.bodies.objects.get(`articles/${of}/body.json`);
  return JSON.parse(Buffer.from(object?.bytes ?? []).toString()) as Body;
};

/** A room in which the article was published once. */
export const published = async (page = pageOf()): Promise<Newsroom> => {
  const room = newsroom(feedOf(), feedOf('courier'));
  room.pages.set(url, pageAnswer(page));
  await run(room);
  return room;
};

export const grave = (of: string) =>
  ({ state: 'tombstone', id: of, caseId: 'c', erasedAt: '2026-11-24T11:00:00.000Z' }) as const;
