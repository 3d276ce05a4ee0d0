import { readFileSync } from 'node:fs';
import { mailReader } from '../../../functions/adapters/mail-reader.ts';
import { memoryPorts } from '../../../functions/adapters/memory.ts';
import { organisationOf } from '../../../functions/adapters/organisation.ts';
import type { AuditEvent } from '../../../functions/domain/audit/event.ts';
import type { CaseOpened } from '../../../functions/domain/audit/facts.ts';
import type { LiveArticle } from '../../../functions/domain/news/article.ts';
import { articleIdOf } from '../../../functions/domain/news/canonical-url.ts';
import type { Feed } from '../../../functions/domain/news/source.ts';
import type { Arrival } from '../../../functions/domain/takedown/mail.ts';
import { hour, type Instant, iso } from '../../../functions/domain/time.ts';
import { sha256 } from '../../../functions/runtime/sha256.ts';
import type { ReceivePorts } from '../../../functions/takedown/receive-mail/ports.ts';
import { receiveMail } from '../../../functions/takedown/receive-mail.ts';

export const receivedAt: Instant = Date.UTC(2026, 10, 24, 6);
export const now: Instant = receivedAt + hour;

export const original = 'https://herald.example/2026/harbour-lights';
export const harbour = articleIdOf(original, sha256) ?? '';

export const article = (url: string, change: Partial<LiveArticle> = {}): LiveArticle => ({
  state: 'live',
  id: articleIdOf(url, sha256) ?? '',
  version: 1,
  url,
  canonicalUrl: url,
  sourceId: 'herald',
  sourceTitle: 'The Harbour Herald',
  organisation: organisationOf(new URL(url).hostname) ?? '',
  title: 'Harbour lights',
  byline: '',
  publishedAt: iso(receivedAt),
  modifiedAt: null,
  fetchedAt: iso(receivedAt),
  language: 'en',
  direction: 'ltr',
  excerpt: '',
  display: 'full',
  words: 300,
  leadPicture: null,
  contentHash: '',
  fingerprint: '',
  aliases: [],
  seen: {},
  holds: [],
  ...change,
});

const herald: Feed = {
  terms: {
    id: 'herald',
    title: 'The Harbour Herald',
    feedUrl: 'https://herald.example/feed',
    homeUrl: 'https://herald.example/',
    display: 'full',
    languages: ['en'],
    intervalFloorMinutes: 15,
  },
  organisation: 'herald.example',
  state: 'active',
  poll: { dueAt: 0, lastPolledAt: null, etag: null, lastModified: null, failures: 0 },
};

export const fixture = (name: string): Uint8Array =>
  readFileSync(new URL(`../../fixtures/mails/${name}.eml`, import.meta.url));

const verdictIn = (raw: Uint8Array, header: string): 'PASS' | 'FAIL' =>
  new RegExp(`^${header}: FAIL`, 'm').test(Buffer.from(raw).toString('latin1')) ? 'FAIL' : 'PASS';

/** The desk of the takedown river: memory ports, one article of ours, one source. */
export const desk = async () => {
  const memory = memoryPorts();
  await memory.articles.publish(article(original));
  await memory.feeds.put(herald);
  const ports: ReceivePorts = {
    ...memory,
    inbox: { ...memory.inbox, read: async (key) => mails.get(key) },
    mailReader,
    organisationOf,
    caseQueue: memory.queues.cases,
    letterQueue: memory.queues.letters,
    siteOrigin: 'https://news.example',
    adminAddress: 'admin@news.example',
  };
  const mails = new Map<string, Uint8Array>();

  const arrive = (mailId: string, raw: Uint8Array): Arrival => {
    mails.set(`mail/${mailId}`, raw);
    const text = Buffer.from(raw).toString('latin1');
    return {
      mailId,
      key: `mail/${mailId}`,
      receivedAt,
      recipients: ['admin@news.example'],
      verdicts: {
        spam: verdictIn(raw, 'X-SES-Spam-Verdict'),
        virus: verdictIn(raw, 'X-SES-Virus-Verdict'),
        spf: 'PASS',
        dkim: 'PASS',
        dmarc: /dmarc=fail/.test(text) ? 'FAIL' : /dmarc=pass/.test(text) ? 'PASS' : 'GRAY',
      },
    };
  };
  const receive = (name: string, mailId = name, raw = fixture(name)): Promise<void> =>
    receiveMail(ports)(arrive(mailId, raw), now);

  const actions = (): string[] => memory.audit.log.map(({ action }) => action);
  const opened = (): CaseOpened[] =>
    memory.audit.log.flatMap((event) => (event.action === 'case.opened' ? [event.details] : []));
  const endOf = (mailId: string): AuditEvent | undefined =>
    memory.audit.chains.get(`mail:${mailId}`)?.at(-1);
  return { memory, ports, arrive, receive, actions, opened, endOf };
};
