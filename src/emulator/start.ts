import type { Shown } from '../graphql/schema/source.ts';
import type { Say } from '../http/explanations/say.ts';
import type { EventsOfApplication } from '../http/steering/events.ts';
import type { MovableClock } from '../operations/clock.ts';
import type { EndedSessions } from '../operations/context.ts';
import type { PasswordMemory } from '../operations/password-memory.ts';
import type { Snapshot } from '../store/persistence.ts';

/** What an emulator begins with. */
export type Start = {
  readonly snapshot?: Snapshot;
  readonly ahead?: number | undefined;
  readonly stoppedAt?: number | undefined;
  /** The last date that was given to a write. */
  readonly lastStamp?: number | undefined;
  /** What GraphQL has shown. */
  readonly shown?: Shown | undefined;
  /** What is known of passwords: forks need not find it out anew. */
  readonly passwords?: PasswordMemory | undefined;
  /** The sessions that are over. */
  readonly ended?: ReturnType<EndedSessions['list']> | undefined;
};

/** What surrounds an emulator. */
export type Surroundings = {
  /** Hears of what happens in it, too: that of which it is a further application. */
  readonly above?: EventsOfApplication | undefined;
  /** The words of its explanations. */
  readonly say?: Say | undefined;
};

/** The time of a clock, for an emulator that begins with it. */
export const timeOf = (clock: MovableClock): Pick<Start, 'ahead' | 'stoppedAt' | 'lastStamp'> => ({
  ahead: clock.ahead(),
  lastStamp: clock.lastStamp(),
  stoppedAt: clock.isStopped() ? clock.now() : undefined,
});
