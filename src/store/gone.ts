import type { ParseRecord } from '../parse/record.ts';
import type { State, Undo } from './commit.ts';
import type { Change } from './persistence.ts';

/** Hears of a record that is there no more: it was deleted, or the state that held it was replaced. */
export type WatchGone = (record: ParseRecord, by: 'delete' | 'replace') => void;

/** Tells of the records of one class that are there no more. */
export interface Gone {
  watch(className: string, watch: WatchGone): void;
  /** Tells what a commit has deleted. */
  byCommit(changes: readonly Change[], undo: readonly Undo[]): void;
  /** Tells what a state lacks that is put in the place of another. */
  byReplacement(before: State, after: State): void;
}

/** Nobody is told until somebody watches. */
export const createGone = (): Gone => {
  let className: string | undefined;
  let tell: WatchGone = () => undefined;
  return {
    watch(of, watch) {
      className = of;
      tell = watch;
    },
    byCommit(changes, undo) {
      for (const [i, change] of changes.entries()) {
        const before = undo[i]?.before;
        if (before && !change.record && change.className === className) tell(before, 'delete');
      }
    },
    byReplacement(before, after) {
      if (className === undefined) return;
      const kept = after.get(className);
      for (const record of before.get(className)?.records() ?? []) {
        if (!kept?.get(record.objectId)) tell(record, 'replace');
      }
    },
  };
};
