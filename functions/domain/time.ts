/** Milliseconds since the Unix epoch, UTC. */
export type Instant = number;

/** ISO 8601, UTC, always with milliseconds, so that text order is time order. */
export type Iso = string;

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

export const iso = (at: Instant): Iso => new Date(at).toISOString();

/** @throws RangeError where `text` is no date; use only on our own records */
export const instant = (text: Iso): Instant => {
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new RangeError(`not a date: ${text}`);
  return at;
};

/** The UTC calendar day, "2026-11-24". */
export const dayOf = (at: Instant): string => iso(at).slice(0, 10);
