import { hour, type Instant, minute } from '../domain/time.ts';

/** Minutes east of UTC, for the zone names that V8 does not know. */
const zones = new Map([
  ['WEST', 60],
  ['BST', 60],
  ['CET', 60],
  ['CEST', 120],
  ['EET', 120],
  ['EEST', 180],
  ['MSK', 180],
  ['IST', 330],
  ['JST', 540],
  ['KST', 540],
  ['AEST', 600],
  ['AEDT', 660],
  ['WET', 0],
  ['UTC', 0],
]);

const earliest = Date.UTC(1990, 0, 1);
const latest = Date.UTC(9999, 0, 1);

const hasZone = /(?:[zZ]|[+-]\d{2}:?\d{2}|\b(?![AP]M)[A-Z]{2,5})\s*$/;

/** A date without a zone is read as UTC, never as the zone of this machine. */
const parsed = (text: string): number => {
  const [, rest, zone] = /^(.+?)\s*\(?\b([A-Z]{3,4})\)?$/.exec(text) ?? [];
  const east = zone === undefined ? undefined : zones.get(zone);
  if (rest !== undefined && east !== undefined) {
    const bare = rest.replace(/\s*[+-]\d{2}:?\d{2}$/, '');
    return parsed(`${bare} +0000`) - east * minute;
  }
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return Date.parse(text);
  const isoLike = text.replace(/^(\d{4}-\d{2}-\d{2}) +(?=\d)/, '$1T').replace(/ +(?=[+-]\d)/, '');
  const candidate = /^\d{4}-/.test(text) ? isoLike : text;
  const utc = /^\d{4}-/.test(text) ? 'Z' : ' UTC';
  return Date.parse(hasZone.test(candidate) ? candidate : `${candidate}${utc}`);
};

/**
 * Reads a date as feeds and pages write it: RFC 822, ISO 8601 and their cousins.
 * @returns null for what is no date, or lies before 1990
 */
export const parseDate = (text: string | null | undefined): Instant | null => {
  const trimmed = text?.trim() ?? '';
  if (trimmed === '' || trimmed.length > 64 || !/\d{4}/.test(trimmed)) return null;
  const at = parsed(trimmed);
  return at >= earliest && at < latest ? at : null;
};

/** Clocks of publishers run a little fast; more than this is a date in the future. */
export const isFuture = (at: Instant, now: Instant): boolean => at > now + hour / 12;
