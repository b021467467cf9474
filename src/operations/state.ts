import type { Snapshot } from '../store/persistence.ts';
import type { Context } from './context.ts';
import { addToSnapshot, isAsItWas, toSnapshot } from './fixtures.ts';
import { defineClasses } from './schema-definitions.ts';
import { createTakeUp, withoutState } from './take-up.ts';

/** The emulator's state as a whole. */
export interface State {
  /** Resolves when the state was read. Rejects when it cannot be. */
  readonly ready: Promise<void>;
  /** Whether there is nothing to wait for. */
  isReady(): boolean;
  seed(fixtures: unknown): Promise<void>;
  /** Back to the seed; at once, unless the state is still being read. */
  reset(): Promise<void>;
  /** What `reset` comes back to. */
  baseline(): Snapshot;
  /** All of it, as plain JSON; not to be changed. */
  snapshot(): Snapshot;
  restore(snapshot: unknown): Promise<void>;
  close(): Promise<void>;
}

// What a person wrote is completed once, and kept so: else every start would give it other ids.
const take = async (found: Snapshot, context: Context): Promise<void> => {
  const snapshot = await toSnapshot(found, context);
  if (isAsItWas(found, snapshot)) context.store.load(snapshot);
  else await context.store.replace(snapshot);
};

// Chance that a test fixes follows from what is there: it repeats itself after a reset, and never makes an id that is taken.
const beginChance = ({ random, store }: Context): void => {
  if (!random.begin) return;
  const ids = Object.entries(store.snapshot()).map(([className, rows]) => [
    className,
    rows.map((row) => row['objectId']),
  ]);
  random.begin(JSON.stringify(ids));
};

const replace = async (snapshot: Snapshot, context: Context): Promise<void> => {
  const done = context.store.replace(snapshot); // it is in place already, and on its way to where it is kept
  beginChance(context);
  await done;
};

/** The same, and what is under way meanwhile is none of the new state's business. */
const beginAnew = (snapshot: Snapshot, context: Context): Promise<void> => {
  context.store.leave();
  return replace(snapshot, context);
};

const end = async (ready: Promise<void>, { store, options }: Context): Promise<void> => {
  await ready.catch(() => undefined);
  await store.settled()?.catch(() => undefined);
  await options.persistence?.close?.();
};

/** Reads the state, if it is kept anywhere, and puts the classes of the options in place. */
export const createState = (context: Context): State => {
  const { options, schemas, store } = context;
  const { persistence, schema } = options;
  let baseline: Snapshot = {};
  const own = new WeakSet<object>(); // snapshots of our own making, which need no second look
  let isReady = !persistence;

  const begin = (): void => {
    if (schema) store.transact((transaction) => defineClasses(schema, schemas, transaction));
    baseline = store.snapshot();
    beginChance(context);
  };

  const read = async (): Promise<void> => {
    const found = await persistence?.read();
    if (found) await take(found, context);
    begin();
    await store.settled();
    isReady = true;
    const takeUp = createTakeUp(context);
    persistence?.onExternalChange?.(async (changed) => {
      const snapshot = await takeUp(changed);
      begin(); // what a person has changed counts as the start: `reset` must not undo it
      return snapshot;
    });
  };

  if (isReady) begin(); // at once: an emulator without a file needs nothing to be waited for
  const ready = isReady ? Promise.resolve() : read();
  ready.catch(() => undefined); // whoever waits for it hears of it

  return {
    ready,
    isReady: () => isReady,
    async seed(fixtures) {
      await ready;
      const added = await toSnapshot(fixtures, context);
      await replace(addToSnapshot(store.snapshot(), added), context);
      baseline = store.snapshot();
    },
    async reset() {
      if (!isReady) await ready;
      await beginAnew(baseline, context);
    },
    baseline: () => baseline,
    snapshot() {
      const snapshot = store.snapshot();
      own.add(snapshot);
      return snapshot;
    },
    async restore(snapshot) {
      await ready;
      const isOwn = own.has(snapshot as object);
      await beginAnew(isOwn ? (snapshot as Snapshot) : await toSnapshot(snapshot, withoutState(context)), context);
    },
    close: () => end(ready, context),
  };
};
