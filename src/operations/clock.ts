import type { Clock } from './context.ts';
import { createStamps, type Stamps } from './stamps.ts';

/** A stretch of time: the sum of its members, each of them zero or more, fractions too. `advance` throws for others. */
export type Duration = {
  /** How many milliseconds. @default 0 */
  readonly milliseconds?: number;
  /** How many seconds. @default 0 */
  readonly seconds?: number;
  /** How many minutes. @default 0 */
  readonly minutes?: number;
  /** How many hours. @default 0 */
  readonly hours?: number;
  /** How many days, of 24 hours each. @default 0 */
  readonly days?: number;
};

const UNITS: { readonly [unit in keyof Duration]-?: number } = {
  milliseconds: 1,
  seconds: 1000,
  minutes: 60 * 1000,
  hours: 60 * 60 * 1000,
  days: 24 * 60 * 60 * 1000,
};

/** A clock that a test can move. */
export interface MovableClock extends Clock, Stamps {
  /** Moves the emulator's time on: `{ hours: 2 }`. Throws RangeError for a name or a number that makes no time, and beyond the year 9999. */
  advance(by: Duration): void;
  /**
   * Puts the emulator's time to a moment, before or behind the present one: a `Date`, milliseconds since 1970, or ISO text that names its
   * zone (`2027-01-31T12:00:00Z`, or a day alone, in UTC). Throws RangeError for what is not a moment of the years 1 to 9999.
   */
  set(moment: Moment): void;
  /** Lets the time stand still, until `go` or `reset`; `advance` and `set` move it all the same. */
  stop(): void;
  /** Lets the time go on from where it stands. */
  go(): void;
  /** Whether `stop` lets it stand still. */
  isStopped(): boolean;
  /** How far it was moved on, in milliseconds. */
  ahead(): number;
  /** Back to where it began: for a fork, the time of its original then. */
  reset(): void;
}

/** A moment: a `Date`, milliseconds since 1970, or ISO text. */
export type Moment = Date | number | string;

/** The first and the last moment of the years that ISO text has four digits for, the year 0 left out. */
const EARLIEST: number = Date.parse('0001-01-01T00:00:00Z');
/** The last moment that the four digits of a year can write. */
const LATEST: number = Date.UTC(10_000, 0, 1) - 1;

const toMilliseconds = (by: Duration): number =>
  Object.entries(by).reduce((sum, [unit, count]) => {
    const length = Object.hasOwn(UNITS, unit) ? UNITS[unit as keyof Duration] : undefined;
    if (length === undefined || typeof count !== 'number' || !Number.isFinite(count) || count < 0) {
      throw new RangeError(
        `Failed to advance the clock: ${unit}: ${JSON.stringify(count)} is not a time. Say { hours: 2 }.`,
      );
    }
    return sum + count * length;
  }, 0);

const ISO = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d))?$/i;

const toMoment = (given: unknown): number => {
  const moment =
    given instanceof Date
      ? given.getTime()
      : typeof given === 'string' && ISO.test(given)
        ? Date.parse(given)
        : typeof given === 'number'
          ? given
          : Number.NaN;
  if (moment >= EARLIEST && moment <= LATEST) return Math.trunc(moment);
  throw new RangeError(
    `Failed to set the clock: ${JSON.stringify(given)} is not a moment. Say 2027-01-31T12:00:00Z, or milliseconds since 1970.`,
  );
};

// Where a clock begins that stands.
const STANDS_AT: number = Date.UTC(2026, 0, 1);

/** The platform's own, unless a test changed it before this file was read. */
const { Date: OwnDate } = globalThis;

/** Whether a test has put its own time in place of the platform's, as the fake timers of Vitest and Jest do. */
const isTimeFake = (): boolean => Date !== OwnDate || Reflect.get(Date, 'isFake') === true;

/** How far a clock is moved on to begin with, whether it stands by itself, and when somebody has stopped it. */
export type ClockStart = {
  readonly ahead?: number | undefined;
  readonly stands?: boolean;
  readonly stoppedAt?: number | undefined;
  /** The last date that was given to a write, in milliseconds since 1970. */
  readonly lastStamp?: number | undefined;
};

/**
 * The platform's time, and what a test added to it: `ahead`, to begin with. One that stands begins at the same time in every
 * run and goes on only when it is moved; the time of fake timers is as good, since a test moves it, too.
 */
export const createClock = ({
  ahead = 0,
  stands = false,
  stoppedAt: stopped,
  lastStamp,
}: ClockStart = {}): MovableClock => {
  const begun = (): number => (stands && !isTimeFake() ? STANDS_AT : Date.now());
  let further = ahead;
  let stoppedAt = stopped;
  const now = (): number => stoppedAt ?? begun() + further;
  const put = (moment: number): void => {
    if (stoppedAt === undefined) further = moment - begun();
    else stoppedAt = moment;
  };
  const stamps = createStamps(now, lastStamp);
  return {
    ...stamps,
    now,
    advance: (by) => {
      const moment = now() + toMilliseconds(by);
      if (moment > LATEST) throw new RangeError('Failed to advance the clock: no date comes after the year 9999.');
      put(moment);
    },
    set: (moment) => put(toMoment(moment)),
    stop: () => {
      stoppedAt ??= now();
    },
    go: () => {
      further = now() - begun();
      stoppedAt = undefined;
    },
    isStopped: () => stoppedAt !== undefined,
    ahead: () => now() - begun(),
    reset: () => {
      stamps.reset();
      further = ahead;
      stoppedAt = stopped;
    },
  };
};
