import type { MovableClock } from '../operations/clock.ts';
import type { PasswordMemory } from '../operations/password-memory.ts';
import type { ClassSchema } from '../parse/classes/schema.ts';
import type { Snapshot } from '../store/persistence.ts';

/** What an emulator begins with. */
export type Start = {
  readonly snapshot?: Snapshot;
  readonly ahead?: number | undefined;
  readonly stoppedAt?: number | undefined;
  /** The last date that was given to a write. */
  readonly lastStamp?: number | undefined;
  /** The classes that GraphQL shows. */
  readonly shown?: readonly ClassSchema[] | undefined;
  /** What is known of passwords: forks need not find it out anew. */
  readonly passwords?: PasswordMemory | undefined;
};

/** The time of a clock, for an emulator that begins with it. */
export const timeOf = (clock: MovableClock): Pick<Start, 'ahead' | 'stoppedAt' | 'lastStamp'> => ({
  ahead: clock.ahead(),
  lastStamp: clock.lastStamp(),
  stoppedAt: clock.isStopped() ? clock.now() : undefined,
});
