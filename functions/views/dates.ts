import type { Iso } from '../domain/time.ts';
import { type Html, html } from './html.ts';

const dayFormat = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options });

const long = dayFormat({ day: 'numeric', month: 'long', year: 'numeric' });
const short = dayFormat({ day: 'numeric', month: 'short', year: 'numeric' });
const weekday = dayFormat({ weekday: 'long' });

const clockOf = (at: Iso): string => `${at.slice(11, 16)} UTC`;

/** '24 November 2026, 06:06 UTC' */
export const timeOf = (at: Iso): Html =>
  html`<time datetime="${at}" lang="en" dir="ltr">${long.format(Date.parse(at))}, ${clockOf(at)}</time>`;

/** '24 Nov 2026, 06:06 UTC' */
export const shortTimeOf = (at: Iso): Html =>
  html`<time datetime="${at}" lang="en" dir="ltr">${short.format(Date.parse(at))}, ${clockOf(at)}</time>`;

/** 'Tuesday 24 November 2026' */
export const dateLineOf = (at: Iso): Html => {
  const ms = Date.parse(at);
  return html`<time datetime="${at.slice(0, 10)}">${weekday.format(ms)} ${long.format(ms)}</time>`;
};
