import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { openLog } from '../state/append-log.ts';

export type QueueSpec = {
  name: string;
  visibilityMs: number;
  delayMs: number;
  /** Where a message goes that was received so often and never deleted; null = it stays. */
  deadLetter: { queue: string; maxReceiveCount: number } | null;
};

type Attributes = Record<string, unknown>;

export type Message = {
  id: string;
  body: string;
  attributes: Attributes;
  sentAt: number;
  visibleAt: number;
  receiveCount: number;
  firstReceivedAt: number | null;
  receipt: string | null;
};

type Counts = { visible: number; inFlight: number; delayed: number };

type Entry = { put: Message } | { gone: string };

/**
 * The messages of a queue; each change is written down before it is believed. One
 * that somebody held is free again: whoever it was ended with the last process.
 */
const openMessages = (path: string, now: number) => {
  const { records, log } = openLog<Entry>(path);
  const messages = new Map<string, Message>();
  const apply = (entry: Entry): void => {
    if ('put' in entry) messages.set(entry.put.id, entry.put);
    else messages.delete(entry.gone);
  };
  const compact = (): void => log.replace([...messages.values()].map((put) => ({ put })));
  for (const record of records) apply(record);
  for (const held of messages.values())
    if (held.receipt !== null) apply({ put: { ...held, visibleAt: now, receipt: null } });
  compact();
  let written = 0;
  const write = (...entries: Entry[]): void => {
    log.append(...entries);
    entries.forEach(apply);
    written += entries.length;
    // what is deleted must not stay on the disk: it may be an article's text
    if (messages.size > 0 && written < Math.max(50, 4 * messages.size)) return;
    compact();
    written = 0;
  };
  return { messages, write, close: log.close };
};

/**
 * A standard queue on disk. Messages do not expire: a clock that jumps by days
 * would drop what a real one would have delivered on the way.
 */
export class Queue {
  readonly spec: QueueSpec;
  readonly #store: ReturnType<typeof openMessages>;
  readonly #clock: Clock;
  readonly #deadLetter: (message: Message) => void;
  readonly #listeners = new Set<() => void>();

  /** @param deadLetter takes a message that was received too often */
  constructor(dir: string, spec: QueueSpec, clock: Clock, deadLetter: (message: Message) => void) {
    this.spec = spec;
    this.#store = openMessages(join(dir, `${spec.name}.log`), clock.now());
    this.#clock = clock;
    this.#deadLetter = deadLetter;
  }

  send(body: string, options: { delayMs?: number; attributes?: Attributes } = {}): Message {
    const { delayMs = this.spec.delayMs, attributes = {} } = options;
    const now = this.#clock.now();
    const counted = { sentAt: now, visibleAt: now + delayMs, receiveCount: 0 };
    const handed = { firstReceivedAt: null, receipt: null };
    const message: Message = { id: randomUUID(), body, attributes, ...counted, ...handed };
    this.#write({ put: message });
    return message;
  }

  /** Puts in a message of another queue as it is; it may be received at once. */
  adopt(message: Message): void {
    const visibleAt = this.#clock.now();
    this.#write({ put: { ...message, receiveCount: 0, visibleAt, receipt: null } });
  }

  receive(max: number, visibilityMs = this.spec.visibilityMs): Message[] {
    this.#buryExhausted();
    const now = this.#clock.now();
    const taken = this.#waiting()
      .slice(0, max)
      .map((message) => ({
        ...message,
        receiveCount: message.receiveCount + 1,
        firstReceivedAt: message.firstReceivedAt ?? now,
        visibleAt: now + visibilityMs,
        receipt: `${message.id}:${randomBytes(12).toString('hex')}`,
      }));
    if (taken.length > 0) this.#store.write(...taken.map((put) => ({ put })));
    return taken;
  }

  /** @returns false for a receipt that no message has (any longer) */
  remove(receipt: string): boolean {
    const message = this.#holder(receipt);
    if (message !== undefined) this.#write({ gone: message.id });
    return message !== undefined;
  }

  changeVisibility(receipt: string, ms: number): boolean {
    const message = this.#holder(receipt);
    if (message !== undefined)
      this.#write({ put: { ...message, visibleAt: this.#clock.now() + ms } });
    return message !== undefined;
  }

  purge(): void {
    this.#write(...[...this.#store.messages.keys()].map((gone) => ({ gone })));
  }

  counts(): Counts {
    const now = this.#clock.now();
    const hidden = this.#all().filter(({ visibleAt }) => visibleAt > now);
    const delayed = hidden.filter(({ receiveCount }) => receiveCount === 0).length;
    const visible = this.#store.messages.size - hidden.length;
    return { visible, delayed, inFlight: hidden.length - delayed };
  }

  /** When the next waiting message may be received; undefined = none waits. */
  nextVisibleAt(): number | undefined {
    const times = this.#all().map(({ visibleAt }) => visibleAt);
    return times.length === 0 ? undefined : times.reduce((a, b) => Math.min(a, b));
  }

  /** @returns a function that ends it */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  close(): void {
    this.#store.close();
  }

  #all(): Message[] {
    return [...this.#store.messages.values()];
  }

  #waiting(): Message[] {
    const now = this.#clock.now();
    return this.#all().filter(({ visibleAt }) => visibleAt <= now);
  }

  #holder(receipt: string): Message | undefined {
    const message = this.#store.messages.get(receipt.split(':')[0] ?? '');
    return message?.receipt === receipt ? message : undefined;
  }

  #buryExhausted(): void {
    const limit = this.spec.deadLetter?.maxReceiveCount ?? Number.POSITIVE_INFINITY;
    const exhausted = this.#waiting().filter(({ receiveCount }) => receiveCount >= limit);
    for (const message of exhausted) this.#deadLetter(message);
    if (exhausted.length > 0) this.#write(...exhausted.map(({ id }) => ({ gone: id })));
  }

  #write(...entries: Entry[]): void {
    this.#store.write(...entries);
    for (const listener of this.#listeners) listener();
  }
}
