import type { JsonObject, ParseRecord } from '../parse/record.ts';
import type { Change, Snapshot } from '../store/persistence.ts';
import { SCHEMA_CLASS, toRecord, toSnapshotRows } from '../store/snapshot.ts';

/** The name of a record among all: its class and its object id. */
export type RowName = readonly [className: string, objectId: string];

const toName = (key: string, row: JsonObject, index: number): RowName => {
  const { className, record } = toRecord(key, row);
  return [className, record.objectId || `#${index}`]; // a row that a person wrote by hand may have no id yet
};

/**
 * What the file and its journal hold together, by class and object id. The records are those of the store, not copies, so
 * that a commit costs as much as it changes, and a fold needs neither the store nor the old file.
 */
export class Rows {
  readonly #classes = new Map<string, Map<string, JsonObject>>();

  constructor(snapshot: Snapshot | null) {
    for (const [key, rows] of Object.entries(snapshot ?? {})) {
      for (const [index, row] of rows.entries()) {
        const [className, objectId] = toName(key, row, index);
        this.#class(className).set(objectId, row);
      }
    }
  }

  has([className, objectId]: RowName): boolean {
    return this.#classes.get(className)?.has(objectId) ?? false;
  }

  apply(changes: readonly Change[]): void {
    for (const { className, objectId, record } of changes) {
      if (record) this.#class(className).set(objectId, record);
      else this.#classes.get(className)?.delete(objectId);
    }
  }

  /** The whole, class by class: schemas first, then in the order of the file. Only the lists are new. */
  snapshot(): Snapshot {
    const names = [...this.#classes.keys()].sort(
      (one, other) => Number(other === SCHEMA_CLASS) - Number(one === SCHEMA_CLASS),
    );
    const entries = names.map((className) =>
      toSnapshotRows(className, this.#class(className).values() as Iterable<ParseRecord>),
    );
    return Object.fromEntries(entries.filter(([, rows]) => rows.length > 0));
  }

  #class(className: string): Map<string, JsonObject> {
    const present = this.#classes.get(className);
    if (present) return present;
    const rows = new Map<string, JsonObject>();
    this.#classes.set(className, rows);
    return rows;
  }
}

const MARKS = 16;

/** Some records of a snapshot, spread over it, by which it is known again after a person has edited it. */
export const marksOf = (snapshot: Snapshot | null): RowName[] => {
  const classes = Object.entries(snapshot ?? {});
  const total = classes.reduce((sum, [, rows]) => sum + rows.length, 0);
  const step = Math.max(1, Math.ceil(total / MARKS));
  let before = 0;
  return classes.flatMap(([key, rows]) => {
    const first = (step - (before % step)) % step;
    before += rows.length;
    const marks: RowName[] = [];
    for (let index = first; index < rows.length; index += step) {
      const row = rows[index];
      if (row) marks.push(toName(key, row, index));
    }
    return marks;
  });
};
