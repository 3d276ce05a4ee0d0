import type {
  CaseDue,
  EdgePort,
  EntryDue,
  FeedDue,
  FrontDoorPort,
  LetterDue,
  LettersPort,
  MailArrived,
  OutgoingLetter,
  PagerPort,
  QueuePort,
} from '../ports.ts';
import { memoryArticles } from './memory-articles.ts';
import { memoryAudit, memoryCases, memoryFeeds } from './memory-records.ts';
import { memoryBodies, memoryInbox, memoryLedger, memorySigner } from './memory-stores.ts';

export type MemoryQueue<T> = QueuePort<T> & {
  messages: T[];
  /** The delay of each message, in seconds, at the same place. */
  delays: number[];
};

export const memoryQueue = <T>(): MemoryQueue<T> => {
  const messages: T[] = [];
  const delays: number[] = [];
  return {
    messages,
    delays,
    send: async (message, delaySeconds = 0) => {
      // Through JSON, as a real queue carries it.
      messages.push(JSON.parse(JSON.stringify(message)) as T);
      delays.push(delaySeconds);
    },
  };
};

const memoryLetters = (): LettersPort & { sent: OutgoingLetter[] } => {
  const sent: OutgoingLetter[] = [];
  return {
    sent,
    send: async (letter) => {
      sent.push(structuredClone(letter));
      return { messageId: `letter-${sent.length}` };
    },
  };
};

type MemoryEdge = EdgePort & {
  purges: { tags: string[]; reference: string }[];
  /** Set by the test: how far every purge is. */
  progress: Awaited<ReturnType<EdgePort['purge']>>;
};

const memoryEdge = (): MemoryEdge => {
  const seen = new Set<string>();
  const edge: MemoryEdge = {
    purges: [],
    progress: 'done',
    purge: async (tags, reference) => {
      const purge = { tags: [...new Set(tags)].sort(), reference };
      const name = JSON.stringify(purge);
      if (tags.length === 0) return 'done';
      if (!seen.has(name)) edge.purges.push(purge);
      seen.add(name);
      return edge.progress;
    },
  };
  return edge;
};

type Answer = Awaited<ReturnType<FrontDoorPort['get']>>;

/** Set `answer` to say what a reader sees; at first every path is 404. */
type MemoryFrontDoor = FrontDoorPort & { answer: (path: string) => Answer | Promise<Answer> };

const memoryFrontDoor = (): MemoryFrontDoor => {
  const door: MemoryFrontDoor = {
    answer: () => ({ status: 404, text: '' }),
    get: async (path) => await door.answer(path),
  };
  return door;
};

const memoryPager = (): PagerPort & { calls: { subject: string; text: string }[] } => {
  const calls: { subject: string; text: string }[] = [];
  return {
    calls,
    call: async (subject, text) => {
      calls.push({ subject, text });
    },
  };
};

export type MemoryPorts = ReturnType<typeof memoryPorts>;

/** Every store, queue and messenger in memory, each with its state open to tests. */
export const memoryPorts = () => ({
  audit: memoryAudit(),
  articles: memoryArticles(),
  bodies: memoryBodies(),
  feeds: memoryFeeds(),
  cases: memoryCases(),
  inbox: memoryInbox(),
  ledger: memoryLedger(),
  signer: memorySigner(),
  letters: memoryLetters(),
  edge: memoryEdge(),
  frontDoor: memoryFrontDoor(),
  pager: memoryPager(),
  queues: {
    feeds: memoryQueue<FeedDue>(),
    articles: memoryQueue<EntryDue>(),
    cases: memoryQueue<CaseDue>(),
    letters: memoryQueue<LetterDue>(),
    mail: memoryQueue<MailArrived>(),
  },
});
