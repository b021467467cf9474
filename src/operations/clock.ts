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

/** A clock that a test can move on. */
export interface MovableClock extends Clock, Stamps {
  /** Moves the emulator's time on: `{ hours: 2 }`. Throws RangeError for a name or a number that makes no time, and beyond the year 9999. */
  advance(by: Duration): void;
  /** How far it was moved on, in milliseconds. */
  ahead(): number;
  /** Back to where it began: for a fork, the time of its original then. */
  reset(): void;
}

/** The last moment that the four digits of a year can write. */
const LATEST: number = Date.UTC(10_000, 0, 1) - 1;

const toMilliseconds = (by: Duration): number =>
  Object.entries(by).reduce((sum, [unit, count]) => {
    const length = Object.hasOwn(UNITS, unit) ? UNITS[unit as keyof Duration] : undefined;
    if (length === undefined || typeof count !== 'number' || !Number.isFinite(count) || count < 0) {
      throw new RangeError(
        `Failed to advance the clock: ${unit}: ${JSON.stringify(count)} is no time. Say { hours: 2 }.`,
      );
    }
    return sum + count * length;
  }, 0);

// Where a clock begins that stands.
const STANDS_AT: number = Date.UTC(2026, 0, 1);

/** The platform's own, unless a test changed it before this file was read. */
const { Date: OwnDate } = globalThis;

/** Whether a test has put its own time in place of the platform's, as the fake timers of Vitest and Jest do. */
const isTimeFake = (): boolean => Date !== OwnDate || Reflect.get(Date, 'isFake') === true;

/** How far a clock is moved on to begin with, and whether it stands. */
export type ClockStart = {
  readonly ahead?: number | undefined;
  readonly stands?: boolean;
  /** The last date that was given to a write, in milliseconds since 1970. */
  readonly lastStamp?: number | undefined;
};

/**
 * The platform's time, and what a test added to it: `ahead`, to begin with. One that stands begins at the same time in every
 * run and goes on only when it is moved; the time of fake timers is as good, since a test moves it, too.
 */
export const createClock = ({ ahead = 0, stands = false, lastStamp }: ClockStart = {}): MovableClock => {
  const beginning = ahead;
  const begun = (): number => (stands && !isTimeFake() ? STANDS_AT : Date.now());
  const now = (): number => begun() + ahead;
  const stamps = createStamps(now, lastStamp);
  return {
    ...stamps,
    now,
    advance: (by) => {
      const further = ahead + toMilliseconds(by);
      if (begun() + further > LATEST) {
        throw new RangeError('Failed to advance the clock: no date comes after the year 9999.');
      }
      ahead = further;
    },
    ahead: () => ahead,
    reset: () => {
      stamps.reset();
      ahead = beginning;
    },
  };
};
