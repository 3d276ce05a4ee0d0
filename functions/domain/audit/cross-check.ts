import type { AuditEvent, Subject } from './event.ts';
import type { Fault } from './verify.ts';

/** One record that another chain must bear out: it is written after `needs`, so both stand. */
type Claim = {
  by: AuditEvent;
  needs: Subject;
  what: string;
  isThere: (event: AuditEvent) => boolean;
};

/** A record that bears nobody out, and the chain in which it is missed. */
export type Gap = { missedIn: Subject; fault: Fault };

const claimOf = (event: AuditEvent): Claim | null => {
  const id = event.subject.slice(event.subject.indexOf(':') + 1);
  if (event.action === 'case.erased')
    return {
      by: event,
      needs: `article:${event.details.article}`,
      what: `article.erased for case ${id}`,
      isThere: (other) => other.action === 'article.erased' && other.details.case === id,
    };
  if (event.action === 'mail.joined' && event.details.reason === 'first')
    return {
      by: event,
      needs: `case:${event.details.case}`,
      what: `case.opened by mail ${id}`,
      isThere: (other) => other.action === 'case.opened' && other.details.mail === id,
    };
  if (event.action === 'case.opened')
    return {
      by: event,
      needs: `mail:${event.details.mail}`,
      what: 'mail.received',
      isThere: (other) => other.action === 'mail.received',
    };
  return null;
};

/**
 * Holds the chains against each other: who cuts one off, or takes it out whole,
 * leaves a record in another that tells of it.
 */
export const crossCheck = (chains: ReadonlyMap<Subject, readonly AuditEvent[]>): Gap[] =>
  [...chains.values()]
    .flat()
    .map(claimOf)
    .filter((claim) => claim !== null)
    .filter(({ needs, isThere }) => !(chains.get(needs) ?? []).some(isThere))
    .map(({ by: { subject, seq }, needs, what }) => ({
      missedIn: needs,
      fault: { subject, seq, problem: `${needs} has no record ${what}` },
    }));
