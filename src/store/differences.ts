import { isDeepEqual } from '../parse/equality.ts';
import type { Json, ParseRecord } from '../parse/record.ts';
import type { Snapshot } from './persistence.ts';
import { toRecord } from './snapshot.ts';

/** A field that is not as it was. What it was, or is, is absent where the field was not there. */
export type FieldDifference = {
  /** The name of the field. */
  readonly name: string;
  /** What it was. */
  readonly before?: Json;
  /** What it is. */
  readonly after?: Json;
};

/** An object that is not as it was. */
export type Difference = {
  /** The class; `_SCHEMA` for a class itself, whose name is then the object id. */
  readonly className: string;
  /** The id of the object. */
  readonly objectId: string;
  /** What was done to it. */
  readonly deed: 'create' | 'update' | 'delete';
  /** The fields that are not as they were. */
  readonly fields: readonly FieldDifference[];
};

type Records = Map<string, { readonly className: string; readonly record: ParseRecord }>;

const recordsOf = (snapshot: Snapshot): Records => {
  const records: Records = new Map();
  for (const [key, rows] of Object.entries(snapshot)) {
    for (const row of rows) {
      const found = toRecord(key, row);
      records.set(`${found.className} ${found.record.objectId}`, found);
    }
  }
  return records;
};

const fieldsOf = (before: ParseRecord | undefined, after: ParseRecord | undefined): FieldDifference[] => {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names].flatMap((name): FieldDifference[] => {
    const [was, is] = [before?.[name], after?.[name]];
    if (isDeepEqual(was ?? null, is ?? null)) return [];
    return [{ name, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) }];
  });
};

/** What makes one state of another: objects that came, changed or went. */
export const differencesOf = (before: Snapshot, after: Snapshot): Difference[] => {
  const [old, present] = [recordsOf(before), recordsOf(after)];
  const differences: Difference[] = [];
  for (const [key, { className, record }] of present) {
    const was = old.get(key)?.record;
    if (was === record) continue;
    const fields = fieldsOf(was, record);
    const { objectId } = record;
    if (fields.length > 0) differences.push({ className, objectId, deed: was ? 'update' : 'create', fields });
  }
  for (const [key, { className, record }] of old) {
    if (present.has(key)) continue;
    differences.push({ className, objectId: record.objectId, deed: 'delete', fields: fieldsOf(record, undefined) });
  }
  return differences;
};
