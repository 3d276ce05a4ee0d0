import { describe, expect, it } from 'vitest';
import { Retryable } from '../../../functions/errors.ts';
import { publishArticle } from '../../../functions/news/publish-article.ts';
import type { EntryDue } from '../../../functions/ports.ts';
import {
  answer,
  entryOf,
  feedOf,
  idOf,
  messageOf,
  type Newsroom,
  newsroom,
  now,
  pageAnswer,
  pageOf,
  picture,
  png,
  stateOf,
  story,
} from './newsroom.ts';

const url = 'https://herald.example/news/ferry';
const alias = 'https://herald.example/go/1';
const image = 'https://herald.example/ferry.png';

type Fault = { at: number; side: 'before' | 'after' };
type Calls = { count: number };

const faulty = <Port extends object>(port: Port, calls: Calls, fault: Fault): Port =>
  new Proxy(port, {
    get: (target, name, receiver: unknown) => {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== 'function') return member;
      return async (...args: unknown[]): Promise<unknown> => {
        calls.count += 1;
        const isHit = calls.count === fault.at;
        if (isHit && fault.side === 'before') throw new Retryable('planted');
        const result: unknown = await Reflect.apply(member, target, args);
        if (isHit) throw new Retryable('planted');
        return result;
      };
    },
  });

/** Runs a message with one planted fault, then again without: as a queue would. */
const crashAndReplay = async (
  room: Newsroom,
  message: EntryDue,
  fault: Fault,
): Promise<'crashed' | 'passed'> => {
  const calls = { count: 0 };
  const { ports } = room;
  const step = publishArticle({
    ...ports,
    feeds: faulty(ports.feeds, calls, fault),
    articles: faulty(ports.articles, calls, fault),
    audit: faulty(ports.audit, calls, fault),
    bodies: faulty(ports.bodies, calls, fault),
    queue: faulty(ports.queue, calls, fault),
    web: faulty(ports.web, calls, fault),
  });
  try {
    await step(message, now);
    return 'passed';
  } catch (error) {
    if (!(error instanceof Retryable)) throw error;
    await publishArticle(ports)(message, now);
    return 'crashed';
  }
};

type Scene = { name: string; message: EntryDue; prepare: (room: Newsroom) => Promise<void> };

const canonicalUrl = url;
const illustrated = pageOf({ canonicalUrl, pictures: [picture(image)] });
const byAlias = messageOf(entryOf(alias));

const publishFirst = async (room: Newsroom): Promise<void> => {
  room.pages.set(url, pageAnswer(illustrated));
  room.pages.set(image, answer(png));
  await publishArticle(room.ports)(messageOf(entryOf(url)), now - 1000);
};

const scenes: Scene[] = [
  {
    name: 'a new article with a picture and an alias',
    message: byAlias,
    prepare: async (room) => {
      room.pages.set(alias, pageAnswer(illustrated));
      room.pages.set(image, answer(png));
    },
  },
  {
    name: 'an update that loses its picture',
    message: messageOf(entryOf(url, { title: 'New' })),
    prepare: async (room) => {
      await publishFirst(room);
      room.pages.set(url, pageAnswer(pageOf({ text: story('storm') })));
    },
  },
  {
    name: 'another address of a standing article',
    message: byAlias,
    prepare: async (room) => {
      await publishFirst(room);
      room.pages.set(alias, pageAnswer(illustrated));
    },
  },
  {
    name: 'a copy of a standing text',
    message: messageOf(entryOf('https://courier.example/copy'), 'courier'),
    prepare: async (room) => {
      await publishFirst(room);
      room.pages.set('https://courier.example/copy', pageAnswer(pageOf()));
    },
  },
  {
    name: 'a page whose canonical address is a tombstone',
    message: byAlias,
    prepare: async (room) => {
      await publishFirst(room);
      await room.memory.articles.entomb({
        state: 'tombstone',
        id: idOf(url),
        caseId: 'c',
        erasedAt: '',
      });
      room.pages.set(alias, pageAnswer(illustrated));
    },
  },
  {
    name: 'an entry that is given up',
    message: messageOf(entryOf(url), 'herald', 6),
    prepare: async () => {},
  },
];

const roomFor = async ({ prepare }: Scene): Promise<Newsroom> => {
  const room = newsroom(feedOf(), feedOf('courier'));
  await prepare(room);
  return room;
};

describe.each(scenes)('publishArticle, replayed after a crash: $name', (scene) => {
  it.each(['before', 'after'] as const)(
    'ends as if it never crashed, %s any call',
    async (side) => {
      const clean = await roomFor(scene);
      await publishArticle(clean.ports)(scene.message, now);
      const expected = stateOf(clean);

      let crashes = 0;
      for (let at = 1; ; at += 1) {
        const room = await roomFor(scene);
        const outcome = await crashAndReplay(room, scene.message, { at, side });

        expect(stateOf(room), `a fault ${side} call ${at}`).toEqual(expected);
        if (outcome === 'passed') break;
        crashes += 1;
      }

      expect(crashes).toBeGreaterThan(5);
    },
  );
});
