const IDLE = 1000;
/** An editor may still be at work on the file that it saves. */
const EDIT_IDLE = 200;
/** After so long the file is brought up to date even while something is written all the time … */
const LONGEST_WAIT = 10_000;
/** … unless that takes so much time that it would slow everything down. */
const WAIT_PER_COST = 20;
const RETRY = 5000;

/** Chooses the moments at which the journal is folded into its file. */
export interface FoldSchedule {
  /** Something was written; `isLarge`: the journal has outgrown the file. */
  noteWrite(isLarge: boolean): void;
  /** The file was changed by another hand. */
  noteEdit(): void;
  stop(): void;
}

/** Folds when nothing was written for a second, and at once when the journal is large; after a failure, some seconds later. */
export const createFoldSchedule = (fold: () => Promise<void>, warn: (message: string) => void): FoldSchedule => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dirtySince: number | undefined;
  let editAt: number | undefined;
  let lastCost = 0;
  let notBefore = 0;
  let lastWarning = '';
  let isStopped = false;

  const start = (delay: number): void => {
    clearTimeout(timer);
    if (!isStopped) timer = setTimeout(run, delay).unref();
  };

  const run = async (): Promise<void> => {
    const startedAt = performance.now();
    dirtySince = undefined;
    editAt = undefined;
    try {
      await fold();
      lastCost = performance.now() - startedAt;
      lastWarning = '';
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (message !== lastWarning) warn(message);
      lastWarning = message;
      notBefore = performance.now() + RETRY;
      start(RETRY);
    }
  };

  return {
    noteWrite(isLarge) {
      const now = performance.now();
      dirtySince ??= now;
      const latest = Math.min(dirtySince + Math.max(LONGEST_WAIT, lastCost * WAIT_PER_COST), editAt ?? Infinity);
      start(Math.max(isLarge ? 0 : Math.min(IDLE, latest - now), editAt ? 0 : notBefore - now, 0));
    },
    noteEdit() {
      editAt = performance.now() + EDIT_IDLE;
      start(EDIT_IDLE);
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
};
