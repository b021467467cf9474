import { columnsOf } from '../parse/class-columns.ts';
import type { FieldSchema } from '../parse/class-schema.ts';
import type { Fields } from '../parse/class-validation.ts';
import { isObject, type Json, type JsonObject } from '../parse/record.ts';
import type { Snapshot } from '../store/persistence.ts';
import type { Context } from './context.ts';
import { type FixtureRows, readClass, readRows, SCHEMAS_KEY } from './fixture-classes.ts';
import { createFinder, type FixtureRow, identify } from './fixture-rows.ts';
import { checkUsers, completeUsers } from './fixture-users.ts';
import { type Join, readRow } from './fixture-values.ts';

const BESIDE_OBJECTS: ReadonlySet<string> = new Set([SCHEMAS_KEY, '_GlobalConfig', '_File']);

const isObjectClass = (key: string): boolean => !BESIDE_OBJECTS.has(key) && !key.startsWith('_Join:');

type Described = { readonly schemas: Map<string, JsonObject>; readonly fields: Map<string, Fields> };

const readClasses = (rows: FixtureRows): Described => {
  const described: Described = { schemas: new Map(), fields: new Map() };
  (rows.get(SCHEMAS_KEY) ?? []).forEach((row, i) => {
    const { className, fields } = readClass(row, `${SCHEMAS_KEY}[${i}]`);
    described.schemas.set(className, row);
    described.fields.set(className, fields);
  });
  return described;
};

const schemaRows = ({ schemas, fields }: Described): JsonObject[] =>
  [...new Set([...schemas.keys(), ...fields.keys()])].map(
    (className) =>
      ({ ...schemas.get(className), className, fields: fields.get(className) ?? {} }) as unknown as JsonObject,
  );

/** Reads the rows of a class, and adds the fields that they brought along to those that were described. */
const readClassRows = (
  className: string,
  rows: readonly FixtureRow[],
  found: Described,
  joins: Join[],
  all: readonly FixtureRow[],
  context: Context,
): FixtureRow[] => {
  const described = found.fields.get(className);
  const known = { ...columnsOf(className), ...context.schemas.get(className)?.fields, ...described };
  const gained: { [name: string]: FieldSchema } = {};
  const reading = { known, gained, joins, find: createFinder(all, context) };
  const read = rows.map((row) => {
    const values = readRow(row, reading);
    return values === row.row ? row : { ...row, row: values };
  });
  if (Object.keys(gained).length > 0) found.fields.set(className, { ...described, ...gained });
  return read;
};

const addJoins = (result: { [key: string]: readonly JsonObject[] }, joins: readonly Join[]): void => {
  for (const { className, owningId, relatedId } of joins) {
    result[className] = [...(result[className] ?? []), { owningId, relatedId }];
  }
};

/**
 * Fixtures as the store takes them: plain passwords are hashed; object ids, dates and users' ACLs are filled in where they are
 * missing; pointers may name a user by `username` (or a role by `name`), and a relation lists its members. A row that is
 * complete comes back as the same object. Nothing is changed.
 * Throws a `FixtureError` that names the place of a mistake: `_User[2].email: "x" is not a valid email address`.
 */
export const toSnapshot = async (fixtures: unknown, context: Context): Promise<Snapshot> => {
  const rows = readRows(fixtures);
  const described = readClasses(rows);
  const identified = [...rows]
    .filter(([key]) => isObjectClass(key))
    .map(([key, list]) => [key, identify(key, list, context)] as const);
  const all = identified.flatMap(([, list]) => list);
  const joins: Join[] = [];
  const result: { [className: string]: readonly JsonObject[] } = {};
  for (const [className, list] of identified) {
    const read = readClassRows(className, list, described, joins, all, context);
    if (className === '_User') checkUsers(read, context.store);
    result[className] = className === '_User' ? await completeUsers(read, context) : read.map(({ row }) => row);
  }
  for (const [key, list] of rows) if (!isObjectClass(key) && key !== SCHEMAS_KEY) result[key] = list;
  addJoins(result, joins);
  const classes = schemaRows(described);
  return classes.length > 0 ? { [SCHEMAS_KEY]: classes, ...result } : result;
};

/** Whether a snapshot says what the fixtures said that it was made of, row by row. */
export const isAsItWas = (fixtures: unknown, snapshot: Snapshot): boolean =>
  isObject(fixtures) &&
  Object.entries(snapshot).every(([key, rows]) => {
    const before = fixtures[key];
    if (!Array.isArray(before) || before.length !== rows.length) return false;
    return key === SCHEMAS_KEY || rows.every((row, i) => row === before[i]);
  });

const keyOf = (row: JsonObject): string =>
  row['objectId'] !== undefined
    ? String(row['objectId'])
    : row['className'] !== undefined
      ? String(row['className'])
      : `${String(row['owningId'])}:${String(row['relatedId'])}`;

/** A state with fixtures added to it: an object of the same id is replaced, and a class gains fields. */
export const addToSnapshot = (present: Snapshot, added: Snapshot): Snapshot => {
  const merged: { [className: string]: readonly JsonObject[] } = { ...present };
  for (const [key, rows] of Object.entries(added)) {
    const byKey = new Map((merged[key] ?? []).map((row) => [keyOf(row), row]));
    for (const row of rows) {
      const before = byKey.get(keyOf(row));
      const fields = { ...asFields(before?.['fields']), ...asFields(row['fields']) };
      byKey.set(keyOf(row), key === SCHEMAS_KEY ? { ...before, ...row, fields } : row);
    }
    merged[key] = [...byKey.values()];
  }
  return merged;
};

const asFields = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
