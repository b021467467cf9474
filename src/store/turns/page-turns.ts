import { createDatabaseTurns } from './database-turns.ts';
import { toMark, untilWritten } from './written.ts';

/** Work that the pages of an origin do one after the other. */
export interface PageTurns {
  run<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Lets go of what other pages look at. */
  end(): void;
}

/**
 * Gives each page its turn at an entry of `localStorage`, and in it what the page before has written. Browsers bring that from
 * one process to another a moment later only. So the last writer holds a lock whose name says what has to stand there, since
 * the names of locks are known everywhere at once. Where there are no locks, as without HTTPS, a database takes their place.
 */
export const createPageTurns = (key: string, read: () => string | null): PageTurns => {
  const name = `parse-users-emulator:${key}`;
  const byDatabase = createDatabaseTurns(key, read);
  let letGo = (): void => undefined;

  const findLast = async (
    locks: LockManager,
  ): Promise<{ readonly count: number; readonly mark: string } | undefined> => {
    const { held = [] } = await locks.query();
    const written = held.flatMap((lock) => {
      const [own, count, mark] = (lock.name ?? '').split('\n');
      return own === name && mark !== undefined ? [{ count: Number(count), mark }] : [];
    });
    return written.sort((one, other) => other.count - one.count)[0];
  };

  /** Resolves once the lock is held, until the next one is. */
  const hold = (locks: LockManager, lockName: string): Promise<void> =>
    new Promise((resolve) => {
      void locks.request(lockName, () => {
        letGo();
        resolve();
        return new Promise<void>((release) => {
          letGo = release;
        });
      });
    });

  return {
    run(work) {
      const locks = globalThis.navigator?.locks;
      if (!locks) return globalThis.indexedDB ? byDatabase.run(work) : work();
      return locks.request(name, async () => {
        const last = await findLast(locks);
        if (last) await untilWritten(() => toMark(read()) === last.mark);
        const before = read();
        try {
          return await work();
        } finally {
          const after = read();
          if (after !== before) await hold(locks, `${name}\n${(last?.count ?? 0) + 1}\n${toMark(after)}`);
        }
      });
    },
    end() {
      letGo();
      byDatabase.end();
    },
  };
};
