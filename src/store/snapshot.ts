import type { Json, JsonObject, ParseRecord } from '../parse/record.ts';

/** The class under which the store keeps class schemas. */
export const SCHEMA_CLASS = '_SCHEMA';

/** The key under which a snapshot lists them, as REST `/schemas` does. */
const SCHEMAS_KEY = 'schemas';

/** The object id of a row of a join, which has none of its own in a data file. */
export const toJoinId = (owningId: string, relatedId: string): string => `${owningId}:${relatedId}`;

const isJoin = (className: string): boolean => className.startsWith('_Join:');

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** A row of a snapshot as the store keeps it. */
export const toRecord = (key: string, row: JsonObject): { className: string; record: ParseRecord } => {
  const className = key === SCHEMAS_KEY ? SCHEMA_CLASS : key;
  const objectId =
    className === SCHEMA_CLASS
      ? text(row['className'])
      : isJoin(className)
        ? toJoinId(text(row['owningId']), text(row['relatedId']))
        : text(row['objectId']);
  // the very row where it can be: a copy of each would double what a large state weighs
  const record = row['objectId'] === objectId ? row : { ...row, objectId };
  return { className, record: record as ParseRecord };
};

/** The records of a class as a snapshot lists them: an object id that follows from the rest is left out. */
export const toSnapshotRows = (className: string, records: Iterable<ParseRecord>): [string, JsonObject[]] => {
  if (className !== SCHEMA_CLASS && !isJoin(className)) return [className, [...records]];
  const rows = [...records].map(({ objectId: _, ...row }) => row as JsonObject);
  return [className === SCHEMA_CLASS ? SCHEMAS_KEY : className, rows];
};
