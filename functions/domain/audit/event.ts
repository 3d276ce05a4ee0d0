import type { Iso } from '../time.ts';
import type { Facts } from './facts.ts';

/** What an event is about: 'article:<id>', 'case:<id>', 'mail:<id>', 'source:<id>'. */
export type Subject = `${'article' | 'case' | 'mail' | 'source'}:${string}`;

export type Action = keyof Facts;

/** An event before it has its place in a chain. */
export type Draft = { [A in Action]: { action: A; details: Facts[A] } }[Action];

type Sealed = {
  subject: Subject;
  /** 1 for the first event of a subject, then without gaps. */
  seq: number;
  at: Iso;
  /** The step that acted ('enforce-cases') or the operator ('operator:ada'). */
  actor: string;
  /** The event in one English sentence, for people who read the table raw. */
  sentence: string;
  /** Hash of the event before, 64 zeros for the first. */
  prevHash: string;
  /** SHA-256, hex, over the RFC 8785 form of all other fields. */
  hash: string;
};

/** One record of the Audit table, field for field. */
export type AuditEvent = Sealed & Draft;
