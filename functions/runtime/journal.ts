import { chain } from '../domain/audit/chain.ts';
import type { AuditEvent, Draft, Subject } from '../domain/audit/event.ts';
import type { Instant } from '../domain/time.ts';
import { Retryable } from '../errors.ts';
import type { AuditPort } from '../ports.ts';
import { sha256 } from './sha256.ts';

/** Another run wrote this subject first; read again and decide again. */
export class Overtaken extends Retryable {}

export type Journal = {
  history(subject: Subject): Promise<AuditEvent[]>;
  head(subject: Subject): Promise<AuditEvent | undefined>;
  /**
   * Appends drafts behind `head`, the last event the caller has read.
   * @throws Retryable where another run has appended meanwhile
   */
  append(
    subject: Subject,
    head: AuditEvent | undefined,
    drafts: readonly Draft[],
    now: Instant,
  ): Promise<AuditEvent[]>;
};

/** The one road into the Audit table, for one actor. */
export const journal = (audit: AuditPort, actor: string): Journal => ({
  history: (subject) => audit.history(subject),
  head: (subject) => audit.head(subject),
  append: async (subject, head, drafts, now) => {
    const events = chain(drafts, head, { subject, actor, now, sha256 });
    for (const event of events) {
      // Even a record equal to ours may be another run's; only who was answered goes on.
      if ((await audit.append(event)) === 'taken') throw new Overtaken(`${subject} moved on`);
    }
    return events;
  },
});
