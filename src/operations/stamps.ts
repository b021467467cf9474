/** Dates for writes. */
export type Stamps = {
  /** The date of a write as ISO text: later than any before, or, where that is given, later than `after`. */
  stamp(after?: string): string;
  /** Begins anew, later than these dates as far as they are of today. */
  follow(dates: Iterable<unknown>): void;
  /** The last date that was given, in milliseconds since 1970; undefined: none yet. */
  lastStamp(): number | undefined;
  /** Back to where it began. */
  reset(): void;
};

/** An object that was written by a clock which is no further ahead is not dated back. */
const SOON = 60 * 1000;

/**
 * Dates by which writes can be told apart, however many there are in a millisecond: a client may rely on `updatedAt` being later
 * than `createdAt`, and on an order by dates. `beginning` is the last date that was given before, in milliseconds.
 */
export const createStamps = (now: () => number, beginning?: number): Stamps => {
  let last = beginning;
  let seen = Number.NEGATIVE_INFINITY;
  return {
    stamp: (after) => {
      const at = now();
      if (at < seen) last = undefined; // a test turned the time back
      seen = at;
      const previous = after === undefined ? last : Date.parse(after);
      const counts = previous !== undefined && (previous <= (last ?? at) || previous < at + SOON);
      const given = counts ? Math.max(at, previous + 1) : at;
      last = Math.max(last ?? given, given);
      return new Date(given).toISOString();
    },
    follow: (dates) => {
      const soon = now() + SOON;
      last = undefined;
      for (const date of dates) {
        const moment = typeof date === 'string' ? Date.parse(date) : Number.NaN;
        if (moment < soon && moment > (last ?? Number.NEGATIVE_INFINITY)) last = moment;
      }
    },
    lastStamp: () => last,
    reset: () => {
      last = beginning;
      seen = Number.NEGATIVE_INFINITY;
    },
  };
};
