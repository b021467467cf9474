import { columnsOf } from '../../parse/classes/columns.ts';
import { classNameProblem, isBuiltInField, isClassName } from '../../parse/classes/names.ts';
import { checkPermissions } from '../../parse/classes/permissions.ts';
import type { ClassLevelPermissions, ClassSchema, FieldSchema } from '../../parse/classes/schema.ts';
import { checkNewFields, type Fields } from '../../parse/classes/validation.ts';
import { ParseError, permissionDenied } from '../../parse/error.ts';
import type { Json } from '../../parse/record.ts';
import { SCHEMA_CLASS } from '../../store/snapshot.ts';
import type { Transaction } from '../../store/store.ts';
import type { Context } from '../context.ts';
import { completePermissions, DEFAULT_PERMISSIONS, putClass } from '../schemas.ts';

/** A change of a class: fields to add, or to take away with `{ __op: 'Delete' }`, and new permissions. */
export type ClassChange = {
  readonly fields?: { readonly [name: string]: FieldSchema | { readonly __op: 'Delete' } };
  readonly classLevelPermissions?: ClassLevelPermissions;
  readonly indexes?: ClassSchema['indexes'];
};

const requireMaster = (context: Context): void => {
  if (!context.auth.isMaster) throw permissionDenied();
};

const unknownClass = (className: string): ParseError =>
  new ParseError('INVALID_CLASS_NAME', `Class ${className} does not exist.`);

/** All classes, in the shape of REST `/schemas`. Throws 119 without the master key. */
export const listClasses = (context: Context): readonly ClassSchema[] => {
  requireMaster(context);
  return context.schemas.list();
};

/** One class. Throws 119 without the master key, 103 when there is none of the name. */
export const getClass = (className: string, context: Context): ClassSchema => {
  requireMaster(context);
  const schema = context.schemas.get(className);
  if (!schema) throw unknownClass(className);
  return schema;
};

// null takes the class back to what it had when it was made.
const permissionsOf = (
  given: ClassLevelPermissions | null | undefined,
  fields: Fields,
): ClassLevelPermissions | undefined => {
  checkPermissions(given as Json | undefined, fields);
  return given === null ? DEFAULT_PERMISSIONS : given && completePermissions(given);
};

/** Makes a class. Throws 119 without the master key, 103 for its name, 105, 111, 135 or 136 for its fields, 107 for its permissions. */
export const createClass = (schema: ClassSchema, context: Context): ClassSchema => {
  requireMaster(context);
  const { className, fields = {} } = schema;
  if (context.store.get(SCHEMA_CLASS, className) ?? context.schemas.get(className)) {
    throw new ParseError('INVALID_CLASS_NAME', `Class ${className} already exists.`);
  }
  if (!isClassName(className)) throw new ParseError('INVALID_CLASS_NAME', classNameProblem(className));
  const own = Object.fromEntries(
    Object.entries(fields).filter(([name]) => !isUnchangedColumn(className, name, fields)),
  );
  checkNewFields(className, own, {});
  const permissions = permissionsOf(schema.classLevelPermissions, { ...columnsOf(className), ...own });
  context.store.transact((transaction) =>
    putClass({ ...schema, fields: own, classLevelPermissions: permissions ?? DEFAULT_PERMISSIONS }, transaction),
  );
  return getClass(className, context);
};

// REST `/schemas` lists built-in fields too, and what it lists can be sent back.
const isUnchangedColumn = (className: string, name: string, fields: Fields): boolean => {
  const builtIn = columnsOf(className);
  return (
    Object.hasOwn(builtIn, name) &&
    Object.hasOwn(fields, name) &&
    builtIn[name]?.type === fields[name]?.type &&
    name !== 'objectId'
  );
};

const isRemoval = (field: FieldSchema | { readonly __op: 'Delete' }): field is { readonly __op: 'Delete' } =>
  '__op' in field;

const checkRemoval = (className: string, name: string, present: Fields): void => {
  if (isBuiltInField(className, name)) throw new ParseError(136, `field ${name} cannot be changed`);
  if (!Object.hasOwn(present, name)) throw new ParseError(255, `Field ${name} does not exist, cannot delete.`);
};

const removeField = (className: string, name: string, transaction: Transaction): void => {
  for (const record of transaction.all(className)) {
    if (!Object.hasOwn(record, name)) continue;
    const { [name]: _, ...rest } = record;
    transaction.put(className, rest as typeof record);
  }
  const join = `_Join:${name}:${className}`;
  for (const row of transaction.all(join)) transaction.delete(join, row.objectId);
};

/** Changes a class. Throws as `createClass` does, 103 when there is none of the name, 255 for a field that is there or is not. */
export const updateClass = (className: string, change: ClassChange, context: Context): ClassSchema => {
  const schema = getClass(className, context);
  const submitted = Object.entries(change.fields ?? {});
  const added: Record<string, FieldSchema> = {};
  const removed: string[] = [];
  for (const [name, field] of submitted) {
    const present = schema.fields[name];
    if (isRemoval(field)) {
      checkRemoval(className, name, schema.fields);
      removed.push(name);
    } else if (present && present.type !== field.type) {
      throw new ParseError(255, `Field ${name} exists, cannot update.`);
    } else if (!present || !isBuiltInField(className, name)) added[name] = field;
  }
  const kept = Object.fromEntries(Object.entries(schema.fields).filter(([name]) => !removed.includes(name)));
  checkNewFields(className, added, kept);
  const fields = { ...kept, ...added };
  const permissions = permissionsOf(change.classLevelPermissions, fields) ?? schema.classLevelPermissions;
  context.store.transact((transaction) => {
    for (const name of removed) removeField(className, name, transaction);
    const indexes = change.indexes ?? schema.indexes;
    putClass(
      { className, fields, ...(permissions && { classLevelPermissions: permissions }), ...(indexes && { indexes }) },
      transaction,
    );
  });
  return getClass(className, context);
};

/** Takes a class away. Throws 119 without the master key, 103 for a bad name, 255 while it holds objects. */
export const deleteClass = (className: string, context: Context): void => {
  requireMaster(context);
  if (!isClassName(className)) throw new ParseError('INVALID_CLASS_NAME', classNameProblem(className));
  const schema = context.schemas.get(className);
  const held = [...context.store.all(className)].length;
  if (held > 0) {
    throw new ParseError(
      'CLASS_NOT_EMPTY',
      `Class ${className} is not empty, contains ${held} objects, cannot drop schema.`,
    );
  }
  if (!schema) return;
  context.store.transact((transaction) => {
    for (const [name, field] of Object.entries(schema.fields)) {
      if (field.type === 'Relation') removeField(className, name, transaction);
    }
    transaction.delete(SCHEMA_CLASS, className);
  });
};
