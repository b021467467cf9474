/** How long a page waits for what another one has written, in milliseconds: a person may have removed it by hand meanwhile. */
const LONGEST_WAIT = 1000;

/** Tells one text from another (FNV-1a, and the length). */
const toMark = (text: string | null): string => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < (text ?? '').length; at += 1) {
    hash = Math.imul(hash ^ (text ?? '').charCodeAt(at), 0x01000193);
  }
  return `${text?.length ?? 'none'}-${(hash >>> 0).toString(36)}`;
};

/** Resolves when `isThere`, which other pages' writing may bring about. */
const untilWritten = (isThere: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      globalThis.removeEventListener('storage', look);
      resolve();
    };
    const look = (): void => {
      if (isThere()) end();
    };
    const timer = setTimeout(end, LONGEST_WAIT);
    globalThis.addEventListener('storage', look);
    look();
  });

/** Work that the pages of an origin do one after the other. */
export interface PageTurns {
  run<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Lets go of what other pages look at. */
  end(): void;
}

/**
 * Gives each page its turn at an entry of `localStorage`, and in it what the page before has written. Browsers bring that from
 * one process to another a moment later only. So the last writer holds a lock whose name says what has to stand there, since
 * the names of locks are known everywhere at once. Where there are no locks, as without HTTPS, all run at once.
 */
export const createPageTurns = (key: string, read: () => string | null): PageTurns => {
  const name = `parse-users-emulator:${key}`;
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
      if (!locks) return work();
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
    end: () => letGo(),
  };
};
