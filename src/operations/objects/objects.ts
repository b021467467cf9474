import { normaliseAcl } from '../../parse/acl.ts';
import { isVolatileClass } from '../../parse/classes/names.ts';
import { duplicateValue, ParseError } from '../../parse/error.ts';
import { isFieldOperation } from '../../parse/field-ops.ts';
import { checkKeywords } from '../../parse/keywords.ts';
import type { AclMap, Json, JsonObject, ParseRecord } from '../../parse/record.ts';
import { isObject } from '../../parse/record.ts';
import type { Transaction } from '../../store/store.ts';
import { accessTo, checkClassPermission } from '../access/access.ts';
import { checkClassAccess } from '../access/class-access.ts';
import { passesRights } from '../access/keys.ts';
import { announce } from '../announce.ts';
import type { Context } from '../context.ts';
import { readForDelete } from '../queries/queries.ts';
import { tellTrigger } from '../triggers/run.ts';
import { withoutProtected } from './answers.ts';
import { applyParts, computedParts, partName, withParts } from './dotted-fields.ts';
import { applyFields, checkFields, computedFields, defaultsOf, growClass, writeRelations } from './field-values.ts';
import { takeId, writeOf } from './given.ts';
import type { Part } from './stages.ts';
import {
  admit,
  afterCommit,
  afterWrite,
  beforeWrite,
  type ClassRules,
  type Open,
  prepare,
  type Ready,
  type Stage,
  type Write,
} from './stages.ts';
import { triggerStageOf } from './trigger-stage.ts';

const NO_RULES: ClassRules<Context> = { stages: [] };

const rulesOf = (className: string, { rules }: Context): ClassRules<Context> => rules.get(className) ?? NO_RULES;

