import { createExecutor } from '../graphql/execution/execute.ts';
import { checkRootField, isForeignDocument } from '../graphql/schema/root-fields.ts';
import { createSchemaSource, type SchemaSource } from '../graphql/schema/source.ts';
import { createApp } from '../http/app.ts';
import { withFaults } from '../http/live-faults.ts';
import type { Parts } from '../http/parts.ts';
import { createUnreadyAnswer } from '../http/routes/unready.ts';
import { createEvents, type Events, type EventsOfApplication, type Watcher } from '../http/steering/events.ts';
import type { Faults } from '../http/steering/faults.ts';
import type { Intercept } from '../http/steering/intercepts.ts';
import type { LoggedRequest } from '../http/steering/logged-request.ts';
import { createSnapshots } from '../http/steering/snapshots.ts';
import { type Fetch, toFetch } from '../http/wire/fetch.ts';
import type { HttpRequest, HttpResponse, RequestHandler } from '../http/wire/message.ts';
import type { Live } from '../live/hub.ts';
import { createClock, type Duration, type Moment } from '../operations/clock.ts';
import type { Context } from '../operations/context.ts';
import { createState, type SeedSettings, type State } from '../operations/fixtures/state.ts';
import { graphQLConfig } from '../operations/graphql-config.ts';
import type { Outbox } from '../operations/outbox.ts';
import { createTriggerTable } from '../operations/triggers/table.ts';
import type { Fixtures } from '../options/adapters.ts';
import type { Options } from '../options/table.ts';
import type { GraphQLConfig } from '../parse/graphql-config.ts';
import { rest } from '../rest/routes.ts';
import type { Snapshot } from '../store/persistence.ts';
import { type Clients, createClients } from './clients.ts';
import { type Cloud, createCloud } from './cloud.ts';
import { createContext, createMemory } from './context.ts';
import { withLive } from './live.ts';
import { type Start, type Surroundings, timeOf } from './start.ts';
import { createSuite } from './suite.ts';
import { createTellingOutbox, tellClock, tellCommits, tellState } from './telling.ts';
import { createUsers, type Users } from './users.ts';

