import { LocalStorage } from 'lowdb/browser';
import { isObject } from '../parse/record.ts';
import { UserError } from '../parse/user-error.ts';
import { giveAway } from './frozen.ts';
import { changesBetween, findClash, withFieldsOf } from './other-pages.ts';
import { OvertakenError } from './overtaken.ts';
import type { ApplyExternalChange, Change, Persistence, Snapshot } from './persistence.ts';
import { Rows } from './rows.ts';
import { createSerial } from './serial.ts';
import { createPageTurns } from './turns/page-turns.ts';

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

/** Listens for what the other pages of this origin write under the key. Returns how to stop. */
const listen = (key: string, onWrite: () => void): (() => void) => {
  const onStorage = (event: StorageEvent): void => {
    if (event.key === key || event.key === null) onWrite();
  };
  globalThis.addEventListener('storage', onStorage);
  return () => globalThis.removeEventListener('storage', onStorage);
};

const textOf = (key: string): string | null => {
  try {
    return globalThis.localStorage.getItem(key);
  } catch {
    return null; // whoever reads or writes hears why
  }
};

/** What is to stand there, from what stands there and what of it this page has not seen. */
type Merge = (found: Snapshot, unseen: readonly Change[]) => Snapshot;

/** The entry of `localStorage`, and what of it is part of this page's state. */
class Entry {
  readonly #key: string;
  /** What this page has read and written; other pages may have written more. */
  known: Snapshot = {};

  constructor(key: string) {
    this.#key = key;
  }

  // late: there may be no storage, or no leave to use it
  #open(): LocalStorage<Snapshot> {
    return new LocalStorage<Snapshot>(this.#key);
  }

  read(): Snapshot | null {
    return attempt('read', this.#key, () => {
      const found = this.#open().read();
      if (found !== null) checkSnapshot(found);
      return found;
    });
  }

  write(snapshot: Snapshot, known: Snapshot): void {
    attempt('write', this.#key, () => this.#open().write(snapshot));
    this.known = known;
  }

  /** Makes what other pages have written a part of this page's state. */
  async takeOver(apply: ApplyExternalChange | undefined): Promise<void> {
    try {
      const found = this.read() ?? {};
      const kept = (await apply?.(giveAway(found))) ?? found;
      if (kept !== found) this.write(kept, kept);
      this.known = kept;
    } catch (error) {
      console.warn(error instanceof Error ? error.message : error);
    }
  }

  /** Writes on top of what other pages have written. Returns what contradicts that, and then nothing is written. */
  merge(merge: Merge, known: () => Snapshot): string | undefined {
    const found = this.read() ?? {};
    const merged = merge(found, changesBetween(this.known, found));
    const clash = findClash(merged);
    if (clash === undefined) this.write(merged, known());
    return clash;
  }
}

const withChanges = (snapshot: Snapshot, changes: readonly Change[]): Snapshot => {
  const rows = new Rows(snapshot);
  rows.apply(changes);
  return rows.snapshot();
};

/**
 * Keeps the state in the page's `localStorage`, so that a demo with MSW survives a reload; the pages of one origin share it. A
 * commit for which there is no room is refused, and the state stays as it was.
 * @param key the entry that holds it; `parse-users-emulator` if not given
 * @example
 * const emulator = createEmulator({ persistence: browserStorage('demo') });
 */
export const browserStorage = (key: string = DEFAULT_KEY): Persistence => {
  const serial = createSerial();
  const entry = new Entry(key);
  let stop = (): void => undefined;
  let apply: ApplyExternalChange | undefined;
  const turns = createPageTurns(key, () => textOf(key));
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => serial(() => turns.run(work));

  const takeOver = (): Promise<void> => entry.takeOver(apply);
  const keep = (merge: Merge, known: () => Snapshot): void => {
    const clash = entry.merge(merge, known);
    if (clash === undefined) return;
    const message = `Failed to write localStorage["${key}"]: another page has ${clash}`;
    throw new OvertakenError(message, inTurn(takeOver));
  };

  return {
    read: () =>
      inTurn(async () => {
        const found = entry.read();
        entry.known = found ?? {};
        return giveAway(found);
      }),
    append: (changes) =>
      inTurn(async () =>
        keep(
          (found, unseen) => withChanges(found, withFieldsOf(unseen, changes)),
          () => withChanges(entry.known, changes),
        ),
      ),
    replace: (snapshot) =>
      inTurn(async () =>
        keep(
          (_found, unseen) => withChanges(snapshot, unseen),
          () => snapshot,
        ),
      ),
    onExternalChange(next) {
      stop();
      apply = next;
      stop = listen(key, () => void inTurn(takeOver));
      void inTurn(async () => {
        const found = entry.read() ?? {};
        if (changesBetween(entry.known, found).length > 0) await takeOver(); // it was written before anybody listened
      }).catch(() => undefined); // whoever writes next hears of it
    },
    async close() {
      stop();
      turns.end();
    },
  };
};
