import { columnsOf } from '../parse/class-columns.ts';
import { isFieldName } from '../parse/class-names.ts';
import type { FieldSchema } from '../parse/class-schema.ts';
import { type Fields, typeName } from '../parse/class-validation.ts';
import { isObject, isPointer, type Json, type JsonObject, toPointer } from '../parse/record.ts';
import type { Snapshot } from '../store/persistence.ts';
import type { Context } from './context.ts';
import { type FixtureRows, fixtureTypeOf, readClass, readRows, SCHEMAS_KEY } from './fixture-classes.ts';
import { FixtureError, show } from './fixture-mistake.ts';
import { checkUsers, completeUser } from './fixture-users.ts';
import { newObjectId } from './random.ts';

type Row = { readonly className: string; readonly place: string; readonly row: JsonObject };
type Join = { readonly className: string; readonly owningId: string; readonly relatedId: string };

const BESIDE_OBJECTS: ReadonlySet<string> = new Set([SCHEMAS_KEY, '_GlobalConfig', '_File']);

const isObjectClass = (key: string): boolean => !BESIDE_OBJECTS.has(key) && !key.startsWith('_Join:');

const completeIds = (rows: FixtureRows, context: Context): Row[] => {
  const at = new Date(context.clock.now()).toISOString();
  const all: Row[] = [];
  for (const [className, list] of rows) {
    if (!isObjectClass(className)) continue;
    const seen = new Map<string, string>();
    list.forEach((row, i) => {
      const place = `${className}[${i}]`;
      const objectId = row['objectId'] ?? newObjectId(context.random);
      if (typeof objectId !== 'string' || objectId === '')
        throw new FixtureError(`${place}.objectId`, `${show(objectId)} is no object id`);
      const other = seen.get(objectId);
      if (other !== undefined)
        throw new FixtureError(`${place}.objectId`, `${show(objectId)} is the object id of ${other} too`);
      seen.set(objectId, place);
      const { createdAt, updatedAt, ...rest } = row;
      const made = isoOf(createdAt, `${place}.createdAt`) ?? at;
      all.push({
        className,
        place,
        row: { ...rest, objectId, createdAt: made, updatedAt: isoOf(updatedAt, `${place}.updatedAt`) ?? made },
      });
    });
  }
  return all;
};

const isoOf = (value: Json | undefined, place: string): string | undefined => {
  if (value === undefined || value === null) return undefined;
  const text = isObject(value) ? (value['iso'] ?? value['$date']) : value;
  if (typeof text !== 'string' || Number.isNaN(Date.parse(text)))
    throw new FixtureError(place, `${show(value)} is no date`);
  return new Date(text).toISOString();
};

/** Finds objects by what a fixture names them by, when it does not know their ids: a username, or the name of a role. */
const createFinder = (
  rows: readonly Row[],
  context: Context,
): ((className: string, field: string, value: Json) => string | undefined) => {
  const named = new Map<string, string>();
  for (const { className, row } of rows) {
    for (const field of ['username', 'name']) {
      if (typeof row[field] === 'string') named.set(`${className}:${field}:${row[field]}`, String(row['objectId']));
    }
  }
  return (className, field, value) => {
    const found = named.get(`${className}:${field}:${String(value)}`);
    if (found !== undefined) return found;
    for (const record of context.store.all(className)) if (record[field] === value) return record.objectId;
    return undefined;
  };
};

type Find = ReturnType<typeof createFinder>;

const resolvePointers = (value: Json, place: string, find: Find): Json => {
  if (Array.isArray(value)) return value.map((member, i) => resolvePointers(member, `${place}[${i}]`, find));
  if (!isObject(value)) return value;
  if (!isPointer(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, resolvePointers(inner, `${place}.${key}`, find)]),
    );
  }
  const pointer: JsonObject = value;
  const { className, objectId, __type: _, ...by } = pointer;
  if (typeof objectId === 'string') return value;
  const [[field, name] = []] = Object.entries(by);
  if (typeof className !== 'string' || field === undefined || name === undefined) {
    throw new FixtureError(place, `${show(value)} points at nothing: say "className", and "objectId" or "username"`);
  }
  const found = find(className, field, name);
  if (found === undefined) throw new FixtureError(place, `there is no ${className} whose ${field} is ${show(name)}`);
  return toPointer(className, found);
};

const checkValue = (expected: FieldSchema | undefined, value: Json, place: string): FieldSchema | undefined => {
  const actual = fixtureTypeOf(value, place);
  if (!actual) return undefined;
  const isAcl = expected?.type === 'ACL' && isObject(value);
  const isSame =
    expected && expected.type === actual.type && (expected.targetClass ?? '') === (actual.targetClass ?? '');
  if (expected && !isSame && !isAcl)
    throw new FixtureError(place, `expected ${typeName(expected)} but got ${typeName(actual)}`);
  return expected ? undefined : actual;
};

const isHidden = (name: string): boolean => name.startsWith('_');

