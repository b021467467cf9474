import { columnsOf } from '../../parse/classes/columns.ts';
import { mergeIndexes } from '../../parse/classes/indexes.ts';
import { classNameProblem, isBuiltInField, isClassName, isVolatileClass } from '../../parse/classes/names.ts';
import { checkPermissions } from '../../parse/classes/permissions.ts';
import type { ClassLevelPermissions, ClassSchema, FieldSchema } from '../../parse/classes/schema.ts';
import { checkNewFields, type Fields } from '../../parse/classes/validation.ts';
import { ParseError, refusal } from '../../parse/error.ts';
import type { Json } from '../../parse/record.ts';
import { SCHEMA_CLASS } from '../../store/snapshot.ts';
import type { Transaction } from '../../store/store.ts';
import { requireMaster, requireWritingMaster } from '../access/keys.ts';
import { mergeProtectedFields } from '../access/protected-fields.ts';
import type { Context } from '../context.ts';
import { completePermissions, DEFAULT_PERMISSIONS, putClass } from '../schemas.ts';

/** A change of a class: fields and indexes to add, or to take away with `{ __op: 'Delete' }`, and new permissions. */
export type ClassChange = {
  readonly fields?: { readonly [name: string]: FieldSchema | { readonly __op: 'Delete' } };
  readonly classLevelPermissions?: ClassLevelPermissions;
  readonly indexes?: ClassSchema['indexes'];
};

const unknownClass = (className: string): ParseError =>
  new ParseError('INVALID_CLASS_NAME', `Class ${className} does not exist.`);

/** Sessions become a class when the first one is opened. */
const isThere = (className: string, { store }: Context): boolean =>
  className !== '_Session' || store.version(className) > 0 || store.get(SCHEMA_CLASS, className) !== undefined;

/** Parse Server makes these two before any other. */
const FIRST: readonly string[] = ['_Role', '_User'];

/** All classes, in the shape of REST `/schemas`, in the order in which they were made. Throws 119 without the master key. */
export const listClasses = (context: Context): readonly ClassSchema[] => {
  requireMaster(context);
  const place = ({ className }: ClassSchema): number => (FIRST.indexOf(className) + 1) * -1;
  return context.schemas
    .list()
    .filter(({ className }) => isThere(className, context))
    .sort((one, other) => place(one) - place(other));
};

const findClass = (className: string, context: Context): ClassSchema | undefined =>
  isThere(className, context) ? context.schemas.get(className) : undefined;

/** One class; those that Parse Server keeps to itself have no permissions. Throws 119 without the master key, 103 when there is none of the name. */
export const getClass = (className: string, context: Context): ClassSchema => {
  requireMaster(context);
  if (isVolatileClass(className)) return { className, fields: columnsOf(className), classLevelPermissions: {} };
  const schema = findClass(className, context);
  if (!schema) throw unknownClass(className);
  return schema;
};

// null takes the class back to what it had when it was made.
const permissionsOf = (
  given: ClassLevelPermissions | null | undefined,
  fields: Fields,
  { options }: Context,
): ClassLevelPermissions | undefined => {
  checkPermissions(given as Json | undefined, fields, options.allowCustomObjectId);
  return given === null ? DEFAULT_PERMISSIONS : given && completePermissions(given);
};

/**
 * Makes a class. Throws 119 without the master key, 103 for its name, 105, 111, 135 or 136 for its fields, 107 for its permissions,
 * 102 for its indexes.
 */
export const createClass = (schema: ClassSchema, context: Context): ClassSchema => {
  requireWritingMaster(context, 'create a schema');
  const { className, fields = {} } = schema;
  if (isVolatileClass(className) || findClass(className, context)) {
    throw new ParseError('INVALID_CLASS_NAME', `Class ${className} already exists.`);
  }
  if (!isClassName(className)) throw new ParseError('INVALID_CLASS_NAME', classNameProblem(className));
  checkNewFields(className, fields, {});
  const all = { ...columnsOf(className), ...fields };
  const permissions = permissionsOf(schema.classLevelPermissions, all, context) ?? DEFAULT_PERMISSIONS;
  const { indexes: given, ...rest } = schema;
  const indexes = hasMembers(given) ? mergeIndexes(undefined, given, all) : undefined;
  context.store.transact((transaction) =>
    putClass({ ...rest, fields, classLevelPermissions: permissions, ...(indexes && { indexes }) }, transaction),
  );
  // What the database adds of itself is told only later.
  return { ...getClass(className, context), ...(indexes && { indexes: given }) } as ClassSchema;
};

const hasMembers = (given: ClassSchema['indexes']): given is NonNullable<ClassSchema['indexes']> =>
  given !== undefined && Object.keys(given).length > 0;

const isRemoval = (field: FieldSchema | { readonly __op: 'Delete' }): field is { readonly __op: 'Delete' } =>
  '__op' in field;

const checkRemoval = (className: string, name: string, present: Fields): void => {
  if (isBuiltInField(className, name)) throw refusal('fieldFixed', 136, `field ${name} cannot be changed`);
  if (!Object.hasOwn(present, name)) throw refusal('fieldUnknown', 255, `Field ${name} does not exist, cannot delete.`);
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

/** A class as the answer to a change shows it: with the protected fields that the options add. */
const withProtectedFields = (schema: ClassSchema, { options }: Context): ClassSchema => {
  const permissions = schema.classLevelPermissions ?? {};
  const merged = mergeProtectedFields(schema.className, schema, options);
  const protectedFields = Object.keys(merged).length > 0 ? merged : permissions.protectedFields;
  return { ...schema, classLevelPermissions: { ...permissions, ...(protectedFields && { protectedFields }) } };
};

/** Changes a class. Throws as `createClass` does, 103 when there is none of the name, 255 for a field that is there or is not. */
export const updateClass = (className: string, change: ClassChange, context: Context): ClassSchema => {
  requireWritingMaster(context, 'update a schema');
  const schema = findClass(className, context);
  if (!schema) throw unknownClass(className);
  const submitted = Object.entries(change.fields ?? {});
  const added: Record<string, FieldSchema> = {};
  const removed: string[] = [];
  for (const [name, field] of submitted) {
    const present = schema.fields[name];
    if (isRemoval(field)) {
      checkRemoval(className, name, schema.fields);
      removed.push(name);
    } else if (present && present.type !== field.type) {
      throw refusal('fieldThere', 255, `Field ${name} exists, cannot update.`);
    } else if (!present || !isBuiltInField(className, name)) added[name] = field;
  }
  const kept = Object.fromEntries(Object.entries(schema.fields).filter(([name]) => !removed.includes(name)));
  checkNewFields(className, added, kept);
  const fields = { ...kept, ...added };
  const permissions = permissionsOf(change.classLevelPermissions, fields, context) ?? schema.classLevelPermissions;
  const indexes = change.indexes ? mergeIndexes(schema.indexes, change.indexes, fields) : schema.indexes;
  context.store.transact((transaction) => {
    for (const name of removed) removeField(className, name, transaction);
    putClass(
      { className, fields, ...(permissions && { classLevelPermissions: permissions }), ...(indexes && { indexes }) },
      transaction,
    );
  });
  return withProtectedFields(getClass(className, context), context);
};

/** Takes a class away. Throws 119 without the master key, 103 for a bad name, 255 while it holds objects. */
export const deleteClass = (className: string, context: Context): void => {
  requireWritingMaster(context, 'delete a schema');
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
