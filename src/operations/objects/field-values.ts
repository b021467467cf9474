import { columnsOf } from '../../parse/classes/columns.ts';
import { isFieldName, isVolatileClass } from '../../parse/classes/names.ts';
import type { FieldSchema } from '../../parse/classes/schema.ts';
import { checkNewFields, checkType, type Fields, typeOf } from '../../parse/classes/validation.ts';
import { ParseError, refusal } from '../../parse/error.ts';
import { applyFieldOperation, type FieldOperation, initialValue, isFieldOperation } from '../../parse/field-ops.ts';
import { closePolygon } from '../../parse/polygon.ts';
import { isObject, isPointer, type Json, type JsonObject, type ParseRecord } from '../../parse/record.ts';
import { toJoinId } from '../../store/snapshot.ts';
import type { Transaction } from '../../store/store.ts';
import { checkClassPermission } from '../access/access.ts';
import type { Context } from '../context.ts';
import { DEFAULT_PERMISSIONS, putClass } from '../schemas.ts';

const BOOKKEEPING: ReadonlySet<string> = new Set(['objectId', 'createdAt', 'updatedAt', 'ACL']);

const checkKey = (name: string): void => {
  const isField = isFieldName(name) && !name.startsWith('_') && name !== 'className';
  if (!isField) throw new ParseError('INVALID_KEY_NAME', `Invalid field name: ${name}.`);
};

const checkNested = (value: Json | undefined): void => {
  if (Array.isArray(value)) for (const member of value) checkNested(member);
  else if (isObject(value)) {
    for (const [key, inner] of Object.entries(value)) {
      if (key.includes('$') || key.includes('.')) {
        throw new ParseError(121, "Nested keys should not contain the '$' or '.' characters");
      }
      checkNested(inner);
    }
  }
};

/** Whether a field of a class must have a value, given what is written and what the object holds already. */
const checkRequired = (className: string, fields: JsonObject, known: Fields, isNew: boolean): void => {
  for (const [name, field] of Object.entries(known)) {
    if (!field.required) continue;
    const isMissing = Object.hasOwn(fields, name)
      ? isEmpty(fields[name])
      : isNew && (field.defaultValue === undefined || field.defaultValue === null);
    if (isMissing) throw refusal({ fieldMissing: name, of: className }, 'VALIDATION_ERROR', `${name} is required`);
  }
};

// A field may be named like something that every object has.
const ownValue = (fields: JsonObject, name: string): Json | undefined =>
  Object.hasOwn(fields, name) ? fields[name] : undefined;

const isUnset = (value: Json | undefined): boolean =>
  value === undefined || (isFieldOperation(value) && value.__op === 'Delete');

const isEmpty = (value: Json | undefined): boolean => value === null || value === '' || isUnset(value);

/**
 * Checks the written fields against the class, and tells which fields the class gains by them. Throws 111 for a value of the
 * wrong type, 105 for a name that no field can have, 119 where the caller may not add fields, 142 for a required field.
 */
export const checkFields = (className: string, fields: JsonObject, isNew: boolean, context: Context): Fields => {
  const known = context.schemas.get(className)?.fields ?? columnsOf(className);
  const gained: Record<string, FieldSchema> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (BOOKKEEPING.has(name)) continue;
    checkKey(name);
    const actual = typeOf(value);
    if (!isFieldOperation(value)) checkNested(isTagged(value) ? undefined : value);
    if (!actual) continue;
    const expected = Object.hasOwn(known, name) ? known[name] : undefined;
    if (expected) checkType(`${className}.${name}`, expected, actual);
    else gained[name] = actual;
  }
  if (Object.keys(gained).length > 0) {
    checkClassPermission(className, 'addField', context, isNew ? 'create' : 'update');
    checkNewFields(className, gained, known);
  }
  checkRequired(className, fields, known, isNew);
  return gained;
};

const isTagged = (value: Json | undefined): boolean => isObject(value) && typeof value['__type'] === 'string';

// Another call may have added the same field since this one was checked.
const checkGained = (gained: Fields, known: Fields): void => {
  for (const [name, actual] of Object.entries(gained)) {
    const expected = Object.hasOwn(known, name) ? known[name] : undefined;
    if (expected && (expected.type !== actual.type || expected.targetClass !== actual.targetClass)) {
      throw new ParseError('INVALID_JSON', `Could not add field ${name}`);
    }
  }
};

