import { isFieldName } from '../parse/class-names.ts';
import type { FieldSchema } from '../parse/class-schema.ts';
import { typeName } from '../parse/class-validation.ts';
import { isObject, isPointer, type Json, type JsonObject, toPointer } from '../parse/record.ts';
import { fixtureTypeOf } from './fixture-classes.ts';
import { FixtureError, show } from './fixture-mistake.ts';
import { type FindNamed, type FixtureRow, placeOf } from './fixture-rows.ts';

/** A row of a relation: `owningId` has `relatedId`. */
export type Join = { readonly className: string; readonly owningId: string; readonly relatedId: string };

/** What is known while the rows of a class are read; `known` and `joins` grow with them. */
export type Reading = {
  /** The fields of the class; a field that is met first here gets the type of its value. */
  readonly known: { [name: string]: FieldSchema };
  readonly gained: { [name: string]: FieldSchema };
  readonly joins: Join[];
  readonly find: FindNamed;
};

const followPointer = (pointer: JsonObject, place: string, find: FindNamed): Json => {
  const { className, objectId, __type: _, ...by } = pointer;
  if (typeof objectId === 'string') return pointer;
  const [[field, name] = []] = Object.entries(by);
  if (typeof className !== 'string' || field === undefined || name === undefined) {
    throw new FixtureError(place, `${show(pointer)} points at nothing: say "className", and "objectId" or "username"`);
  }
  const found = find(className, field, name);
  if (found === undefined) throw new FixtureError(place, `there is no ${className} whose ${field} is ${show(name)}`);
  return toPointer(className, found);
};

/** A value with its pointers leading to ids; the value itself where there is nothing to change. */
const resolvePointers = (value: Json, place: () => string, find: FindNamed): Json => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const members = value.map((member, i) => resolvePointers(member, () => `${place()}[${i}]`, find));
    return members.some((member, i) => member !== value[i]) ? members : value;
  }
  const object = value as JsonObject;
  if (isPointer(value)) return followPointer(object, place(), find);
  let changed: { [key: string]: Json } | undefined;
  for (const key of Object.keys(object)) {
    const inner = object[key] ?? null;
    const resolved = resolvePointers(inner, () => `${place()}.${key}`, find);
    if (resolved !== inner) changed = { ...(changed ?? object), [key]: resolved };
  }
  return changed ?? value;
};

const PRIMITIVES: { readonly [type: string]: string } = { String: 'string', Number: 'number', Boolean: 'boolean' };

/** Throws unless the value may stand in the field. Answers the type of a value whose field is not known yet. */
const checkValue = (expected: FieldSchema | undefined, value: Json, place: () => string): FieldSchema | undefined => {
  if (expected && typeof value === PRIMITIVES[expected.type]) return undefined;
  if (expected?.type === 'ACL' && isObject(value)) return undefined;
  const actual = fixtureTypeOf(value, place());
  if (!actual) return undefined;
  const isSame = expected?.type === actual.type && (expected.targetClass ?? '') === (actual.targetClass ?? '');
  if (expected && !isSame)
    throw new FixtureError(place(), `expected ${typeName(expected)} but got ${typeName(actual)}`);
  return expected ? undefined : actual;
};

/** Whether a value of a relation lists its members. */
const membersOf = (value: Json): readonly Json[] => {
  if (Array.isArray(value)) return value;
  return isObject(value) && Array.isArray(value['objects']) ? value['objects'] : [];
};

const takeRelation = (
  name: string,
  { row, className }: FixtureRow,
  value: Json,
  target: string,
  place: string,
): Join[] =>
  membersOf(value).map((member, i) => {
    if (!isPointer(member) || member.className !== target) {
      throw new FixtureError(`${place}[${i}]`, `${show(member)} is no pointer to ${target}`);
    }
    return { className: `_Join:${name}:${className}`, owningId: String(row['objectId']), relatedId: member.objectId };
  });

const UNTYPED: ReadonlySet<string> = new Set(['objectId', 'createdAt', 'updatedAt', 'bcryptPassword']);

/** A row with its values checked and its pointers resolved; the row itself where there was nothing to change. */
export const readRow = (given: FixtureRow, { known, gained, joins, find }: Reading): JsonObject => {
  const { row } = given;
  let changed: { [name: string]: Json } | undefined;
  const set = (name: string, value: Json | undefined): void => {
    changed ??= { ...row };
    if (value === undefined) delete changed[name];
    else changed[name] = value;
  };
  for (const name of Object.keys(row)) {
    const value = row[name] ?? null;
    if (value === null) set(name, undefined);
    if (value === null || UNTYPED.has(name) || name.startsWith('_')) continue;
    const place = (): string => `${placeOf(given)}.${name}`;
    const expected = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!expected && !isFieldName(name)) throw new FixtureError(place(), 'no field can have this name');
    const resolved = resolvePointers(value, place, find);
    if (expected?.type === 'Relation') {
      joins.push(...takeRelation(name, given, resolved, expected.targetClass ?? '', place()));
      set(name, undefined);
      continue;
    }
    const type = checkValue(expected, resolved, place);
    if (type) {
      known[name] = type;
      gained[name] = type;
    }
    if (type?.type === 'Relation')
      set(name, undefined); // an export shows the field, and its members stand in the join
    else if (resolved !== value) set(name, resolved);
  }
  return changed ?? row;
};