/** Whether a value of a relation lists its members. */
const membersOf = (value: Json): readonly Json[] | undefined => {
  if (Array.isArray(value)) return value;
  return isObject(value) && Array.isArray(value['objects']) ? value['objects'] : undefined;
};

const takeRelation = (join: string, owningId: string, value: Json, target: string | undefined, place: string): Join[] =>
  (membersOf(value) ?? []).map((member, i) => {
    if (!isPointer(member) || member.className !== target) {
      throw new FixtureError(`${place}[${i}]`, `${show(member)} is no pointer to ${target}`);
    }
    return { className: join, owningId, relatedId: member.objectId };
  });

type Reading = {
  readonly fields: Map<string, { [name: string]: FieldSchema }>;
  readonly joins: Join[];
  readonly find: Find;
  readonly context: Context;
};

const readRow = ({ className, place, row }: Row, { fields, joins, find, context }: Reading): JsonObject => {
  const known = { ...columnsOf(className), ...context.schemas.get(className)?.fields, ...fields.get(className) };
  const values: { [name: string]: Json } = {};
  for (const [name, given] of Object.entries(row)) {
    const at = `${place}.${name}`;
    if (
      given === null ||
      ['objectId', 'createdAt', 'updatedAt'].includes(name) ||
      isHidden(name) ||
      name === 'bcryptPassword'
    ) {
      if (given !== null) values[name] = given;
      continue;
    }
    if (!isFieldName(name)) throw new FixtureError(at, 'no field can have this name');
    const value = resolvePointers(given, at, find);
    if (known[name]?.type === 'Relation') {
      joins.push(
        ...takeRelation(`_Join:${name}:${className}`, String(row['objectId']), value, known[name].targetClass, at),
      );
      continue;
    }
    const gained = checkValue(known[name], value, at);
    if (gained) fields.set(className, { ...fields.get(className), [name]: gained });
    values[name] = value;
  }
  return values;
};

const readClasses = (
  rows: FixtureRows,
): { schemas: JsonObject[]; fields: Map<string, { [name: string]: FieldSchema }> } => {
  const fields = new Map<string, Fields>();
  const schemas = (rows.get(SCHEMAS_KEY) ?? []).map((row, i) => {
    const read = readClass(row, `${SCHEMAS_KEY}[${i}]`);
    fields.set(read.className, read.fields);
    return { ...row, className: read.className, fields: read.fields } as unknown as JsonObject;
  });
  return { schemas, fields: fields as Map<string, { [name: string]: FieldSchema }> };
};

const schemaRows = (schemas: readonly JsonObject[], fields: ReadonlyMap<string, Fields>): JsonObject[] => {
  const described = new Map(schemas.map((row) => [String(row['className']), row]));
  return [...new Set([...described.keys(), ...fields.keys()])].map(
    (className) =>
      ({ ...described.get(className), className, fields: fields.get(className) ?? {} }) as unknown as JsonObject,
  );
};

const group = <Member extends { readonly className: string }>(members: readonly Member[]): Map<string, Member[]> => {
  const groups = new Map<string, Member[]>();
  for (const member of members) {
    const present = groups.get(member.className);
    if (present) present.push(member);
    else groups.set(member.className, [member]);
  }
  return groups;
};

/**
 * Fixtures as the store takes them: plain passwords are hashed; object ids, dates and users' ACLs are filled in where they are
 * missing; pointers may name a user by `username` (or a role by `name`), and a relation lists its members. Nothing is changed.
 * Throws a `FixtureError` that names the place of a mistake: `_User[2].email: "x" is not a valid email address`.
 */
export const toSnapshot = async (fixtures: unknown, context: Context): Promise<Snapshot> => {
  const rows = readRows(fixtures);
  const { schemas, fields } = readClasses(rows);
  const named = completeIds(rows, context);
  const reading: Reading = { fields, joins: [], find: createFinder(named, context), context };
  const read = named.map((row) => ({ ...row, row: readRow(row, reading) }));
  const users = read.filter(({ className }) => className === '_User');
  checkUsers(
    users.map(({ row }) => row),
    users.map(({ place }) => place),
    context.store,
  );
  const result: { [className: string]: readonly JsonObject[] } = {};
  const described = schemaRows(schemas, fields);
  if (described.length > 0) result[SCHEMAS_KEY] = described;
  for (const [className, members] of group(read)) {
    const isUsers = className === '_User';
    result[className] = isUsers
      ? await Promise.all(members.map(({ row, place }) => completeUser(row, place, context)))
      : members.map(({ row }) => row);
  }
  for (const [key, list] of rows) if (!isObjectClass(key) && key !== SCHEMAS_KEY) result[key] = list;
  for (const [key, joins] of group(reading.joins)) {
    result[key] = [...(result[key] ?? []), ...joins.map(({ owningId, relatedId }) => ({ owningId, relatedId }))];
  }
  return result;
};

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
