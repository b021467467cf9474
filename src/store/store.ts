import type { ParseRecord } from '../parse/record.ts';
import { UserError } from '../parse/user-error.ts';
import type { Commit, State, Undo } from './commit.ts';
import { freeze } from './frozen.ts';
import { createGone, type Gone, type WatchGone } from './gone.ts';
import { indexesOf } from './indexes.ts';
import type { Change, Persistence, Snapshot } from './persistence.ts';
import { toRecord, toSnapshotRows } from './snapshot.ts';
import { Table } from './table.ts';
import { createWriter, type Writer } from './writer.ts';

/** Reading, in and outside of a transaction. */
export interface Reader {
  get(className: string, objectId: string): ParseRecord | undefined;
  /** All objects of a class, the oldest first. */
  all(className: string): Iterable<ParseRecord>;
  /** The objects whose index holds the key. Throws when the class has no such index. */
  lookUp(className: string, index: string, key: string): readonly ParseRecord[];
}

/** A transaction: what it writes is seen by its own reads at once. */
export interface Transaction extends Reader {
  put(className: string, record: ParseRecord): void;
  delete(className: string, objectId: string): void;
}

const tableOf = (tables: State, className: string): Table => {
  const present = tables.get(className);
  if (present) return present;
  const table = new Table(indexesOf(className));
  tables.set(className, table);
  return table;
};

const toTables = (snapshot: Snapshot): State => {
  const tables: State = new Map();
  for (const [key, rows] of Object.entries(snapshot)) {
    for (const row of rows) {
      const { className, record } = toRecord(key, row);
      tableOf(tables, className).write(record.objectId, record);
    }
  }
  return tables;
};

/** What stores for several who ask have in common. */
type Shared = {
  tables: State;
  readonly versions: Map<string, number>;
  readonly gone: Gone;
  replacements: number;
  writer: Writer;
  /** Whether another life has begun: nobody new will see this state. */
  isOver: boolean;
};

/**
 * The only mutable thing of the emulator: records by class and object id, with their indexes. Writing is synchronous and
 * whole; the persistence follows, and `settled` tells when it has caught up.
 */
export class Store implements Reader {
  #shared: Shared;
  /** What was written by whom this store was made for, until it is safe; undefined when that was nobody. */
  readonly #own: Promise<void>[] | undefined;
  #watch: ((commit: Commit) => void) | undefined;

