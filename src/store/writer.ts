import type { Commit } from './commit.ts';
import type { Persistence, Snapshot } from './persistence.ts';

/** Brings commits to the persistence, in order, many with one write. */
export interface Writer {
  /** Resolves when the commit is safe, and rejects when it was taken back; undefined where nothing is kept anyway. */
  add(commit: Commit): Promise<void> | undefined;
  /** Resolves when all that was added so far is safe; undefined when it is already. */
  settled(): Promise<void> | undefined;
  /** What is not safe yet, the oldest first. */
  pending(): Commit[];
  /** Puts the snapshot in place of all that was written before. */
  replace(snapshot: Snapshot): Promise<void>;
}

type Fate = {
  /** The commit is safe. */
  keep(commit: Commit): void;
  /** The commit could not be kept and must be undone; the newest comes first. */
  revert(commit: Commit): void;
};

type Batch = { readonly commits: Commit[]; done: Promise<void>; failure?: { readonly cause: unknown } };

/**
 * While one batch is being written the next one gathers. When a batch fails, the one that gathered behind it was built on
 * what is now undone: both are reverted, the newest commit first, and both reject.
 */
export const createWriter = (persistence: Persistence | undefined, fate: Fate): Writer => {
  const unsafe = new Set<Batch>();
  let gathering: Batch | undefined;
  let queue: Promise<void> = Promise.resolve();
  let last: Promise<void> | undefined;

  const enqueue = (work: () => Promise<void>): Promise<void> => {
    const done = queue.then(work);
    const settle = (): void => {
      if (last === done) last = undefined;
    };
    last = done;
    queue = done.then(settle, settle);
    return done;
  };

  const revert = (batch: Batch): void => {
    for (const commit of batch.commits.splice(0).reverse()) fate.revert(commit);
  };

  const write = async (batch: Batch, to: Persistence): Promise<void> => {
    if (batch.failure) throw batch.failure.cause;
    if (gathering === batch) gathering = undefined;
    try {
      await to.append(batch.commits.flatMap((commit) => commit.changes));
    } catch (cause) {
      const stranded: Batch | undefined = gathering;
      gathering = undefined;
      for (const lost of [stranded, batch]) {
        if (lost) revert(Object.assign(lost, { failure: { cause } }));
      }
      throw cause;
    }
    for (const commit of batch.commits) fate.keep(commit);
  };

  const start = (to: Persistence): Batch => {
    const batch: Batch = { commits: [], done: Promise.resolve() };
    batch.done = enqueue(() => write(batch, to));
    unsafe.add(batch);
    const end = (): void => void unsafe.delete(batch);
    batch.done.then(end, end); // whoever waits for it hears of a failure
    return batch;
  };

  return {
    add(commit) {
      if (!persistence) return void fate.keep(commit);
      gathering ??= start(persistence);
      gathering.commits.push(commit);
      return gathering.done;
    },
    settled: () => last,
    pending: () => [...unsafe].flatMap(({ commits }) => commits),
    async replace(snapshot) {
      gathering = undefined;
      if (persistence) await enqueue(() => persistence.replace(snapshot));
    },
  };
};
