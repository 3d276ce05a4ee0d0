export type Kept = {
  status: number;
  headers: Record<string, string>;
  cookies: string[];
  body: Buffer;
};

type Entry = Place & { kept: Kept; storedAt: number; expiresAt: number };

/** Where an answer stands and what it shows: what a purge may name. */
export type Place = { path: string; url: string; tags: string[] };

export type EdgeCache = {
  find(key: string): { kept: Kept; ageSeconds: number } | undefined;
  /** Counts purges: an answer asked for before one must not be stored after it. */
  generation(): number;
  store(key: string, place: Place, seconds: number, kept: Kept): void;
  /** Paths, paths ending in '*', and tags as '#tag'. */
  purge(items: readonly string[]): void;
};

const capacity = 2000;

const names = (item: string, { path, url, tags }: Entry): boolean => {
  if (item.startsWith('#')) return tags.includes(item.slice(1));
  if (item.endsWith('*')) return path.startsWith(item.slice(0, -1));
  return item === path || item === url;
};

/** The edge's memory; the oldest goes when it is full. */
export const edgeCache = (now: () => number): EdgeCache => {
  const entries = new Map<string, Entry>();
  let purges = 0;
  return {
    find: (key) => {
      const entry = entries.get(key);
      if (entry === undefined || entry.expiresAt <= now()) return undefined;
      return { kept: entry.kept, ageSeconds: Math.floor((now() - entry.storedAt) / 1000) };
    },
    generation: () => purges,
    store: (key, place, seconds, kept) => {
      entries.delete(key);
      const storedAt = now();
      entries.set(key, { ...place, kept, storedAt, expiresAt: storedAt + seconds * 1000 });
      const [oldest] = entries.keys();
      if (entries.size > capacity && oldest !== undefined) entries.delete(oldest);
    },
    purge: (items) => {
      purges += 1;
      for (const [key, entry] of entries)
        if (items.some((item) => names(item, entry))) entries.delete(key);
    },
  };
};
