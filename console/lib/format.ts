const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const plural = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;

/** A stretch of time in one unit: `3 hours`. */
export const formatDuration = (milliseconds: number): string => {
  const length = Math.abs(milliseconds);
  if (length < MINUTE) return plural(Math.round(length / 1000), 'second');
  if (length < HOUR) return plural(Math.round(length / MINUTE), 'minute');
  if (length < 2 * DAY) return plural(Math.round(length / HOUR), 'hour');
  return plural(Math.round(length / DAY), 'day');
};

/** How far a moment is from now: `in 3 hours`, `2 days ago`. */
export const formatDistance = (moment: number, now: number): string => {
  const away = moment - now;
  if (Math.abs(away) < 1000) return 'now';
  return away > 0 ? `in ${formatDuration(away)}` : `${formatDuration(away)} ago`;
};

/** A moment as a person reads it, in UTC: `2026-01-31 12:00:05`. */
export const formatMoment = (moment: number | string): string => {
  const date = new Date(moment);
  return Number.isNaN(date.getTime()) ? String(moment) : date.toISOString().slice(0, 19).replace('T', ' ');
};

/** The time of the day of a moment, in UTC: `12:00:05`. */
export const formatTime = (moment: number | string): string => formatMoment(moment).slice(11);

/** A number with its thousands apart: `100,000`. */
export const formatCount = (count: number): string => count.toLocaleString('en-US');

/** A noun after its number: `1 user`, `2 users`. */
export const formatNoun = (count: number, noun: string): string =>
  `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
