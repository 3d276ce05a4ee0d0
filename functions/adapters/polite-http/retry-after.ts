import { day, type Instant, second } from '../../domain/time.ts';

/** Nobody may put us off for longer with one header. */
const longest = 30 * day;

/**
 * When a server asks us to come again: seconds or an HTTP date.
 * @returns null where there is no such header or it is neither
 * @see RFC 9110 §10.2.3
 */
export const retryAfterOf = (value: string | undefined, now: Instant): Instant | null => {
  const text = value?.trim() ?? '';
  const at = /^\d{1,12}$/.test(text)
    ? now + Number(text) * second
    : /^[A-Za-z]{3,9},? /.test(text)
      ? Date.parse(text)
      : Number.NaN;
  return Number.isNaN(at) ? null : Math.min(Math.max(at, now), now + longest);
};
