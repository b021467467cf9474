import type { RootFieldHook } from '../graphql/context.ts';
import type { Execute } from '../graphql/execution/execute.ts';
import type { Duration } from '../operations/clock.ts';
import type { Auth, Context, RequestFacts } from '../operations/context.ts';
import type { OutboxMail } from '../options/adapters.ts';
import type { Refusals, Rest } from '../rest/routes.ts';
import type { Snapshot } from '../store/persistence.ts';
import type { RateLimits } from './credentials/rate-limits.ts';
import type { TextOf } from './steering/client-call.ts';
import type { ActiveFaults, Fault } from './steering/faults.ts';
import type { Intercepts } from './steering/intercepts.ts';
import type { RequestsLog } from './steering/requests-log.ts';
import type { HttpRequest } from './wire/message.ts';

/** Where a request comes from that never was on a wire. */
const LOOPBACK = '127.0.0.1';

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
export type Parts = Omit<Context, 'auth' | 'request'> & {
  readonly execute: Execute;
  readonly rest: Rest;
  readonly control: Control;
  readonly requests?: RequestsLog;
  readonly faults?: ActiveFaults;
  readonly intercepts?: Intercepts;
  readonly textOf?: TextOf;
  readonly limits?: RateLimits;
};

/** What a request has for itself, from its arrival on: a reset in the meantime is none of its business. */
export type RequestScope = Pick<Context, 'store' | 'random' | 'mail'> & {
  /** Is asked before root fields. */
  readonly rootFieldHook?: RootFieldHook | undefined;
  /** What the calls of a batch are refused with, by their places. */
  readonly refusals?: Refusals | undefined;
  /** What its session is taken for. */
  readonly session?: Fault['session'] | undefined;
};

/** Begins the scope of a request. */
export const createRequestScope = ({ store: shared, random, mail }: Parts): RequestScope => {
  const store = shared.forOne();
  return {
    store,
    random: random.forOne?.() ?? random,
    mail: { send: (letter) => (store.isOver ? undefined : mail.send(letter)) },
  };
};

/** What triggers are told of a request. */
export const toFacts = (
  { headers, peer = LOOPBACK }: HttpRequest,
  cloudContext: RequestFacts['cloudContext'] = {},
): RequestFacts => ({ headers, ip: peer, cloudContext });

/** What an operation needs, for the one who asks, in the scope of a request. */
export const toContext = (
  parts: Parts,
  auth: Auth,
  { store, random, mail }: RequestScope,
  request: RequestFacts,
): Context => ({
  auth,
  request,
  store,
  options: parts.options,
  clock: parts.clock,
  random,
  mail,
  schemas: parts.schemas,
  passwords: parts.passwords,
  log: parts.log,
  rules: parts.rules,
  triggers: parts.triggers,
  live: parts.live,
  functions: parts.functions,
  adapters: parts.adapters,
});
