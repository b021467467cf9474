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
import { getObject } from '../queries/queries.ts';
import { newObjectId } from '../random.ts';
import { ROLE_RULES } from '../roles.ts';
import { SESSION_RULES } from '../sessions/rules.ts';
import { USER_RULES } from '../users/rules.ts';
import { applyParts, computedParts, splitFields, withParts } from './dotted-fields.ts';
import { applyFields, checkFields, computedFields, defaultsOf, growClass, writeRelations } from './field-values.ts';
import type { Draft, WriteRules } from './write-rules.ts';

const RULES: { readonly [className: string]: WriteRules } = {
  _User: USER_RULES,
  _Session: SESSION_RULES,
  _Role: ROLE_RULES,
};

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

const draftOf = (object: Pick<Draft, 'className' | 'objectId' | 'isNew' | 'before'>, given: JsonObject): Draft => {
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

const assemble = (draft: Draft, present: JsonObject, dates: { createdAt: string; updatedAt: string }): ParseRecord => {
  const { ACL: given, ...fields } = draft.fields;
  const acl = aclOf(given) ?? (present['ACL'] as AclMap | undefined);
  const { ACL: _, ...others } = applyParts(applyFields(present, fields), draft.parts);
  const values = withoutNulls({ ...others, ...draft.hidden });
  return { ...values, objectId: draft.objectId, ...dates, ...(acl && { ACL: acl }) } as ParseRecord;
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

/**
 * Makes an object. Answers `{ objectId, createdAt }` and what else REST answers to a POST: default values, and for a new user
 * the `sessionToken`. Throws what the class and its rules refuse.
 */
export const createObject = async (className: string, given: JsonObject, context: Context): Promise<JsonObject> => {
  checkClassAccess('create', className, context);
  const objectId = takeId(className, given, context);
  const rules = RULES[className] ?? {};
  const draft = draftOf({ className, objectId, isNew: true, before: undefined }, given);
  const instead = await rules.admit?.(draft, context);
  if (instead) return instead;
  const gained = checkFields(className, withParts(draft.fields, draft.parts), true, context);
  const defaults = defaultsOf(className, draft.fields, context);
  Object.assign(draft.fields, defaults);
  const plan = (await rules.plan?.(draft, context)) ?? {};
  const acl = draft.fields['ACL'] ? undefined : defaultAclOf(className, context);
  if (acl) draft.fields['ACL'] = acl;
  const createdAt = now(context);
  const record = context.store.transact((transaction) => {
    plan.check?.(transaction);
    checkClassPermission(className, 'create', context);
    if (transaction.get(className, objectId)) {
      throw new ParseError('DUPLICATE_VALUE', 'A duplicate value for a field with unique values was provided');
    }
    growClass(className, gained, transaction, context);
    const made = assemble(draft, {}, { createdAt, updatedAt: createdAt });
    transaction.put(className, made);
    writeRelations(className, objectId, draft.fields, transaction);
    plan.follow?.(made, transaction);
    return made;
  });
  const more = await plan.conclude?.(record);
  return { objectId, createdAt, ...defaults, ...(acl && { ACL: acl }), ...more };
};

const writeUpdate = (
  draft: Draft,
  gained: ReturnType<typeof checkFields>,
  context: Context,
  transaction: Transaction,
): ParseRecord => {
  const { className, objectId } = draft;
  const before = transaction.get(className, objectId);
  const may = accessTo(className, 'update', context);
  const mayAdd = Object.keys(gained).length > 0 ? accessTo(className, 'addField', context) : may;
  if (!before || !may(before) || !mayAdd(before)) throw new ParseError('OBJECT_NOT_FOUND', 'Object not found.');
  growClass(className, gained, transaction, context);
  const after = assemble(draft, before, { createdAt: before.createdAt, updatedAt: now(context) });
  transaction.put(className, after);
  writeRelations(className, objectId, draft.fields, transaction);
  return after;
};

const update = async (
  className: string,
  objectId: string,
  given: JsonObject,
  rules: WriteRules,
  context: Context,
): Promise<JsonObject> => {
  const before = context.store.get(className, objectId);
  const draft = draftOf({ className, objectId, isNew: false, before }, given);
  await rules.admit?.(draft, context);
  const gained = checkFields(className, withParts(draft.fields, draft.parts), false, context);
  const plan = (await rules.plan?.(draft, context)) ?? {};
  const record = context.store.transact((transaction) => {
    plan.check?.(transaction);
    const after = writeUpdate(draft, gained, context, transaction);
    plan.follow?.(after, transaction);
    return after;
  });
  const computed = Object.fromEntries(
    computedFields(given).flatMap((name) => (record[name] === undefined ? [] : [[name, record[name]]])),
  );
  const more = await plan.conclude?.(record);
  return { updatedAt: record.updatedAt, ...computed, ...computedParts(draft.parts, record), ...more };
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
  const rules = RULES[className] ?? {};
  try {
    return await update(className, objectId, given, rules, context);
  } catch (error) {
    throw context.auth.isMaster || !rules.disguise ? error : rules.disguise(error);
  }
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
  const rules = RULES[className] ?? {};
  rules.admitDelete?.(context);
  if (className === '_Session') requireOwnSession(objectId, context);
  try {
    erase(className, objectId, context);
  } catch (error) {
    throw context.auth.isMaster || !rules.disguise ? error : rules.disguise(error);
  }
};

const requireOwnSession = (objectId: string, context: Context): void => {
  try {
    getObject('_Session', objectId, {}, context);
  } catch (error) {
    const isMissing = error instanceof ParseError && error.code === 101;
    throw isMissing ? new ParseError('OBJECT_NOT_FOUND', 'Object not found for delete.') : error;
  }
};
