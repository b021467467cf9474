import { LocalStorage } from 'lowdb/browser';
import { isObject } from '../parse/record.ts';
import { UserError } from '../parse/user-error.ts';
import type { ApplyExternalChange, Persistence, Snapshot } from './persistence.ts';
import { Rows } from './rows.ts';
import { createSerial } from './serial.ts';

/** Where a page keeps the state when it says no other name. */
const DEFAULT_KEY = 'parse-users-emulator';

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error || error instanceof DOMException)) return String(error);
  if (error.name === 'QuotaExceededError') return 'the storage of this page is full';
  return error.name === 'SecurityError' ? 'this page may not use it' : error.message;
};

const attempt = <Result>(verb: string, key: string, run: () => Result): Result => {
  try {
    return run();
  } catch (error) {
    throw new UserError(`Failed to ${verb} localStorage["${key}"]: ${reasonOf(error)}`, { cause: error });
  }
};

const checkSnapshot = (value: unknown): void => {
  if (!isObject(value) || !Object.values(value).every(Array.isArray)) {
    throw new UserError('it holds no lists of objects by class name. Remove it to begin with no users');
  }
};

/** Listens for what the other pages of this origin write under the key. Answers how to stop. */
const listen = (key: string, onWrite: () => void): (() => void) => {
  const onStorage = (event: StorageEvent): void => {
    if (event.key === key || event.key === null) onWrite();
  };
  globalThis.addEventListener('storage', onStorage);
  return () => globalThis.removeEventListener('storage', onStorage);
};

/**
 * Keeps the state in the page's `localStorage`, so that a demo with MSW survives a reload; the pages of one origin share it. A
 * commit for which there is no room is refused, and the state stays as it was.
 * @param key the entry that holds it; `parse-users-emulator` if not given
 */
export const browserStorage = (key: string = DEFAULT_KEY): Persistence => {
  const serial = createSerial(); // taking up takes time, and what is written meanwhile must not be written over
  let stop = (): void => undefined;
  const open = (): LocalStorage<Snapshot> => new LocalStorage<Snapshot>(key); // late: there may be none, or no leave to use it
  const read = (): Snapshot | null =>
    attempt('read', key, () => {
      const found = open().read();
      if (found !== null) checkSnapshot(found);
      return found;
    });
  const write = (snapshot: Snapshot): void => attempt('write', key, () => open().write(snapshot));

  const takeOver = async (apply: ApplyExternalChange): Promise<void> => {
    try {
      const found = read() ?? {};
      const kept = await apply(found);
      if (kept !== found) write(kept);
    } catch (error) {
      console.warn(error instanceof Error ? error.message : error);
    }
  };

  return {
    read: async () => read(),
    append: (changes) =>
      serial(async () => {
        const rows = new Rows(read()); // another page may have written since
        rows.apply(changes);
        write(rows.snapshot());
      }),
    replace: (snapshot) => serial(async () => write(snapshot)),
    onExternalChange(apply) {
      stop();
      stop = listen(key, () => void serial(() => takeOver(apply)));
    },
    close: async () => stop(),
  };
};
