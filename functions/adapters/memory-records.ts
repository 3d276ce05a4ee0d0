import type { AuditEvent, Subject } from '../domain/audit/event.ts';
import type { Feed } from '../domain/news/source.ts';
import type { AuditPort, CaseRow, CasesPort, FeedsPort } from '../ports.ts';

export type MemoryAudit = AuditPort & {
  /** Every event in the order of its writing. */
  log: AuditEvent[];
  chains: Map<Subject, AuditEvent[]>;
};

export const memoryAudit = (): MemoryAudit => {
  const log: AuditEvent[] = [];
  const chains = new Map<Subject, AuditEvent[]>();
  return {
    log,
    chains,
    history: async (subject) => structuredClone(chains.get(subject) ?? []),
    head: async (subject) => structuredClone(chains.get(subject)?.at(-1)),
    append: async (event) => {
      const chain = chains.get(event.subject) ?? [];
      if (chain.some(({ seq }) => seq === event.seq)) return 'taken';
      const stored = structuredClone(event);
      log.push(stored);
      chains.set(
        event.subject,
        [...chain, stored].sort((a, b) => a.seq - b.seq),
      );
      return 'appended';
    },
    ofDay: async function* (day) {
      const events = log.filter(({ at }) => at.startsWith(day));
      yield* structuredClone(events.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)));
    },
    heads: async () =>
      [...chains.values()].flatMap((chain) => {
        const last = chain.at(-1);
        return last ? [{ subject: last.subject, seq: last.seq, hash: last.hash }] : [];
      }),
    all: async function* () {
      for (const subject of [...chains.keys()].sort()) {
        yield* structuredClone(chains.get(subject) ?? []);
      }
    },
  };
};

export type MemoryFeeds = FeedsPort & { rows: Map<string, Feed> };

export const memoryFeeds = (): MemoryFeeds => {
  const rows = new Map<string, Feed>();
  return {
    rows,
    get: async (id) => structuredClone(rows.get(id)),
    put: async (feed) => {
      rows.set(feed.terms.id, structuredClone(feed));
    },
    due: async (now, limit) => {
      const due = [...rows.values()]
        .filter(({ state, poll }) => state === 'active' && poll.dueAt <= now)
        .sort((a, b) => a.poll.dueAt - b.poll.dueAt);
      return structuredClone(due.slice(0, limit));
    },
    all: async () => structuredClone([...rows.values()]),
  };
};

export type MemoryCases = CasesPort & {
  rows: Map<string, CaseRow>;
  /** '<day>#all' and '<day>#<sender>' → the 'case/article' pairs counted. */
  hides: Map<string, Set<string>>;
};

const isDue = (row: CaseRow, now: number): boolean => row.dueAt !== null && row.dueAt <= now;

export const memoryCases = (): MemoryCases => {
  const rows = new Map<string, CaseRow>();
  const hides = new Map<string, Set<string>>();
  const admit = (key: string, member: string, most: number): boolean => {
    const members = hides.get(key) ?? new Set();
    if (!members.has(member) && members.size >= most) return false;
    hides.set(key, members.add(member));
    return true;
  };
  return {
    rows,
    hides,
    get: async (id) => structuredClone(rows.get(id)),
    put: async (row) => {
      const old = rows.get(row.case.id);
      if (!old || old.case.seq <= row.case.seq) rows.set(row.case.id, structuredClone(row));
    },
    due: async (now, limit) => {
      const due = [...rows.values()]
        .filter((row) => isDue(row, now))
        .sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0));
      return structuredClone(due.slice(0, limit));
    },
    open: async function* () {
      yield* structuredClone([...rows.values()].filter((row) => row.case.closedAt === null));
    },
    all: async function* () {
      yield* structuredClone([...rows.values()]);
    },
    // The sender's own limit comes first, so that a flood of one cannot use up the day of all.
    admitHide: async ({ day, pool, sender, caseId, article, perSender, perDay }) => {
      const member = `${caseId}/${article}`;
      const isAdmitted =
        admit(`${day}#${pool}#${sender}`, member, perSender) &&
        admit(`${day}#${pool}#all`, member, perDay);
      return isAdmitted ? 'admitted' : 'flood';
    },
  };
};
