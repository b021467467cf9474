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
      await store.replace(addToSnapshot(store.snapshot(), added));
      baseline = store.snapshot();
    },
    async reset() {
      if (!isReady) await ready;
      await store.replace(baseline);
    },
    baseline: () => baseline,
    snapshot() {
      const snapshot = store.snapshot();
      own.add(snapshot);
      return snapshot;
    },
    async restore(snapshot) {
      await ready;
      if (own.has(snapshot as object)) return store.replace(snapshot as Snapshot);
      await store.replace(await toSnapshot(snapshot, withoutState(context)));
    },
    close: () => end(ready, context),
  };
};
