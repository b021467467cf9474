import { createExecutor } from './graphql/execute.ts';
import { isForeignDocument } from './graphql/root-fields.ts';
import { createSchemaSource } from './graphql/schema-source.ts';
import { createApp } from './http/app.ts';
import { type Fetch, toFetch } from './http/fetch.ts';
import type { Handle } from './http/message.ts';
import { createClock, type Duration } from './operations/clock.ts';
import type { Context, Log } from './operations/context.ts';
import { addToSnapshot, toSnapshot } from './operations/fixtures.ts';
import type { OutboxMail } from './operations/mail.ts';
import { bcryptPasswords } from './operations/passwords.ts';
import { cryptoRandom } from './operations/random.ts';
import { defineClasses } from './operations/schema-definitions.ts';
import { Schemas } from './operations/schemas.ts';
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

const silent: Log = (level, message, cause) => {
  if (level === 'error') console.error(message, cause ?? '');
};

const MASTER = { isMaster: true } as const;

const start = (options: Options, store: Store, schemas: Schemas): void => {
  const { schema } = options;
  if (schema) store.transact((transaction) => defineClasses(schema, schemas, transaction));
};

/**
 * Makes an emulator. Every option may be left out; names and defaults are Parse Server's.
 * @throws Error for an option that is unknown or of the wrong type.
 */
export const createEmulator = (given: EmulatorOptions = {}): Emulator => {
  const options = resolveOptions(given);
  const { persistence } = options;
  const store = new Store(persistence);
  const schemas = new Schemas(store);
  const clock = createClock();
  const outbox: OutboxMail[] = [];
  const log = silent;
  const { emailAdapter } = options;
  const mail = { send: typeof emailAdapter === 'function' ? emailAdapter : (letter: OutboxMail) => void outbox.push(letter) };
  const passwords = options.passwordHasher ?? bcryptPasswords;
  const parts = { store, options, clock, random: cryptoRandom, mail, schemas, passwords, log };
  const context: Context = { ...parts, auth: MASTER };
  const schemaSource = createSchemaSource(schemas, options, () => store.version('_Session') > 0);
  if (options.typeDefs) schemaSource.get(); // so that a mistake in it is found here and not by a request
  let baseline: Snapshot = {};

  const read = async (): Promise<void> => {
    const found = await persistence?.read();
    if (found) store.load(await toSnapshot(found, context));
    start(options, store, schemas);
    baseline = store.snapshot();
    await store.settled();
  };
  if (!persistence) {
    start(options, store, schemas);
    baseline = store.snapshot();
  }
  const ready = persistence ? read() : Promise.resolve();
  ready.catch(() => undefined); // whoever waits for it hears of it

  const restore = async (snapshot: unknown): Promise<void> => {
    await ready;
    const empty = { ...context, store: new Store(undefined) };
    await store.replace(await toSnapshot(snapshot, { ...empty, schemas: new Schemas(empty.store) }));
  };
  const seed = async (fixtures: unknown): Promise<void> => {
    await ready;
    const added = await toSnapshot(fixtures, context);
    await store.replace(addToSnapshot(store.snapshot(), added));
    baseline = store.snapshot();
  };
  const reset = async (): Promise<void> => {
    await ready;
    outbox.length = 0;
    clock.reset();
    await store.replace(baseline);
  };

  const answer = createApp({
    ...parts,
    execute: createExecutor({ getSchema: schemaSource.get, getLeanSchema: schemaSource.getLean, log }),
    rest: createRest(),
    control: {
      outbox: () => outbox,
      clearOutbox: () => {
        outbox.length = 0;
      },
      reset,
      seed,
      snapshot: () => store.snapshot(),
      restore,
      advanceClock: (by) => clock.advance(by),
    },
  });
  let isReady = !persistence;
  ready.then(
    () => {
      isReady = true;
    },
    () => undefined,
  );
  const handle: Handle = (request) => (isReady ? answer(request) : ready.then(() => answer(request)));
  const close = async (): Promise<void> => {
    await ready.catch(() => undefined);
    await store.settled()?.catch(() => undefined);
    await persistence?.close?.();
  };
  return {
    options,
    handle,
    fetch: toFetch(handle),
    ready,
    outbox,
    clock,
    seed,
    reset,
    snapshot: () => store.snapshot(),
    restore,
    isForeign: (query) => isForeignDocument(query, schemaSource.get()),
    printSchema: schemaSource.print,
    close,
    [Symbol.asyncDispose]: close,
  };
};
