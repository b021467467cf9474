import type { ParseRecord } from '../parse/record.ts';
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

type Undo = { readonly className: string; readonly objectId: string; readonly before: ParseRecord | undefined };

/** What one transaction wrote, and how to take it back. */
export type Commit = { readonly changes: readonly Change[]; readonly undo: readonly Undo[]; readonly state: State };

/** The identity of a state: what was written to one that was replaced since must not be undone in the next. */
type State = Map<string, Table>;

/**
 * The only mutable thing of the emulator: records by class and object id, with their indexes. Writing is synchronous and
 * whole; the persistence follows, and `settled` tells when it has caught up.
 */
export class Store implements Reader {
  #tables: State = new Map();
  #versions = new Map<string, number>();
  readonly #writer: Writer;

  constructor(persistence: Persistence | undefined) {
    this.#writer = createWriter(persistence, {
      keep: (commit) => this.#keep(commit),
      revert: ({ undo, state }) => {
        if (state === this.#tables) this.#revert(undo);
      },
    });
  }

  get(className: string, objectId: string): ParseRecord | undefined {
    return this.#tables.get(className)?.get(objectId);
  }

  all(className: string): Iterable<ParseRecord> {
    return this.#tables.get(className)?.records() ?? [];
  }

  lookUp(className: string, index: string, key: string): readonly ParseRecord[] {
    const found = this.#table(className).lookUp(index, key);
    if (!found) throw new Error(`Failed to look up in ${className}: it has no index "${index}"`);
    return found;
  }

  /** A number that changes with every write to the class. */
  version(className: string): number {
    return this.#versions.get(className) ?? 0;
  }

  /** Runs `run` and keeps all that it writes, or, when it throws, nothing. */
  transact<Result>(run: (transaction: Transaction) => Result): Result {
    const changes: Change[] = [];
    const undo: Undo[] = [];
    const write = (className: string, objectId: string, record: ParseRecord | null): void => {
      undo.push({ className, objectId, before: this.get(className, objectId) });
      changes.push({ className, objectId, record });
      this.#write(className, objectId, record);
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
      this.#revert(undo);
      throw error;
    }
    if (changes.length > 0) this.#writer.add({ changes, undo, state: this.#tables });
    return result;
  }

  /** Resolves when all that was written so far is safe; undefined when it is already. Rejects when it was taken back. */
  settled(): Promise<void> | undefined {
    return this.#writer.settled();
  }

  /** The whole state. Its records are shared, not copied: they are immutable. */
  snapshot(): Snapshot {
    return Object.fromEntries(
      [...this.#tables]
        .map(([className, table]) => toSnapshotRows(className, table.records()))
        .filter(([, rows]) => rows.length > 0),
    );
  }

  /** Puts another state in place of the present one, without telling the persistence. */
  load(snapshot: Snapshot): void {
    const before = this.#tables;
    this.#tables = new Map();
    for (const [key, rows] of Object.entries(snapshot)) {
      for (const row of rows) {
        const { className, record } = toRecord(key, row);
        this.#table(className).write(record.objectId, record);
      }
    }
    for (const className of new Set([...before.keys(), ...this.#tables.keys()])) this.#touch(className);
  }

  /** Puts another state in place of the present one, here and in the persistence; when that fails, in neither. */
  async replace(snapshot: Snapshot): Promise<void> {
    const before = this.snapshot();
    this.load(snapshot);
    try {
      await this.#writer.replace(snapshot);
    } catch (error) {
      this.load(before);
      throw error;
    }
  }

  #table(className: string): Table {
    const present = this.#tables.get(className);
    if (present) return present;
    const table = new Table(indexesOf(className));
    this.#tables.set(className, table);
    return table;
  }

  #touch(className: string): void {
    this.#versions.set(className, this.version(className) + 1);
  }

  #write(className: string, objectId: string, record: ParseRecord | null): void {
    this.#touch(className);
    this.#table(className).write(objectId, record);
  }

  #keep({ changes }: Commit): void {
    for (const { className, objectId, record } of changes) if (!record) this.#tables.get(className)?.forget(objectId);
  }

  #revert(undo: readonly Undo[]): void {
    for (const { className, objectId, before } of [...undo].reverse()) {
      if (before) this.#write(className, objectId, before);
      else {
        this.#touch(className);
        this.#table(className).remove(objectId);
      }
    }
  }
}
