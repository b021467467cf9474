import { normaliseAcl } from '../../parse/acl.ts';
import type { FieldSchema } from '../../parse/classes/schema.ts';
import { checkType, typeOf } from '../../parse/classes/validation.ts';
import { ParseError } from '../../parse/error.ts';
import { isFieldOperation } from '../../parse/field-ops.ts';
import type { AclMap, Json, JsonObject, ParseRecord } from '../../parse/record.ts';
import { isObject } from '../../parse/record.ts';
import type { Transaction } from '../../store/store.ts';
import { accessTo, checkClassPermission } from '../access/access.ts';
import { checkClassAccess } from '../access/class-access.ts';
import type { Context } from '../context.ts';
import { newObjectId } from '../random.ts';
import { applyParts, computedParts, splitFields, withParts } from './dotted-fields.ts';
import { applyFields, checkFields, computedFields, defaultsOf, growClass, writeRelations } from './field-values.ts';
import {
  admit,
  afterCommit,
  afterWrite,
  beforeWrite,
  type ClassRules,
  prepare,
  type Ready,
  type Write,
} from './stages.ts';

const NO_RULES: ClassRules<Context> = { stages: [] };

const rulesOf = (className: string, { rules }: Context): ClassRules<Context> => rules.get(className) ?? NO_RULES;

// None of these is the client's to say; it is passed over if it is at least of the right type.
const NOT_WRITTEN: ReadonlyMap<string, FieldSchema> = new Map([
  ['objectId', { type: 'String' }],
  ['createdAt', { type: 'Date' }],
  ['updatedAt', { type: 'Date' }],
]);

const isWritten = (className: string, name: string, value: Json): boolean => {
  const expected = NOT_WRITTEN.get(name);
  const actual = expected && typeOf(value);
  if (expected && actual) checkType(`${className}.${name}`, expected, actual);
  return !expected && value !== undefined;
};

const writable = (className: string, fields: JsonObject): { [name: string]: Json } =>
  Object.fromEntries(Object.entries(fields).filter(([name, value]) => isWritten(className, name, value)));

const writeOf = (object: Pick<Write, 'className' | 'objectId' | 'isNew' | 'before'>, given: JsonObject): Write => {
  const { whole, parts } = splitFields(object.className, writable(object.className, given));
  return { ...object, fields: whole, parts, hidden: {} };
};

const takeId = (className: string, fields: JsonObject, context: Context): string => {
  const { objectId } = fields;
  if (context.options.allowCustomObjectId) {
    if (objectId === undefined) return newObjectId(context.random);
    if (!objectId) throw new ParseError('MISSING_OBJECT_ID', 'objectId must not be empty, null or undefined');
    const type = typeOf(objectId);
    if (type) checkType(`${className}.objectId`, { type: 'String' }, type);
    return String(objectId);
  }
  if (objectId) throw new ParseError('INVALID_KEY_NAME', 'objectId is an invalid field name.');
  if (fields['id']) throw new ParseError('INVALID_KEY_NAME', 'id is an invalid field name.');
  return newObjectId(context.random);
};

const rightsIn = (value: Json): AclMap =>
  Object.fromEntries(
    Object.entries(isObject(value) && !isFieldOperation(value) ? value : {}).flatMap(([subject, rights]) =>
      isObject(rights) ? [[subject, rights]] : [],
    ),
  );

/** The ACL to store: what gives rights to nobody lets in the master key alone; null and undefined leave what is there. */
const aclOf = (value: Json | undefined): AclMap | undefined => {
  if (value === undefined || value === null) return undefined;
  const acl = rightsIn(value);
  if (acl['*unresolved']) throw new ParseError('INVALID_ACL', 'Invalid ACL.');
  return normaliseAcl(acl);
};

const withoutNulls = (values: { readonly [name: string]: Json }): { [name: string]: Json } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));

const assemble = (write: Write, present: JsonObject, dates: { createdAt: string; updatedAt: string }): ParseRecord => {
  const { ACL: given, ...fields } = write.fields;
  const acl = aclOf(given) ?? (present['ACL'] as AclMap | undefined);
  const { ACL: _, ...others } = applyParts(applyFields(present, fields), write.parts);
  const values = withoutNulls({ ...others, ...write.hidden });
  return { ...values, objectId: write.objectId, ...dates, ...(acl && { ACL: acl }) } as ParseRecord;
};

const defaultAclOf = (className: string, context: Context): AclMap | undefined => {
  const acl = context.schemas.get(className)?.classLevelPermissions?.ACL;
  const isOpen = acl?.['*']?.read && acl['*'].write && Object.keys(acl).length === 1;
  if (!acl || isOpen) return undefined;
  const { currentUser, ...rest } = acl;
  const { user } = context.auth;
  return currentUser && user ? { ...rest, [user.objectId]: currentUser } : rest;
};

const now = (context: Context): string => new Date(context.clock.now()).toISOString();

const withFields = (write: Write, fields: JsonObject): Write => ({ ...write, fields: { ...write.fields, ...fields } });

type Gained = ReturnType<typeof checkFields>;