/** The emulator of one application and one state. */
export interface Core extends Clients {
  /** The options that it was made with, defaults filled in. */
  readonly options: Options;
  /** Answers a request in plain data; never rejects. */
  readonly handle: RequestHandler;
  /** Answers a web-standard request, as `fetch` would if it asked a Parse Server. */
  readonly fetch: Fetch;
  /** Resolves when the state was read; requests wait for it. Rejects when it cannot be read. */
  readonly ready: Promise<void>;
  /** The mail that would have been sent, the oldest first; `outbox.waitFor({ to, kind })` waits for one. */
  readonly outbox: Outbox;
  /** Users without detours: made, found, logged in without a password, verified. */
  readonly users: Users;
  /** The last hundred requests with their answers, the oldest first, without passwords, tokens and keys. */
  readonly requests: readonly LoggedRequest[];
  /** Misbehaviour on request: `faults.add({ operation: 'logIn', latency: [100, 900], times: 3 })`. `reset` clears it. */
  readonly faults: Faults;
  /**
   * Answers a root field in the emulator's place until `reset`, or (`once`) for one call, whatever the operation is called. Throw a
   * `ParseError` to refuse; answer undefined to let the emulator answer. Returns how to end it. Throws for a name that is not a root field.
   */
  intercept(
    field: string,
    intercept: Intercept,
    settings?: {
      /** Whether it is for one call only. @default false */
      readonly once?: boolean;
    },
  ): () => void;
  /** The emulator's time: sessions and links expire by it. */
  readonly clock: {
    /** The time, in milliseconds since 1970. */
    now(): number;
    /** Moves it on: `{ hours: 2 }`. Throws RangeError for a name or a number that makes no time. */
    advance(by: Duration): void;
    /** Puts it to a moment, before or behind the present one. Throws RangeError for what is not a moment. */
    set(moment: Moment): void;
    /** Lets it stand still, until `go` or a reset. */
    stop(): void;
    /** Lets it go on from where it stands. */
    go(): void;
    /** Whether `stop` lets it stand still. */
    isStopped(): boolean;
  };
  /**
   * Calls `watcher` with what happens from now on, also in the emulator's further applications: requests, mail, changes, the clock.
   * Returns how to stop. What `watcher` throws is lost.
   */
  watch(watcher: Watcher): () => void;
  /**
   * Adds fixtures to the state, with `ifEmpty` only to one without objects; `reset` comes back to here. Rejects with the place of a
   * mistake, and then loads nothing.
   */
  seed(fixtures: Fixtures, settings?: SeedSettings): Promise<void>;
  /** Back to the seed: objects, outbox, requests, faults, intercepts and time; sockets of live queries are closed. In memory it has happened when the call returns. */
  reset(): Promise<void>;
  /** The whole state, as plain JSON. Throws before the state was read: await `ready`. */
  snapshot(): Snapshot;
  /** Puts a snapshot in place of the state. Rejects with the place of a mistake, and then changes nothing. */
  restore(snapshot: Snapshot): Promise<void>;
  /** Whether a GraphQL document asks for root fields of which the emulator has none. */
  isForeign(query: string): boolean;
  /** Live queries: hosts connect sockets to it; nothing is live unless the option `liveQuery` says so. */
  readonly live: Live;
  /** The GraphQL schema in the schema definition language. */
  printSchema(): string;
  /** Ends the emulator once all is safe. */
  close(): Promise<void>;
  /** The same, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** A core, and what its forks and further applications begin with. */
export type ForkableCore = Core & {
  /** Where it stands now. */
  start(): Start;
  /** What `reset` comes back to. */
  baseline(): Start;
  /** Whether the state was read. */
  isReady(): boolean;
  /** What happens in it, for the emulator that it is an application of. */
  readonly events: EventsOfApplication;
};

/** The state as it is read. */
type Reading = Pick<State, 'ready' | 'whenReady' | 'isReady'>;

type Door = Pick<Reading, 'ready' | 'whenReady'> & { readonly handle: RequestHandler };

/** Answers requests once the state was read and cloud code, if there is any, was loaded; until they can be, it tells why not. */
const openDoor = (parts: Parts, reading: Reading, cloud: Cloud): Door => {
  const app = createApp(parts);
  const answer: RequestHandler = cloud.isNeeded ? (request) => cloud.around(request, () => app(request)) : app;
  const answerUnready = createUnreadyAnswer(parts.log);
  let loading: Promise<void> | undefined;
  const load = (): Promise<void> => {
    loading ??= cloud.load(parts, answer);
    return loading;
  };
  const { ready, whenReady } = cloud.isNeeded
    ? { ready: reading.ready.then(load), whenReady: () => reading.whenReady().then(load) }
    : reading;
  ready.catch(() => undefined); // whoever waits for it, or asks, is told
  const handleLater = (request: HttpRequest): Promise<HttpResponse> =>
    whenReady().then(
      () => answer(request),
      (error: unknown) => answerUnready(request, error),
    );
  const isOpen = (): boolean => !cloud.isNeeded && reading.isReady();
  return { ready, whenReady, handle: (request) => (isOpen() ? answer(request) : handleLater(request)) };
};

/** The GraphQL schema of an emulator. Throws for `typeDefs` and a `graphQLConfig` that make none. */
const createSchemaOf = ({ options, schemas, store, log, functions }: Context, shown: Start['shown']): SchemaSource => {
  const hasSessions = (): boolean => store.version('_Session') > 0;
  const config = (): GraphQLConfig => graphQLConfig({ store, options });
  const schema = createSchemaSource(schemas, options, hasSessions, log, functions.names, config, shown);
  if (options.typeDefs || options.graphQLConfig) schema.get(); // so that a mistake in it is found here and not by a request
  return schema;
};

/** The intercepts that a test sets. */
const toSteering = (
  { intercepts }: Pick<ReturnType<typeof createSuite>, 'intercepts'>,
  schema: SchemaSource,
): Pick<Core, 'intercept'> => ({
  intercept: (field, intercept, { once = false } = {}) => {
    checkRootField(field, schema.get());
    return intercepts.add(field, intercept, once);
  },
});

const schemaParts = ({ get, ready, getLean }: SchemaSource) => ({ getSchema: get, ready, getLeanSchema: getLean });

/** Ready, with the schema that a function of the application promises. */
const withSchema = (ready: Promise<void>, schema: SchemaSource, { typeDefs }: Options): Promise<void> => {
  if (typeof typeDefs !== 'function') return ready;
  const whole = ready.then(() => schema.ready());
  whole.catch(() => undefined); // whoever waits for it, or asks, is told
  return whole;
};

/** What the rooms share, all of which tells of itself. */
const createShared = (
  options: Options,
  { snapshot, passwords = createMemory(options), ended, ...time }: Start,
  events: Events,
  cloud: Cloud,
  whenReady: () => Promise<void>,
) => {
  const stands = options.deterministic !== undefined;
  const clock = tellClock(createClock({ ...time, stands }), events);
  const { outbox, add: addMail, clear: clearOutbox } = createTellingOutbox(events);
  const { context, live } = withLive(createContext(options, clock, addMail, cloud, passwords, ended), cloud, whenReady);
  if (snapshot) context.store.load(snapshot);
  const history = tellCommits(context.store, clock, events);
  const onEdit = (): void => events.tell(() => ({ kind: 'state', by: 'edit' }));
  return {
    clock,
    outbox,
    clearOutbox,
    passwords,
    context,
    live,
    history,
    snapshots: createSnapshots(clock),
    whole: tellState(createState(context, onEdit), events, history),
  };
};

/** What an emulator has seen, for one that begins with it. */
const seenOf = ({ endedSessions }: Context, schema: SchemaSource): Pick<Start, 'shown' | 'ended'> => ({
  shown: schema.shown(),
  ended: endedSessions?.list(),
});

/** Wires the rooms together. */
export const createCore = (options: Options, start: Start = {}, { above, say }: Surroundings = {}): ForkableCore => {
  const events = createEvents(options.appId, above);
  const cloud = createCloud(options, createTriggerTable(options.triggers, options.fileTriggers));
  const shared = createShared(options, start, events, cloud, () => door.whenReady());
  const { clock, outbox, clearOutbox, passwords, context, live, whole } = shared;
  const { isReady, reset: resetState, ...state } = whole;
  const { log } = context;
  const schema = createSchemaOf(context, start.shown);
  const { clear, persistedQueries, ...suite } = createSuite(options, context, events, schema, say);
  const reset = (): Promise<void> => {
    for (const clearPart of [clearOutbox, clear, passwords.clear, live.close, clock.reset]) clearPart();
    return resetState();
  };
  const { intercept } = toSteering(suite, schema);
  const users = createUsers(context, () => door.whenReady());
  const clients = createClients(options, users);
  const parts = {
    ...context,
    ...suite,
    textOf: persistedQueries.textOf,
    execute: createExecutor({ ...schemaParts(schema), persistedQueries, log, options }),
    rest,
    control: { ...shared, ...state, reset, users, clients, intercept, subscriptions: live.list },
  };
  const door: Door = openDoor(parts, { ...state, isReady }, cloud);
  const close = async (): Promise<void> => {
    for (const endPart of [events.end, live.close]) endPart();
    await state.close().finally(cloud.close);
  };
  return {
    ...state,
    ready: withSchema(door.ready, schema, options),
    ...clients,
    users,
    options,
    handle: door.handle,
    fetch: toFetch(door.handle, options.serverURL),
    outbox,
    get requests() {
      return suite.requests.list();
    },
    faults: suite.faults,
    intercept,
    isReady,
    watch: (watcher) => events.watch(watcher),
    events,
    clock,
    live: withFaults(live, suite.faults),
    start: () => ({ snapshot: state.snapshot(), ...timeOf(clock), ...seenOf(context, schema), passwords }),
    baseline: () => ({ snapshot: state.baseline(), shown: schema.shown(), passwords }),
    reset,
    close,
    isForeign: (query) => isForeignDocument(query, schema.get()),
    printSchema: schema.print,
    [Symbol.asyncDispose]: close,
  };
};
