import type { Execute } from '../graphql/execute.ts';
import type { Duration } from '../operations/clock.ts';
import type { Auth, Context } from '../operations/context.ts';
import type { OutboxMail } from '../operations/mail.ts';
import type { Rest } from '../rest/routes.ts';
import type { Snapshot } from '../store/persistence.ts';
import type { Store } from '../store/store.ts';
import type { FaultsInUse } from './faults.ts';
import type { Intercepts } from './intercepts.ts';
import type { RequestsLog } from './requests-log.ts';

/** What tests in other processes may do to the emulator. What throws does so with a sentence for the caller. */
export interface Control {
  outbox(): readonly OutboxMail[];
  clearOutbox(): void;
  /** Back to the seed. */
  reset(): void | Promise<void>;
  seed(fixtures: unknown): void | Promise<void>;
  snapshot(): Snapshot;
  restore(snapshot: unknown): void | Promise<void>;
  advanceClock(by: Duration): void;
}

/** What `createApp` wires together: the emulator's own parts, as operations need them, and the rooms that answer. */
export type Parts = Omit<Context, 'auth'> & {
  readonly execute: Execute;
  readonly rest: Rest;
  readonly control: Control;
  readonly requests?: RequestsLog;
  readonly faults?: FaultsInUse;
  readonly intercepts?: Intercepts;
};

/** What an operation needs, for the one who asks, and with the state for this one request. */
export const toContext = (parts: Parts, auth: Auth, store: Store): Context => ({
  auth,
  store,
  options: parts.options,
  clock: parts.clock,
  random: parts.random,
  mail: parts.mail,
  schemas: parts.schemas,
  passwords: parts.passwords,
  log: parts.log,
});
