import type { Clock } from './context.ts';

/** A stretch of time. */
export type Duration = {
  readonly milliseconds?: number;
  readonly seconds?: number;
  readonly minutes?: number;
  readonly hours?: number;
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
export interface MovableClock extends Clock {
  /** Moves the emulator's time on: `{ hours: 2 }`. Throws RangeError for a name or a number that makes no time. */
  advance(by: Duration): void;
  /** How far it was moved on, in milliseconds. */
  ahead(): number;
  /** Back to the platform's time. */
  reset(): void;
}

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

/** The platform's time, and what a test added to it: `ahead`, to begin with. */
export const createClock = (ahead = 0): MovableClock => {
  return {
    now: () => Date.now() + ahead,
    advance: (by) => {
      ahead += toMilliseconds(by);
    },
    ahead: () => ahead,
    reset: () => {
      ahead = 0;
    },
  };
};