const stagesOf = (className: string, context: Context): readonly Stage<Context>[] => {
  const { stages } = rulesOf(className, context);
  const triggers = triggerStageOf(className, context);
  return triggers ? [...stages, triggers] : stages;
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

type Dates = { readonly createdAt: string; readonly updatedAt: string };

const assemble = (write: Write, present: JsonObject | undefined, dates: Dates): ParseRecord => {
  const { ACL: given, ...fields } = write.fields;
  const acl = aclOf(given) ?? (present?.['ACL'] as AclMap | undefined);
  const { ACL: _, ...others } = applyParts(applyFields(present, fields), write.parts);
  const values = withoutNulls({ ...others, ...write.hidden });
  return { ...values, objectId: write.objectId, ...dates, ...(acl && { ACL: acl }) } as ParseRecord;
};

const classAclFor = (className: string, context: Context): AclMap | undefined => {
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

const partsByName = (parts: readonly Part[]): JsonObject =>
  Object.fromEntries(parts.map((part) => [partName(part), part.value]));

/** Asks for keys and values that may not be written, in all that is about to be. */
const checkDenied = ({ fields, hidden, parts }: Write, { options }: Context): void => {
  checkKeywords({ ...fields, ...partsByName(parts), ...hidden }, options.requestKeywordDenylist);
};

const writeNew = (ready: Ready, gained: Gained, context: Context, transaction: Transaction): ParseRecord => {
  const write = beforeWrite(ready, transaction);
  const { className, objectId, fields } = write;
  checkDenied(write, context);
  checkClassPermission(className, 'create', context);
  if (transaction.get(className, objectId)) {
    throw duplicateValue();
  }
  growClass(className, gained, transaction, context);
  const at = context.clock.stamp();
  const made = assemble(write, undefined, write.dates ?? { createdAt: at, updatedAt: at });
  transaction.put(className, made);
  writeRelations(className, objectId, fields, transaction);
  return made;
};

const writeUpdate = (ready: Ready, gained: Gained, context: Context, transaction: Transaction): ParseRecord => {
  const write = beforeWrite(ready, transaction);
  const { className, objectId, fields } = write;
  checkDenied(write, context);
  const before = transaction.get(className, objectId);
  const may = accessTo(className, 'update', context);
  const mayAdd = Object.keys(gained).length > 0 ? accessTo(className, 'addField', context) : may;
  const isThere = before && may(before) && mayAdd(before) && (write.holds?.(before) ?? true);
  if (!isThere) throw new ParseError('OBJECT_NOT_FOUND', 'Object not found.');
  growClass(className, gained, transaction, context);
  // Parse Server does not look after the dates of classes that no schema lists.
  const updatedAt = isVolatileClass(className) ? before.updatedAt : context.clock.stamp(before.updatedAt);
  const after = assemble(write, before, { createdAt: before.createdAt, updatedAt });
  transaction.put(className, after);
  writeRelations(className, objectId, fields, transaction);
  return after;
};

const commit = (ready: Ready, gained: Gained, context: Context) => {
  const { className, isNew, before, fields, parts } = ready.write;
  const { record, after } = context.store.transact((transaction) => {
    const written = (isNew ? writeNew : writeUpdate)(ready, gained, context, transaction);
    return { record: written, after: afterWrite(ready, written, transaction) };
  });
  announce({ className, before, after: record, written: { ...fields, ...partsByName(parts) } }, context);
  return { record, after };
};

/** What operations came to, for the writer, who cannot know. */
const computedIn = ({ fields, parts }: Write, record: ParseRecord): JsonObject => ({
  ...Object.fromEntries(
    computedFields(fields).flatMap((name) => (record[name] === undefined ? [] : [[name, record[name]]])),
  ),
  ...computedParts(parts, record),
});

/** Writes what the stages have let in. */
const save = async ({ write: given, prepares }: Open, context: Context): Promise<JsonObject> => {
  const { className, objectId, isNew } = given;
  const gained = checkFields(className, withParts(given.fields, given.parts), isNew, context);
  const defaults = isNew ? defaultsOf(className, given.fields, context) : {};
  const classAcl = isNew && !given.fields['ACL'] ? classAclFor(className, context) : undefined;
  const prepared = await prepare(prepares, { ...withFields(given, defaults), classAcl });
  const acl = classAcl && (prepared.write.fields['ACL'] || classAcl);
  const ready = acl ? { ...prepared, write: withFields(prepared.write, { ACL: acl }) } : prepared;
  const { record, after } = commit(ready, gained, context);
  const known = isNew
    ? { objectId, createdAt: record.createdAt, ...defaults, ...(acl && { ACL: acl }) }
    : { updatedAt: isVolatileClass(className) ? now(context) : record.updatedAt };
  return afterCommit(after, record, { ...known, ...computedIn(given, record) });
};

/** What came of a write. */
export type Written = {
  /** The object, whatever the answer says. */
  readonly objectId: string;
  /** Whether there is one more object than before. */
  readonly isNew: boolean;
  /** What REST answers. */
  readonly answer: JsonObject;
};

const run = async (given: Write, context: Context): Promise<Written> => {
  const admitted = await admit(stagesOf(given.className, context), given, context);
  const { objectId, isNew } = 'instead' in admitted ? admitted : admitted.write;
  const answer = 'instead' in admitted ? admitted.instead : await save(admitted, context);
  return { objectId, isNew, answer: withoutProtected(answer, given, context) };
};

/**
 * Makes an object. Returns `{ objectId, createdAt }` and what else REST answers to a POST: default values, what operations came
 * to, and for a new user the `sessionToken`. Where the rules of the class find that the object is there already, it is changed,
 * and the answer is that of `updateObject`. Throws what the class, its rules and its triggers refuse.
 */
export const createObject = async (className: string, given: JsonObject, context: Context): Promise<Written> => {
  checkClassAccess('create', className, context);
  const objectId = takeId(className, given, context);
  return run(writeOf({ className, objectId, isNew: true, before: undefined }, given, context), context);
};

/** Runs what changes or deletes an object; its errors tell those who are not master no more than the class wants. */
const disguised = async <Result>(
  className: string,
  context: Context,
  change: () => Result | Promise<Result>,
): Promise<Result> => {
  const { disguise } = rulesOf(className, context);
  try {
    return await change();
  } catch (error) {
    throw passesRights(context.auth) || !disguise ? error : disguise(error);
  }
};

/**
 * Changes an object. Returns `{ updatedAt }`, the new values of fields that were computed (Increment, Add …), and for a user who
 * changed the own password a new `sessionToken`. Throws 101 where the caller may not write (206 for users), or where `holds` does not.
 */
export const updateObject = async (
  className: string,
  objectId: string,
  given: JsonObject,
  context: Context,
  holds?: Write['holds'],
): Promise<JsonObject> => {
  checkClassAccess('update', className, context);
  return disguised(className, context, async () => {
    const before = context.store.get(className, objectId);
    const write = { ...writeOf({ className, objectId, isNew: false, before }, given, context), holds };
    return (await run(write, context)).answer;
  });
};

/** Reads an object that is about to be deleted, for the triggers of its class, if there are any. */
const readDoomed = async (className: string, objectId: string, context: Context): Promise<JsonObject | undefined> => {
  const triggers = context.triggers.of(className);
  return triggers?.beforeDelete || triggers?.afterDelete ? readForDelete(className, objectId, context) : undefined;
};

const erase = (className: string, objectId: string, context: Context): void => {
  const may = accessTo(className, 'delete', context);
  const before = context.store.transact((transaction) => {
    const record = transaction.get(className, objectId);
    if (!record || !may(record)) {
      // Of a live class Parse Server reads the object first, and says so when it cannot.
      const isRead = context.live?.isLive(className);
      throw new ParseError('OBJECT_NOT_FOUND', isRead ? 'Object not found for delete.' : 'Object not found.');
    }
    transaction.delete(className, objectId);
    return record;
  });
  announce({ className, before, after: undefined, written: {} }, context);
};

/** Deletes an object. Throws 101 when it is not there or the caller may not write it (206 for users). */
export const deleteObject = async (className: string, objectId: string, context: Context): Promise<void> => {
  checkClassAccess('delete', className, context);
  rulesOf(className, context).beforeDelete?.(objectId, context);
  await disguised(className, context, async () => {
    const doomed = await readDoomed(className, objectId, context);
    if (doomed) await tellTrigger('beforeDelete', className, doomed, context);
    erase(className, objectId, context);
    if (doomed) await tellTrigger('afterDelete', className, doomed, context);
  });
};
