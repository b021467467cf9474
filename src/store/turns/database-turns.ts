import { toMark, untilWritten } from './written.ts';

const DATABASE = 'parse-users-emulator';
const TURNS = 'turns';

const openDatabase = (): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const opening = globalThis.indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(TURNS);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });

/** What a page does in its turn, with the mark that the page before has left. Answers the one that it leaves. */
type Turn = (left: unknown) => Promise<string>;

/**
 * Gives one page its turn: a transaction that writes runs alone, among all pages of the origin. It would end as soon as nothing is
 * asked of it, so that it is asked for the mark again and again until the turn is over.
 */
const takeTurn = (database: IDBDatabase, key: string, turn: Turn): Promise<void> =>
  new Promise((resolve, reject) => {
    const transaction = database.transaction(TURNS, 'readwrite');
    const turns = transaction.objectStore(TURNS);
    let isBegun = false;
    let mark: string | undefined;
    const goOn = (left: unknown): void => {
      if (!isBegun) {
        isBegun = true;
        turn(left).then(
          (made) => {
            mark = made;
          },
          () => transaction.abort(),
        );
      }
      if (mark === undefined) ask();
      else if (mark !== left) turns.put(mark, key);
    };
    const ask = (): void => {
      const asked = turns.get(key);
      asked.onsuccess = () => goOn(asked.result);
    };
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    ask();
  });

/** Work in turns by IndexedDB, which pages have that have no locks. */
export interface DatabaseTurns {
  run<Result>(work: () => Promise<Result>): Promise<Result>;
  end(): void;
}

/** Gives each page its turn at the entry of `localStorage` that `read` reads, and in it what the page before has written. */
export const createDatabaseTurns = (key: string, read: () => string | null): DatabaseTurns => {
  let opening: Promise<IDBDatabase | undefined> | undefined;

  return {
    async run(work) {
      opening ??= openDatabase().catch(() => undefined); // no leave to use it: all run at once then
      const database = await opening;
      if (!database) return work();
      let done: ReturnType<typeof work> | undefined;
      await takeTurn(database, key, async (left) => {
        if (left !== undefined) await untilWritten(() => toMark(read()) === left);
        done = work();
        await done.catch(() => undefined); // who asked for it hears of it
        return toMark(read());
      });
      return done ?? work();
    },
    end: () => void opening?.then((database) => database?.close()),
  };
};
