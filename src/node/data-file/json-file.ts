import { unwatchFile, watchFile } from 'node:fs';
import { UserError } from '../../parse/user-error.ts';
import { giveAway } from '../../store/frozen.ts';
import type { ApplyExternalChange, Persistence } from '../../store/persistence.ts';
import { DataFile, type DataFileListeners } from './data-file.ts';
import { createFoldSchedule, type FoldSchedule } from './fold-schedule.ts';
import { createGroupCommit, type GroupCommit } from './group-commit.ts';

/** What a JSON file can be told. */
export type JsonFileOptions = {
  /** Takes a message that a person should see. @default console.warn */
  readonly warn?: (message: string) => void;
  /** Sets aside what stands behind the damage in a journal, and keeps the commits before it; without it, reading rejects. @default false */
  readonly repair?: boolean;
};

/** A data file as persistence. */
export interface JsonFile extends Persistence {
  /** Folds the journal into the file, and gives the file free for other processes. */
  close(): Promise<void>;
  /** Calls `apply` when a person has edited the file, half a second later at most. */
  onExternalChange(apply: ApplyExternalChange): void;
}

/** How often the file is looked at for edits by hand, in milliseconds. */
const WATCH_INTERVAL = 500;

type Opened = { readonly file: DataFile; readonly commits: GroupCommit; readonly schedule: FoldSchedule };

const open = async (path: string, listeners: DataFileListeners): Promise<Opened> => {
  const file = await DataFile.open(path, listeners);
  const schedule = createFoldSchedule(() => file.fold(), listeners.warn);
  const commits = createGroupCommit(async (group) => {
    await file.append(group);
    schedule.noteWrite(file.isJournalLarge);
  });
  watchFile(file.path, { interval: WATCH_INTERVAL, persistent: false }, () => schedule.noteEdit());
  return { file, commits, schedule };
};

/**
 * Keeps the state in a JSON file that a person reads and edits, and in `<path>.journal`, to which each commit adds a line.
 * The journal is folded into the file when nothing was written for a second, when it outgrows the file, and by `close`.
 * @example
 * const emulator = createEmulator({ persistence: jsonFile('users.json') });
 */
export const jsonFile = (path: string, options: JsonFileOptions = {}): JsonFile => {
  const { warn = (message: string): void => console.warn(message), repair = false } = options;
  let apply: ApplyExternalChange | undefined;
  let opening: Promise<Opened> | undefined;

  const opened = (): Promise<Opened> =>
    opening ?? Promise.reject(new UserError(`Failed to write ${path}: it was not read before, or is closed`));

  return {
    async read() {
      opening ??= open(path, { warn, apply: () => apply, repair });
      try {
        return giveAway(await (await opening).file.read());
      } catch (error) {
        opening = undefined;
        throw error;
      }
    },
    append: async (changes) => (await opened()).commits.add(changes),
    replace: async (snapshot) => (await opened()).file.replace(snapshot),
    async close() {
      const closing = await opening;
      opening = undefined;
      if (!closing) return;
      unwatchFile(closing.file.path);
      closing.schedule.stop();
      await closing.commits.drain();
      await closing.file.close();
    },
    onExternalChange(next) {
      apply = next;
    },
  };
};
