import type { Change } from '../../store/persistence.ts';
import { createSerial } from '../../store/serial.ts';
import { toEntryJson } from './journal/lines.ts';

/** The changes of one commit, and the JSON that stands for them in the journal. */
export type JournalCommit = { readonly json: string; readonly changes: readonly Change[] };

/** Commits that are made safe together. */
export interface GroupCommit {
  /** Resolves when the commit is safe; rejects when it is not kept. */
  add(changes: readonly Change[]): Promise<void>;
  /** Resolves when nothing is waiting any more. */
  drain(): Promise<void>;
}

type Waiting = JournalCommit & { readonly resolve: () => void; readonly reject: (error: unknown) => void };

/** While one group is written the next one gathers, so that many commits at once cost one write. */
export const createGroupCommit = (write: (commits: readonly JournalCommit[]) => Promise<void>): GroupCommit => {
  const serial = createSerial();
  let waiting: Waiting[] = [];

  const flush = async (): Promise<void> => {
    const group = waiting;
    waiting = [];
    try {
      await write(group);
      for (const { resolve } of group) resolve();
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  };

  return {
    add: (changes) =>
      new Promise((resolve, reject) => {
        const isFirst = waiting.push({ json: toEntryJson(changes), changes, resolve, reject }) === 1;
        if (isFirst) serial(flush);
      }),
    drain: () => serial(async () => undefined),
  };
};
