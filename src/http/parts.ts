import type { RootFieldHook } from '../graphql/context.ts';
import type { Execute } from '../graphql/execution/execute.ts';
import type { LiveListing } from '../live/hub.ts';
import type { MovableClock } from '../operations/clock.ts';
import type { Auth, Context, RequestFacts } from '../operations/context.ts';
import type { Outbox } from '../operations/outbox.ts';
import type { JsonObject } from '../parse/record.ts';
import type { Refusals, Rest } from '../rest/routes.ts';
import type { Snapshot } from '../store/persistence.ts';
import type { RateLimits } from './credentials/rate-limits.ts';
import type { Say } from './explanations/say.ts';
import type { TextOf } from './steering/client-call.ts';
import type { Events } from './steering/events.ts';
import type { ActiveFaults, Fault } from './steering/faults.ts';
import type { History } from './steering/history.ts';
import type { Intercept, Intercepts } from './steering/intercepts.ts';
import type { Notes } from './steering/notes.ts';
import type { RequestsLog } from './steering/requests-log.ts';
import type { Snapshots } from './steering/snapshots.ts';
import type { HttpRequest } from './wire/message.ts';

/** Where a request comes from that never was on a wire. */
const LOOPBACK = '127.0.0.1';

/** What tests in other processes may do to the emulator. What throws does so with a message for the caller. */
export interface Control {
  readonly outbox: Outbox;
  clearOutbox(): void;
  /** Back to the seed. */
  reset(): void | Promise<void>;
  seed(fixtures: unknown, settings?: { readonly ifEmpty?: boolean }): void | Promise<void>;
  snapshot(): Snapshot;
  restore(snapshot: unknown): void | Promise<void>;
  readonly clock: Pick<MovableClock, 'now' | 'advance' | 'set' | 'stop' | 'go' | 'isStopped'>;
  readonly users: ControlUsers;
  /** What `reset` comes back to. */
  baseline(): Snapshot;
  /** States with names. */
  readonly snapshots: Snapshots;
  /** Who is subscribed to what. */
  subscriptions(): readonly LiveListing[];
  /** The last writes. */
  readonly history: History;
  readonly clients: ControlClients;
  /** Answers a root field in the emulator's place; returns how to end it. Throws for a name that is not a root field. */
  intercept(field: string, intercept: Intercept, settings: { readonly once?: boolean }): () => void;
}

/** Users without detours. What is given is looked at where it is used. */
export interface ControlUsers {
  create(fields: JsonObject & { readonly username: string }): Promise<JsonObject>;
  find(username: string): Promise<JsonObject | undefined>;
  logIn(username: string): Promise<string>;
  verifyEmail(username: string): Promise<void>;
}

/** Ways to be logged in at once. */
export interface ControlClients {
  headersFor(username?: string): Promise<{ readonly [name: string]: string }>;
  storageStateFor(username: string, place: { readonly origin: string; readonly key?: string }): Promise<unknown>;
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
  readonly events?: Events;
  /** The words of explanations; those of a program, if not given. */
  readonly say?: Say | undefined;
};

/** What a request has for itself, from its arrival on: a reset in the meantime is not its business. */
export type RequestScope = Pick<Context, 'store' | 'random' | 'mail'> & {
  /** Is asked before root fields. */
  readonly rootFieldHook?: RootFieldHook | undefined;
  /** What the calls of a batch are refused with, by their places. */
  readonly refusals?: Refusals | undefined;
  /** What its session is taken for. */
  readonly session?: Fault['session'] | undefined;
  /** What becomes known on the way, for the log of requests. */
  readonly notes: Notes;
};

/** Begins the scope of a request. */
export const createRequestScope = ({ store: shared, random, mail }: Parts): RequestScope => {
  const store = shared.forOne();
  return {
    notes: { hidden: [] },
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
  { store, random, mail, notes }: RequestScope,
  request: RequestFacts,
): Context => {
  notes.auth = auth;
  return {
    auth,
    request,
    notice: (notice) => void notes.hidden.push(notice),
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
    endedSessions: parts.endedSessions,
    functions: parts.functions,
    adapters: parts.adapters,
  };
};