  constructor(from: Persistence | undefined | Store) {
    if (from instanceof Store) {
      this.#shared = from.#shared;
      this.#own = [];
      return;
    }
    this.#shared = {
      tables: new Map(),
      versions: new Map(),
      gone: createGone(),
      replacements: 0,
      writer: this.#createWriter(from),
      isOver: false,
    };
  }

  #createWriter(persistence?: Persistence): Writer {
    return createWriter(persistence, {
      keep: (commit) => this.#keep(commit),
      revert: ({ undo, state }) => this.#revert(undo, state),
    });
  }

  /** The same store for one who asks: `settled` and `hasWritten` are about what that one writes. */
  forOne(): Store {
    return new Store(this);
  }

  /** Calls `watch` with each commit to this state from now on, once it is safe; a state that is put in its place does not count. */
  onCommit(watch: (commit: Commit) => void): void {
    this.#watch = watch;
  }

  /** Calls `watch` with each record of a class that is deleted for good, or that another state does not have. */
  onGone(className: string, watch: WatchGone): void {
    this.#shared.gone.watch(className, watch);
  }

  /** Whether the one whom `forOne` was for has written anything. */
  get hasWritten(): boolean {
    return this.#own !== undefined && this.#own.length > 0;
  }

  /** What all stores have in common that were made for those who ask of one state; a new life has another one. */
  get life(): object {
    return this.#shared;
  }

  /** Whether a new life has begun since `forOne`: what this one reads and writes is nobody else's any more. */
  get isOver(): boolean {
    return this.#shared.isOver;
  }

  get(className: string, objectId: string): ParseRecord | undefined {
    return this.#shared.tables.get(className)?.get(objectId);
  }

  all(className: string): Iterable<ParseRecord> {
    return this.#shared.tables.get(className)?.records() ?? [];
  }

  lookUp(className: string, index: string, key: string): readonly ParseRecord[] {
    const found = this.#table(className).lookUp(index, key);
    if (!found) throw new Error(`Failed to look up in ${className}: it has no index "${index}"`);
    return found;
  }

  /** A number that changes with every write to the class. */
  version(className: string): number {
    return this.#shared.versions.get(className) ?? 0;
  }

  /** Runs `run` and keeps all that it writes, or, when it throws, nothing. */
  transact<Result>(run: (transaction: Transaction) => Result): Result {
    const changes: Change[] = [];
    const undo: Undo[] = [];
    const write = (className: string, objectId: string, record: ParseRecord | null): void => {
      changes.push(Object.freeze({ className, objectId, record: freeze(record) }));
      undo.push(this.#write(className, objectId, record));
    };
    const transaction: Transaction = {
      get: (className, objectId) => this.get(className, objectId),
      all: (className) => this.all(className),
      lookUp: (className, index, key) => this.lookUp(className, index, key),
      put: (className, record) => write(className, record.objectId, record),
      delete: (className, objectId) => write(className, objectId, null),
    };
    let result: Result;
    try {
      result = run(transaction);
    } catch (error) {
      this.#revert(undo, this.#shared.tables);
      throw error;
    }
    if (changes.length > 0) this.#note(this.#shared.writer.add({ changes, undo, state: this.#shared.tables }));
    return result;
  }

  /**
   * Resolves when what was written is safe, and also what was only read; undefined when it is already. Rejects when it was
   * taken back.
   */
  settled(): Promise<void> | undefined {
    if (this.hasWritten) return Promise.all(this.#own ?? []).then(() => undefined);
    return this.#shared.writer.settled();
  }

  #note(done: Promise<void> | undefined): void {
    if (done) this.#own?.push(done);
  }

  /** The whole state. Its records are shared, not copied: they are immutable. */
  snapshot(): Snapshot {
    return Object.fromEntries(
      [...this.#shared.tables]
        .map(([className, table]) => toSnapshotRows(className, table.records()))
        .filter(([, rows]) => rows.length > 0),
    );
  }

  /** Puts another state in place of the present one, without telling the persistence. */
  load(snapshot: Snapshot): void {
    this.#use(toTables(snapshot));
  }

  /**
   * Begins a new life, before `replace`: those for whom `forOne` was asked so far go on with the state as it was, which is kept
   * nowhere. What a test has left under way must not happen to the next one.
   */
  leave(): void {
    const before = this.#shared;
    this.#shared = { ...before };
    before.isOver = true;
    before.writer = this.#createWriter();
  }

  /** Puts another state in place of the present one, here and in the persistence; when that fails, in neither. */
  async replace(snapshot: Snapshot): Promise<void> {
    const before = this.#shared.tables;
    this.load(snapshot);
    this.#shared.replacements += 1;
    try {
      await this.#shared.writer.replace(freeze(snapshot)); // it shares its records
    } catch (error) {
      this.#moveUnsafe(before);
      throw error;
    } finally {
      this.#shared.replacements -= 1;
    }
  }

  /**
   * Goes on with a state that was changed where it is kept; what is not safe yet comes on top of it. `check` sees the outcome
   * with these changes, and when it throws, the state stays as it is.
   */
  adopt(snapshot: Snapshot, check: (state: Reader, unsafe: readonly Change[]) => void): void {
    if (this.#shared.replacements > 0)
      throw new UserError('Failed to take up a change: the whole state is being replaced');
    const goBack = this.#moveUnsafe(toTables(snapshot));
    const unsafe = this.#shared.writer.pending().filter(({ state }) => state === this.#shared.tables);
    try {
      check(
        this,
        unsafe.flatMap(({ changes }) => changes),
      );
    } catch (error) {
      goBack();
      throw error;
    }
  }

  /** Goes on with these tables; what is not safe yet comes on top. Returns how to go back. */
  #moveUnsafe(tables: State): () => void {
    const before = this.#shared.tables;
    const unsafe = this.#shared.writer.pending().filter(({ state }) => state === before);
    const undone = unsafe.map(({ undo }) => undo);
    this.#use(tables);
    for (const commit of unsafe) {
      commit.undo = commit.changes.map(({ className, objectId, record }) =>
        this.#write(className, objectId, record as ParseRecord | null),
      );
      commit.state = tables;
    }
    return () => {
      this.#use(before);
      for (const [i, commit] of unsafe.entries()) Object.assign(commit, { undo: undone[i], state: before });
    };
  }

  #table(className: string): Table {
    return tableOf(this.#shared.tables, className);
  }

  #use(tables: State): void {
    const before = this.#shared.tables;
    this.#shared.tables = tables;
    this.#shared.gone.byReplacement(before, tables);
    for (const className of new Set([...before.keys(), ...tables.keys()])) this.#touch(className);
  }

  #touch(className: string): void {
    this.#shared.versions.set(className, this.version(className) + 1);
  }

  #write(className: string, objectId: string, record: ParseRecord | null): Undo {
    const before = this.get(className, objectId);
    this.#touch(className);
    this.#table(className).write(objectId, record);
    return { className, objectId, before };
  }

  #keep(commit: Commit): void {
    const { changes, undo, state } = commit;
    for (const { className, objectId, record } of changes) if (!record) state.get(className)?.forget(objectId);
    if (state !== this.#shared.tables) return; // of a life that is over
    this.#shared.gone.byCommit(changes, undo);
    this.#watch?.(commit);
  }

  // In the state that it was written to, even if another was put in its place since: that one may yet come back.
  #revert(undo: readonly Undo[], state: State): void {
    for (const { className, objectId, before } of [...undo].reverse()) {
      this.#touch(className);
      if (before) tableOf(state, className).write(objectId, before);
      else tableOf(state, className).remove(objectId);
    }
  }
}
