import { type Instant, iso } from '../time.ts';
import type { AuditEvent, Draft, Subject } from './event.ts';
import { sentenceOf } from './sentence.ts';

/** SHA-256 of the UTF-8 form of a text, as 64 lower-case hex digits. */
export type Sha256 = (text: string) => string;

export const genesis = '0'.repeat(64);

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/**
 * Writes JSON in the one canonical form, so that equal facts have equal hashes.
 * @see RFC 8785 (ECMAScript number and string forms, names sorted by UTF-16 unit)
 */
export const canonicalJson = (value: Json): string => {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name] ?? null)}`);
  return `{${members.join(',')}}`;
};

/** The hash an event must carry: over every field but `hash` itself. */
export const hashOf = (event: Omit<AuditEvent, 'hash'>, sha256: Sha256): string => {
  const { subject, seq, at, actor, action, sentence, details, prevHash } = event;
  return sha256(canonicalJson({ subject, seq, at, actor, action, sentence, details, prevHash }));
};

export type Link = { subject: Subject; actor: string; now: Instant; sha256: Sha256 };

/** Seals drafts behind `head` (undefined = the subject's first), in their order. */
export const chain = (
  drafts: readonly Draft[],
  head: AuditEvent | undefined,
  { subject, actor, now, sha256 }: Link,
): AuditEvent[] => {
  const events: AuditEvent[] = [];
  let last = head;
  for (const draft of drafts) {
    const open = {
      subject,
      seq: (last?.seq ?? 0) + 1,
      // Clocks of two machines differ; a chain's times must not run backwards.
      at: last && last.at > iso(now) ? last.at : iso(now),
      actor,
      sentence: sentenceOf(draft),
      prevHash: last?.hash ?? genesis,
      ...draft,
    };
    last = { ...open, hash: hashOf(open as AuditEvent, sha256) } as AuditEvent;
    events.push(last);
  }
  return events;
};
