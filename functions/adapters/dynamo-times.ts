import { instant, iso } from '../domain/time.ts';

/** The members that hold an instant, in every type that has a row of its own. */
const isTime = (name: string): boolean => /^at$|At$|^deadline$/.test(name);

const mapTimes = (value: unknown, change: (time: unknown) => unknown): unknown => {
  if (Array.isArray(value)) return value.map((part: unknown) => mapTimes(part, change));
  if (typeof value !== 'object' || value === null) return value;
  const members = (Object.entries(value) as [string, unknown][]).map(([name, member]) => [
    name,
    isTime(name) ? change(member) : mapTimes(member, change),
  ]);
  return Object.fromEntries(members) as unknown;
};

/** Instants as ISO text, at every depth, so that people can read the table. */
export const withIsoTimes = (value: object): object =>
  mapTimes(value, (time) => (typeof time === 'number' ? iso(time) : time)) as object;

/** The way back of `withIsoTimes`. */
export const withInstants = (value: unknown): unknown =>
  mapTimes(value, (time) => (typeof time === 'string' ? instant(time) : time));