/** Writes the fields that a class gained, and the class itself when this is its first object. */
export const growClass = (className: string, gained: Fields, transaction: Transaction, context: Context): void => {
  const present = context.schemas.get(className);
  if (isVolatileClass(className) || (present && Object.keys(gained).length === 0)) return;
  const known = present?.fields ?? {};
  checkGained(gained, known);
  if (present && Object.keys(gained).every((name) => Object.hasOwn(known, name))) return;
  putClass(
    {
      className,
      fields: { ...known, ...gained },
      classLevelPermissions: present?.classLevelPermissions ?? DEFAULT_PERMISSIONS,
      ...(present?.indexes && { indexes: present.indexes }),
    },
    transaction,
  );
};

/** The values that a new object takes from its class: default values of fields that were not given, or given as unset. */
export const defaultsOf = (className: string, fields: JsonObject, context: Context): JsonObject =>
  Object.fromEntries(
    Object.entries(context.schemas.get(className)?.fields ?? {}).flatMap(([name, field]) =>
      field.defaultValue !== undefined && field.defaultValue !== null && isUnset(ownValue(fields, name))
        ? [[name, toStored(field.defaultValue)] as const]
        : [],
    ),
  );

const RELATION_OPERATIONS: ReadonlySet<string> = new Set(['AddRelation', 'RemoveRelation']);

const relationStepsOf = (value: Json | undefined): readonly FieldOperation[] => {
  if (!isFieldOperation(value)) return [];
  if (RELATION_OPERATIONS.has(value.__op)) return [value];
  return value.__op === 'Batch' && Array.isArray(value['ops']) ? value['ops'].flatMap(relationStepsOf) : [];
};

const relatedIds = (step: FieldOperation): string[] =>
  (Array.isArray(step['objects']) ? step['objects'] : []).flatMap((member) =>
    isPointer(member) ? [member.objectId] : [],
  );

const isRelationValue = (value: Json | undefined): boolean =>
  relationStepsOf(value).length > 0 ||
  (isObject(value) && (value['__type'] === 'Relation' || (value['__op'] === 'Batch' && Array.isArray(value['ops']))));

/** Adds to and takes from the relations of an object, as the written fields say. */
export const writeRelations = (
  className: string,
  objectId: string,
  fields: JsonObject,
  transaction: Transaction,
): void => {
  for (const [name, value] of Object.entries(fields)) {
    const join = `_Join:${name}:${className}`;
    for (const step of relationStepsOf(value)) {
      for (const relatedId of relatedIds(step)) {
        const rowId = toJoinId(objectId, relatedId);
        const isThere = transaction.get(join, rowId) !== undefined;
        if (step.__op === 'RemoveRelation') {
          if (isThere) transaction.delete(join, rowId);
        } else if (!isThere) {
          transaction.put(join, { objectId: rowId, owningId: objectId, relatedId } as unknown as ParseRecord);
        }
      }
    }
  }
};

const toStored = (value: Json): Json => {
  if (!isObject(value)) return value;
  // The address that a client sends with a file is not kept: the server knows where it serves it.
  if (value['__type'] === 'File') return { __type: 'File', name: value['name'] ?? '' };
  if (value['__type'] === 'Polygon') return { __type: 'Polygon', coordinates: closePolygon(value['coordinates']) };
  return value;
};

/**
 * The values of a record after the written fields: operations are applied, and null unsets. Relations are left out. `present` is
 * undefined for a new object.
 */
export const applyFields = (present: JsonObject | undefined, fields: JsonObject): { [name: string]: Json } => {
  const values: { [name: string]: Json } = { ...present };
  const carryOut = (operation: FieldOperation, name: string): Json | undefined =>
    present ? applyFieldOperation(operation, present[name]) : initialValue(operation);
  for (const [name, value] of Object.entries(fields)) {
    if (isRelationValue(value)) continue;
    const after = isFieldOperation(value) ? carryOut(value, name) : toStored(value);
    if (after === undefined || after === null) delete values[name];
    else values[name] = after;
  }
  return values;
};

/** The names of the fields whose new value the writer cannot know, and is therefore told. */
export const computedFields = (fields: JsonObject): readonly string[] =>
  Object.entries(fields).flatMap(([name, value]) =>
    isFieldOperation(value) && ['Increment', 'Add', 'AddUnique', 'Remove', 'SetOnInsert'].includes(value.__op)
      ? [name]
      : [],
  );
