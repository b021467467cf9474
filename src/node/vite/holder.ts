import { isDeepStrictEqual } from 'node:util';
import { createEmulator, type Emulator } from '../../emulator.ts';
import type { EmulatorOptions } from '../../options/table.ts';
import type { Snapshot } from '../../store/persistence.ts';
import { jsonFile } from '../data-file/json-file.ts';
import { locate } from '../json/mistake-place.ts';
import { createLiveSockets, type Upgrade } from '../server/live-sockets.ts';
import { type Middleware, toMiddleware } from '../server/middleware.ts';
import { createPasswordWorkers } from '../server/password-workers.ts';
import { createPlaygroundAssets } from '../server/playground-assets.ts';

/** How an emulator is made: its options, and the path of its data file, if it has one. */
export type Wish = { readonly options: EmulatorOptions; readonly db: string | undefined };

/** An emulator that is ready. */
export type Running = {
  readonly wish: Wish;
  readonly emulator: Emulator;
  readonly middleware: Middleware;
  /** Takes over a connection for live queries; undefined where there are none. */
  readonly upgrade: Upgrade | undefined;
  close(): Promise<void>;
};

const create = async ({ options, db }: Wish): Promise<Running> => {
  const workers = options.passwordHasher || options.deterministic ? undefined : createPasswordWorkers();
  const emulator = createEmulator({
    playgroundAssets: createPlaygroundAssets(),
    ...(workers && { passwordHasher: workers }),
    ...options,
    ...(db !== undefined && { persistence: jsonFile(db) }),
  });
  const sockets = options.liveQuery && (await createLiveSockets(emulator));
  return {
    wish: { options, db },
    emulator,
    middleware: toMiddleware(emulator),
    upgrade: sockets?.upgrade,
    async close() {
      await sockets?.close();
      await emulator.close();
      await workers?.close();
    },
  };
};

/** Makes an emulator that is ready, with these objects if any are given. Rejects with an error when that cannot be. */
const open = async (wish: Wish, objects: Snapshot | undefined): Promise<Running> => {
  const running = await create(wish);
  try {
    await running.emulator.ready;
    if (objects) await running.emulator.restore(objects);
  } catch (error) {
    await running.close();
    throw wish.db === undefined ? error : await locate(wish.db, error);
  }
  return running;
};

/** Keeps the one emulator of a dev server, from one reload of its configuration to the next. */
export interface Holder {
  /** The server that took it last; those before it have nothing to end any more. */
  owner: object | undefined;
  /** Where the server listens, as far as it is known: it stays where it is when the configuration is loaded anew. */
  origin: string | undefined;
  /** The emulator, once changes that are under way are done; undefined when there is none. */
  running(): Promise<Running | undefined>;
  /** Makes the emulator, or makes it anew with other options and the objects that there are. Rejects when that cannot be: the old one goes on. */
  take(wish: Wish): Promise<Running>;
  /** Ends the emulator. */
  end(): Promise<void>;
}

const createHolder = (): Holder => {
  let running: Running | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(change: () => Promise<Result>): Promise<Result> => {
    const done = last.then(change);
    last = done.catch(() => undefined);
    return done;
  };

  const replace = async (old: Running, wish: Wish): Promise<Running> => {
    const objects = old.wish.db === undefined ? old.emulator.snapshot() : undefined;
    await old.close(); // a data file is one emulator's at a time
    try {
      return await open(wish, objects);
    } catch (error) {
      running = await open(old.wish, objects);
      throw error;
    }
  };

  const holder: Holder = {
    owner: undefined,
    origin: undefined,
    running: () => last.then(() => running),
    take: (wish) =>
      inTurn(async () => {
        if (!running || !isDeepStrictEqual(running.wish, wish))
          running = running ? await replace(running, wish) : await open(wish, undefined);
        return running;
      }),
    end: () =>
      inTurn(async () => {
        const old = running;
        running = undefined;
        holder.origin = undefined;
        await old?.close();
      }),
  };
  return holder;
};

/** A configuration that is loaded anew may bring this module with it: what goes on stands with the process. */
const HOLDERS = Symbol.for('parse-users-emulator/vite');

const holders = (): Map<string, Holder> => {
  const kept: unknown = Reflect.get(globalThis, HOLDERS);
  if (kept instanceof Map) return kept as Map<string, Holder>; // nobody else writes there
  const made = new Map<string, Holder>();
  Reflect.set(globalThis, HOLDERS, made);
  return made;
};

/** The holder of this name, the same one until the process ends. */
export const findHolder = (name: string): Holder => {
  const found = holders().get(name) ?? createHolder();
  holders().set(name, found);
  return found;
};
