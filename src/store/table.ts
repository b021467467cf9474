import type { ParseRecord } from '../parse/record.ts';
import { freeze } from './frozen.ts';

/** An index of a class: the keys under which a record is found again. */
export type IndexDefinition = { readonly name: string; readonly keys: (record: ParseRecord) => readonly string[] };

// Nearly every key leads to one object, and a Set for each would weigh more than the records do.
type Entries = Map<string, string | Set<string>>;

const addEntry = (entries: Entries, key: string, objectId: string): void => {
  const present = entries.get(key);
  if (present === undefined) entries.set(key, objectId);
  else if (typeof present === 'string') entries.set(key, new Set([present, objectId]));
  else present.add(objectId);
};

const removeEntry = (entries: Entries, key: string, objectId: string): void => {
  const present = entries.get(key);
  if (present === objectId) entries.delete(key);
  else if (present instanceof Set && present.delete(objectId) && present.size === 0) entries.delete(key);
};

/** An index is made when it is asked for the first time: a large state is read without those that nobody needs. */
type Index = { readonly definition: IndexDefinition; entries: Entries | undefined };

/** The objects of one class, in the order in which they were made, with their indexes. */
export class Table {
  // A deleted record stays as null until its deletion is safe, so that undoing it gives the record its place back.
  readonly #records = new Map<string, ParseRecord | null>();
  readonly #indexes: ReadonlyMap<string, Index>;

  constructor(indexes: readonly IndexDefinition[]) {
    this.#indexes = new Map(indexes.map((definition) => [definition.name, { definition, entries: undefined }]));
  }

  /** The record, frozen to its ground: parts of it are handed out, and nobody may change it through them. */
  get(objectId: string): ParseRecord | undefined {
    return freeze(this.#records.get(objectId)) ?? undefined;
  }

  /** The records whose index `name` holds `key`; undefined when the class has no such index. */
  lookUp(name: string, key: string): ParseRecord[] | undefined {
    const index = this.#indexes.get(name);
    if (!index) return undefined;
    index.entries ??= this.#entriesOf(index.definition);
    const found = index.entries.get(key);
    const objectIds = found === undefined ? [] : typeof found === 'string' ? [found] : [...found];
    return objectIds.flatMap((objectId) => this.get(objectId) ?? []);
  }

  #entriesOf({ keys }: IndexDefinition): Entries {
    const entries: Entries = new Map();
    for (const record of this.records()) for (const key of keys(record)) addEntry(entries, key, record.objectId);
    return entries;
  }

  *records(): Generator<ParseRecord, void, void> {
    for (const record of this.#records.values()) if (record) yield record;
  }

  /** Puts the record in place, or (null) marks it as deleted. */
  write(objectId: string, record: ParseRecord | null): void {
    const before = this.get(objectId);
    this.#records.set(objectId, record);
    for (const { definition, entries } of this.#indexes.values()) {
      if (!entries) continue;
      const stale = before ? definition.keys(before) : [];
      const fresh = record ? definition.keys(record) : [];
      for (const key of stale) if (!fresh.includes(key)) removeEntry(entries, key, objectId);
      for (const key of fresh) if (!stale.includes(key)) addEntry(entries, key, objectId);
    }
  }

  /** Forgets a record that was marked as deleted. */
  forget(objectId: string): void {
    if (this.#records.get(objectId) === null) this.#records.delete(objectId);
  }

  /** Takes a record out that was new, as if it had never been. */
  remove(objectId: string): void {
    this.write(objectId, null);
    this.forget(objectId);
  }
}
