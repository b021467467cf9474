import { UserError } from '../../parse/user-error.ts';
import type { Commit } from '../../store/commit.ts';
import { type Happening, toHappenings } from '../../store/happenings.ts';
import type { Store } from '../../store/store.ts';

/** What was written together, by one request or one call. */
export type PastWrite = {
  /** Counts the writes, from 1. */
  readonly id: number;
  /** When it was safe: ISO text in UTC, by the emulator's clock. */
  readonly at: string;
  /** The objects, and what became of each. */
  readonly changes: readonly Happening[];
};

/** The last writes, and how to take them back. */
export interface History {
  /** Takes note of a write that is safe. */
  note(commit: Commit): void;
  /** The writes that can be taken back, the newest first. */
  list(): readonly PastWrite[];
  /** Takes the newest back, and returns it. Throws when there is none, or when something else has changed its objects since. */
  undo(store: Store): PastWrite;
  clear(): void;
}

type Kept = { readonly id: number; readonly at: number; readonly commit: Commit };

const MOST_WRITES = 50;
/** A write of more objects than this is not kept: a file that was taken in is taken back by a snapshot. */
const MOST_CHANGES = 5000;

const show = ({ id, at, commit }: Kept): PastWrite => ({
  id,
  at: new Date(at).toISOString(),
  changes: toHappenings(commit.changes, commit.undo),
});

const takeBack = ({ changes, undo }: Commit, store: Store): void =>
  store.transact((transaction) => {
    const last = new Map(changes.map((change) => [`${change.className} ${change.objectId}`, change]));
    for (const { className, objectId, record } of last.values()) {
      if ((transaction.get(className, objectId) ?? null) === record) continue;
      throw new UserError(`Failed to undo: ${className} ${objectId} has changed since`);
    }
    for (const { className, objectId, before } of [...undo].reverse()) {
      if (before) transaction.put(className, before);
      else transaction.delete(className, objectId);
    }
  });

/** Keeps the last writes. They share their records with the state, so that it costs next to nothing. */
export const createHistory = ({ now }: { now(): number }): History => {
  const kept: Kept[] = [];
  let count = 0;
  let isUndoing = false;
  return {
    note(commit) {
      if (isUndoing) return;
      count += 1;
      if (commit.changes.length > MOST_CHANGES)
        kept.splice(0); // what came before cannot be taken back without it
      else kept.push({ id: count, at: now(), commit });
      if (kept.length > MOST_WRITES) kept.shift();
    },
    list: () => kept.map(show).reverse(),
    undo(store) {
      const newest = kept.at(-1);
      if (!newest) throw new UserError('Failed to undo: nothing was written that could be taken back');
      isUndoing = true;
      try {
        takeBack(newest.commit, store);
      } finally {
        isUndoing = false;
      }
      kept.pop();
      return show(newest);
    },
    clear: () => void kept.splice(0),
  };
};
