import { join } from 'node:path';
import { readJson, writeJson } from '../state/files.ts';
import type { Site } from './sites.ts';
import { readDesk, type Story } from './story.ts';
import type { PublishersOptions } from './types.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** A story with its dates and one of its addresses. */
export type Article = Story & { url: string; publishedAt: number; updatedAt: number };

export type Edition = {
  /** All addresses of all stories, newest first; a story with two addresses comes twice. */
  articles(): Article[];
};

type Diary = { foundedAt: number; updatedAt: number | null };

/** When the publishers opened and updated; kept, so that dates survive a restart. */
export const openDiary = ({ dir, now }: Pick<PublishersOptions, 'dir' | 'now'>) => {
  const path = join(dir, 'publishers.json');
  let diary = readJson<Diary>(path) ?? {
    foundedAt: Math.floor(now() / MINUTE_MS) * MINUTE_MS,
    updatedAt: null,
  };
  writeJson(path, diary);
  return {
    read: (): Diary => diary,
    noteUpdate: (): void => {
      if (diary.updatedAt !== null) return;
      diary = { ...diary, updatedAt: now() };
      writeJson(path, diary);
    },
  };
};

export const openEdition = (site: Site, diary: () => Diary): Edition => {
  const desk = readDesk(join(import.meta.dirname, 'pages', site.id));
  const articlesOf = ({ story, updated }: (typeof desk)[number]): Article[] => {
    const { foundedAt, updatedAt } = diary();
    const publishedAt = foundedAt - story.hours * HOUR_MS;
    const shown = updated && updatedAt !== null ? updated : story;
    const dates = { publishedAt, updatedAt: shown === updated ? (updatedAt ?? 0) : publishedAt };
    const paths = [story.path, story.also].filter((path) => path !== null);
    return paths.map((path) => ({ ...shown, ...dates, path, url: `http://${site.host}${path}` }));
  };
  return { articles: () => desk.flatMap(articlesOf) };
};
