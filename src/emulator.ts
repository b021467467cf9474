import { createExecutor } from './graphql/execute.ts';
import { isForeignDocument } from './graphql/root-fields.ts';
import { createSchemaSource } from './graphql/schema-source.ts';
import { createApp } from './http/app.ts';
import { type Fetch, toFetch } from './http/fetch.ts';
import type { Handle } from './http/message.ts';
import { createClock, type Duration, type MovableClock } from './operations/clock.ts';
import type { Context, Log } from './operations/context.ts';
import type { OutboxMail } from './operations/mail.ts';
import { bcryptPasswords } from './operations/passwords.ts';
import { cryptoRandom } from './operations/random.ts';
import { Schemas } from './operations/schemas.ts';
import { createState } from './operations/state.ts';
import type { EmulatorOptions, Options } from './options.ts';
import { resolveOptions } from './options-check.ts';
import { createRest } from './rest/routes.ts';
import type { Snapshot } from './store/persistence.ts';
import { Store } from './store/store.ts';

/** Classes and objects to start from: `schemas` as REST `/schemas` has them, and lists of objects by class name. */
export type Fixtures = { readonly [className: string]: unknown };

/** A Parse Server without a server: one `handle` (or `fetch`) answers everything. */
export interface Emulator {
  readonly options: Options;
  /** Answers a request in plain data; never rejects. */
  readonly handle: Handle;
  /** Answers a web-standard request; `url` says where it is to be taken to go, when that is not its own address. */
  readonly fetch: Fetch;
  /** Resolves when the state was read; requests wait for it. Rejects when it cannot be read. */
  readonly ready: Promise<void>;
  /** The mail that would have been sent, the oldest first. */
  readonly outbox: readonly OutboxMail[];
  /** The emulator's time: sessions and links expire by it. */
  readonly clock: { now(): number; advance(by: Duration): void };
  /** Adds fixtures to the state; `reset` comes back to here. Rejects with the place of a mistake, and then loads nothing. */
  seed(fixtures: Fixtures): Promise<void>;
  /** Back to the seed: objects, outbox and time. */
  reset(): Promise<void>;
  /** The whole state, as plain JSON. */
  snapshot(): Snapshot;
  /** Puts a snapshot in place of the state. */
  restore(snapshot: Snapshot): Promise<void>;
  /** Whether a GraphQL document asks for root fields of which the emulator has none. */
  isForeign(query: string): boolean;
  /** The GraphQL schema in the schema definition language. */
  printSchema(): string;
  /** Ends the emulator once all is safe. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

const printErrors: Log = (level, message, cause) => {
  if (level === 'error') console.error(message, cause ?? '');
};

const createContext = (options: Options, clock: MovableClock, outbox: OutboxMail[]): Context => {
  const { emailAdapter } = options;
  const store = new Store(options.persistence);
  const keep = (letter: OutboxMail): void => void outbox.push(letter);
  return {
    auth: { isMaster: true },
    store,
    options,
    clock,
    random: cryptoRandom,
    mail: { send: typeof emailAdapter === 'function' ? emailAdapter : keep },
    schemas: new Schemas(store),
    passwords: options.passwordHasher ?? bcryptPasswords,
    log: printErrors,
  };
};

/**
 * Makes an emulator. Every option may be left out; names and defaults are Parse Server's.
 * @throws Error for an option that is unknown or of the wrong type.
 */
export const createEmulator = (given: EmulatorOptions = {}): Emulator => {
  const options = resolveOptions(given);
  const clock = createClock();
  const outbox: OutboxMail[] = [];
  const context = createContext(options, clock, outbox);
  const { store, log } = context;
  const schema = createSchemaSource(context.schemas, options, () => store.version('_Session') > 0);
  if (options.typeDefs) schema.get(); // so that a mistake in it is found here and not by a request
  const { ready, isReady, seed, reset: resetState, snapshot, restore, close } = createState(context);
  const clearOutbox = (): void => void outbox.splice(0);
  const reset = async (): Promise<void> => {
    clearOutbox();
    clock.reset();
    await resetState();
  };
  const answer = createApp({
    ...context,
    execute: createExecutor({ getSchema: schema.get, getLeanSchema: schema.getLean, log }),
    rest: createRest(),
    control: { outbox: () => outbox, clearOutbox, reset, seed, snapshot, restore, advanceClock: clock.advance },
  });
  const handle: Handle = (request) => (isReady() ? answer(request) : ready.then(() => answer(request)));
  return {
    options,
    handle,
    fetch: toFetch(handle),
    ready,
    outbox,
    clock,
    seed,
    reset,
    snapshot,
    restore,
    isForeign: (query) => isForeignDocument(query, schema.get()),
    printSchema: schema.print,
    close,
    [Symbol.asyncDispose]: close,
  };
};
