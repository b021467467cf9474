import { isObject, type JsonObject, type ParseRecord } from '../parse/record.ts';
import { indexesOf } from './indexes.ts';
import type { Change, Snapshot } from './persistence.ts';
import { SCHEMA_CLASS, toRecord } from './snapshot.ts';

/** The indexes in which no key may lead to two objects. */
const UNIQUE: { readonly [className: string]: readonly string[] } = {
  _User: ['username', 'email', 'authData'],
  _Role: ['name'],
};

const recordsOf = (snapshot: Snapshot): Map<string, Map<string, ParseRecord>> => {
  const classes = new Map<string, Map<string, ParseRecord>>();
  for (const [key, rows] of Object.entries(snapshot)) {
    for (const row of rows) {
      const { className, record } = toRecord(key, row);
      const records = classes.get(className) ?? new Map<string, ParseRecord>();
      classes.set(className, records.set(record.objectId, record));
    }
  }
  return classes;
};

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What has become of the records of one snapshot in another. */
export const changesBetween = (before: Snapshot, after: Snapshot): Change[] => {
  const [old, fresh] = [recordsOf(before), recordsOf(after)];
  return [...new Set([...old.keys(), ...fresh.keys()])].flatMap((className) => {
    const [mine, theirs] = [old.get(className), fresh.get(className)];
    return [...new Set([...(mine?.keys() ?? []), ...(theirs?.keys() ?? [])])].flatMap((objectId): Change[] => {
      const record = theirs?.get(objectId) ?? null;
      return isSame(record, mine?.get(objectId) ?? null)
        ? []
        : [{ className, objectId, record: record as Change['record'] }];
    });
  });
};

/** A name, an address or an identity that two objects would have; undefined when there is none. */
export const findClash = (snapshot: Snapshot): string | undefined => {
  for (const [className, names] of Object.entries(UNIQUE)) {
    const rows = snapshot[className] ?? [];
    for (const { name, keys } of indexesOf(className).filter((index) => names.includes(index.name))) {
      const seen = new Set<string>();
      for (const key of rows.flatMap((row) => keys(row as ParseRecord))) {
        if (key !== '' && seen.has(key)) return `${className}.${name} "${key}"`;
        seen.add(key);
      }
    }
  }
  return undefined;
};

const fieldsOf = (schema: JsonObject | null | undefined): JsonObject => {
  const fields = schema?.['fields'];
  return isObject(fields) ? fields : {};
};

/** Changes of this page with the fields that another page has added to the same classes meanwhile. */
export const withFieldsOf = (theirs: readonly Change[], mine: readonly Change[]): Change[] =>
  mine.map((change) => {
    const other = theirs.find(
      ({ className, objectId }) =>
        className === SCHEMA_CLASS && className === change.className && objectId === change.objectId,
    );
    if (!change.record || !other?.record) return change;
    return {
      ...change,
      record: { ...change.record, fields: { ...fieldsOf(other.record), ...fieldsOf(change.record) } },
    };
  });
