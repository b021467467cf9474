import type { JsonObject, ParseRecord } from '../parse/record.ts';
import type { Change, Snapshot } from './persistence.ts';
import { SCHEMA_CLASS, toRecord, toSnapshotRows } from './snapshot.ts';

/** The name of a record among all: its class and its object id. */
export type RowName = readonly [className: string, objectId: string];

const classOf = (key: string): string => toRecord(key, {}).className;

/** The id that the store knows a row by; '' for one that a person wrote without. */
export const idOf = (key: string, row: JsonObject): string => {
  const { objectId } = row;
  return typeof objectId === 'string' ? objectId : toRecord(key, row).record.objectId;
};

/** Each row of a snapshot as a change that writes it, by its name. */
const toNamed = (snapshot: Snapshot): Map<string, Change> => {
  const changes = Object.entries(snapshot).flatMap(([key, rows]) =>
    rows.map(
      (row): Change => ({ className: classOf(key), objectId: idOf(key, row), record: toRecord(key, row).record }),
    ),
  );
  return new Map(changes.map((change) => [JSON.stringify([change.className, change.objectId]), change]));
};

type Changes = ReadonlyMap<string, JsonObject | null>;

/** The rows with the changes made: each in its place, and new ones behind. */
const merge = (key: string, rows: readonly JsonObject[], changes: Changes): readonly JsonObject[] => {
  const fresh = new Map(changes);
  const kept = rows.flatMap((row) => {
    const changed = changes.get(idOf(key, row));
    if (changed === undefined) return row;
    fresh.delete(idOf(key, row));
    return changed ?? [];
  });
  const added = [...fresh.values()].filter((row) => row !== null);
  return toSnapshotRows(classOf(key), [...kept, ...added] as ParseRecord[])[1];
};

/**
 * What the file and its journal hold together: the rows as they were read or written, and what has changed since by class
 * and object id. The records are those of the store, not copies, and a commit costs as much as it changes.
 */
export class Rows {
  #rows: Snapshot;
  #changes = new Map<string, Map<string, JsonObject | null>>();

  constructor(snapshot: Snapshot | null) {
    this.#rows = snapshot ?? {};
  }

  has([className, objectId]: RowName): boolean {
    const changed = this.#changes.get(className)?.get(objectId);
    if (changed !== undefined) return changed !== null;
    return Object.entries(this.#rows).some(
      ([key, rows]) => classOf(key) === className && rows.some((row) => idOf(key, row) === objectId),
    );
  }

  apply(changes: readonly Change[]): void {
    for (const { className, objectId, record } of changes) {
      const present = this.#changes.get(className);
      if (present) present.set(objectId, record);
      else this.#changes.set(className, new Map([[objectId, record]]));
    }
  }

  /** The changes that make the whole into the snapshot; undefined when that has rows without an id. */
  changesTo(snapshot: Snapshot): Change[] | undefined {
    const present = toNamed(this.snapshot());
    const wanted = toNamed(snapshot);
    const isKnown = [...wanted.values()].every(({ objectId }) => objectId !== '');
    const written = [...wanted].flatMap(([name, change]) =>
      JSON.stringify(change) === JSON.stringify(present.get(name)) ? [] : change,
    );
    const deleted = [...present].flatMap(([name, change]) => (wanted.has(name) ? [] : { ...change, record: null }));
    return isKnown ? [...deleted, ...written] : undefined;
  }

  /** The whole, class by class: schemas first, then in the order of the file. */
  snapshot(): Snapshot {
    const keyed = [...this.#changes.keys()].map((className) => toSnapshotRows(className, [])[0]);
    const keys = [...new Set([...Object.keys(this.#rows), ...keyed])].sort(
      (one, other) => Number(classOf(other) === SCHEMA_CLASS) - Number(classOf(one) === SCHEMA_CLASS),
    );
    const merged = keys.map((key): [string, readonly JsonObject[]] => {
      const changes = this.#changes.get(classOf(key));
      const rows = this.#rows[key] ?? [];
      return [key, changes ? merge(key, rows, changes) : rows];
    });
    this.#rows = Object.fromEntries(merged.filter(([, rows]) => rows.length > 0));
    this.#changes = new Map();
    return this.#rows;
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
      if (row) marks.push([classOf(key), idOf(key, row)]);
    }
    return marks;
  });
};
