const units: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
const minuteMs = 60_000;
const dayMs = 86_400_000;

/** @returns the first time after `after`; undefined = never again */
export type NextAfter = (after: number) => number | undefined;

const months = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const weekdays = 'SUN MON TUE WED THU FRI SAT'.split(' ');

type Field = { least: number; most: number; names?: string[] };
const fields: Field[] = [
  { least: 0, most: 59 },
  { least: 0, most: 23 },
  { least: 1, most: 31 },
  { least: 1, most: 12, names: months },
  { least: 1, most: 7, names: weekdays },
  { least: 1970, most: 2199 },
];

const unknown = (expression: string): Error =>
  new Error(`The schedule "${expression}" is not understood on this machine.`);

const numberIn = (text: string, { least, most, names = [] }: Field, whole: string): number => {
  const named = names.indexOf(text.toUpperCase());
  const value = named >= 0 ? named + 1 : Number(text);
  if (!/^\w+$/.test(text) || !Number.isInteger(value) || value < least || value > most)
    throw unknown(whole);
  return value;
};

/** Which values of a field match; undefined = all. */
const matcher = (text: string, field: Field, whole: string): ((value: number) => boolean) => {
  const tests = text.split(',').map((part) => {
    const [range = '', step = '1'] = part.split('/');
    const every = Number(step);
    if (!(every >= 1)) throw unknown(whole);
    if (range === '?' || range === '*')
      return (value: number) => (value - field.least) % every === 0;
    const [from, to] = range.split('-').map((end) => numberIn(end, field, whole));
    const first = from ?? field.least;
    const last = to ?? (part.includes('/') ? field.most : first);
    return (value: number) => value >= first && value <= last && (value - first) % every === 0;
  });
  return (value) => tests.some((matches) => matches(value));
};

/** Six fields in UTC; a day is searched minute by minute, for five years at most. */
const cron = (text: string, whole: string): NextAfter => {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== 6) throw unknown(whole);
  const [minute, hour, day, month, weekday, year] = fields.map((field, at) =>
    matcher(parts[at] ?? '', field, whole),
  );
  if (!minute || !hour || !day || !month || !weekday || !year) throw unknown(whole);
  const isDay = (date: Date): boolean =>
    year(date.getUTCFullYear()) &&
    month(date.getUTCMonth() + 1) &&
    day(date.getUTCDate()) &&
    weekday(date.getUTCDay() + 1);
  return (after) => {
    const end = after + 5 * 366 * dayMs;
    let time = Math.floor(after / minuteMs) * minuteMs + minuteMs;
    while (time < end) {
      const date = new Date(time);
      if (!isDay(date)) time = Math.floor(time / dayMs) * dayMs + dayMs;
      else if (hour(date.getUTCHours()) && minute(date.getUTCMinutes())) return time;
      else time += minuteMs;
    }
    return undefined;
  };
};

/**
 * Reads `rate(5 minutes)` or `cron(10 0 * * ? *)`, in UTC.
 * @throws Error on L, W, #, and whatever else EventBridge does not have
 */
export const readExpression = (expression: string): NextAfter => {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  if (rate) {
    const period = Number(rate[1]) * (units[rate[2] ?? ''] ?? 0);
    if (period <= 0) throw unknown(expression);
    return (after) => after + period;
  }
  const fieldsOf = /^cron\((.+)\)$/.exec(expression)?.[1];
  if (fieldsOf === undefined) throw unknown(expression);
  return cron(fieldsOf, expression);
};