const writeNew = (ready: Ready, gained: Gained, context: Context, transaction: Transaction): ParseRecord => {
  const write = beforeWrite(ready, transaction);
  const { className, objectId, fields } = write;
  checkClassPermission(className, 'create', context);
  if (transaction.get(className, objectId)) {
    throw new ParseError('DUPLICATE_VALUE', 'A duplicate value for a field with unique values was provided');
  }
  growClass(className, gained, transaction, context);
  const createdAt = now(context);
  const made = assemble(write, {}, { createdAt, updatedAt: createdAt });
  transaction.put(className, made);
  writeRelations(className, objectId, fields, transaction);
  return made;
};

const writeUpdate = (ready: Ready, gained: Gained, context: Context, transaction: Transaction): ParseRecord => {
  const write = beforeWrite(ready, transaction);
  const { className, objectId, fields } = write;
  const before = transaction.get(className, objectId);
  const may = accessTo(className, 'update', context);
  const mayAdd = Object.keys(gained).length > 0 ? accessTo(className, 'addField', context) : may;
  if (!before || !may(before) || !mayAdd(before)) throw new ParseError('OBJECT_NOT_FOUND', 'Object not found.');
  growClass(className, gained, transaction, context);
  const after = assemble(write, before, { createdAt: before.createdAt, updatedAt: now(context) });
  transaction.put(className, after);
  writeRelations(className, objectId, fields, transaction);
  return after;
};

const commit = (ready: Ready, gained: Gained, context: Context) =>
  context.store.transact((transaction) => {
    const record = (ready.write.isNew ? writeNew : writeUpdate)(ready, gained, context, transaction);
    return { record, after: afterWrite(ready, record, transaction) };
  });

/**
 * Makes an object. Answers `{ objectId, createdAt }` and what else REST answers to a POST: default values, and for a new user
 * the `sessionToken`. Throws what the class and its rules refuse.
 */
export const createObject = async (className: string, given: JsonObject, context: Context): Promise<JsonObject> => {
  checkClassAccess('create', className, context);
  const objectId = takeId(className, given, context);
  const { stages } = rulesOf(className, context);
  const write = writeOf({ className, objectId, isNew: true, before: undefined }, given);
  const admitted = await admit(stages, write, context);
  if ('instead' in admitted) return admitted.instead;
  const { fields, parts } = admitted.write;
  const gained = checkFields(className, withParts(fields, parts), true, context);
  const defaults = defaultsOf(className, fields, context);
  const ready = await prepare(admitted.prepares, withFields(admitted.write, defaults));
  const acl = ready.write.fields['ACL'] ? undefined : defaultAclOf(className, context);
  const complete = acl ? { ...ready, write: withFields(ready.write, { ACL: acl }) } : ready;
  const { record, after } = commit(complete, gained, context);
  const answer = { objectId, createdAt: record.createdAt, ...defaults, ...(acl && { ACL: acl }) };
  return afterCommit(after, record, answer);
};

const update = async (
  className: string,
  objectId: string,
  given: JsonObject,
  context: Context,
): Promise<JsonObject> => {
  const before = context.store.get(className, objectId);
  const write = writeOf({ className, objectId, isNew: false, before }, given);
  const admitted = await admit(rulesOf(className, context).stages, write, context);
  if ('instead' in admitted) return admitted.instead;
  const { fields, parts } = admitted.write;
  const gained = checkFields(className, withParts(fields, parts), false, context);
  const { record, after } = commit(await prepare(admitted.prepares, admitted.write), gained, context);
  const computed = Object.fromEntries(
    computedFields(given).flatMap((name) => (record[name] === undefined ? [] : [[name, record[name]]])),
  );
  const answer = { updatedAt: record.updatedAt, ...computed, ...computedParts(parts, record) };
  return afterCommit(after, record, answer);
};

/** Runs what changes or deletes an object; its errors tell those who are not master no more than the class wants. */
const disguised = async <Result>(
  className: string,
  context: Context,
  run: () => Result | Promise<Result>,
): Promise<Result> => {
  const { disguise } = rulesOf(className, context);
  try {
    return await run();
  } catch (error) {
    throw context.auth.isMaster || !disguise ? error : disguise(error);
  }
};

/**
 * Changes an object. Answers `{ updatedAt }`, the new values of fields that were computed (Increment, Add …), and for a user who
 * changed the own password a new `sessionToken`. Throws 101 where the caller may not write (206 for users).
 */
export const updateObject = async (
  className: string,
  objectId: string,
  given: JsonObject,
  context: Context,
): Promise<JsonObject> => {
  checkClassAccess('update', className, context);
  return disguised(className, context, () => update(className, objectId, given, context));
};

const erase = (className: string, objectId: string, context: Context): void => {
  const may = accessTo(className, 'delete', context);
  context.store.transact((transaction) => {
    const record = transaction.get(className, objectId);
    if (!record || !may(record)) throw new ParseError('OBJECT_NOT_FOUND', 'Object not found.');
    transaction.delete(className, objectId);
  });
};

/** Deletes an object. Throws 101 when it is not there or the caller may not write it (206 for users). */
export const deleteObject = async (className: string, objectId: string, context: Context): Promise<void> => {
  checkClassAccess('delete', className, context);
  rulesOf(className, context).beforeDelete?.(objectId, context);
  await disguised(className, context, () => erase(className, objectId, context));
};
