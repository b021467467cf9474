import { ParseError } from '../../parse/error.ts';
import type { JsonObject } from '../../parse/record.ts';
import { accessTo, checkClassPermission } from '../access/access.ts';
import type { Context } from '../context.ts';
import { present } from '../queries/queries.ts';
import { relationsOf } from '../queries/visibility.ts';
import { runTrigger, toTriggerRequest } from '../triggers/run.ts';
import { type SavedFacts, toSavedObject, unknownOf, withChanged, withFieldChanges } from '../triggers/saving.ts';
import type { ClassTriggers, SaveRequest } from '../triggers/triggers.ts';
import { applyParts, partName, splitFields } from './dotted-fields.ts';
import { applyFields, growClass } from './field-values.ts';
import type { AfterCommit, Prepared, Stage, Write } from './stages.ts';

/** The triggers of a class that run when it is written to. */
type SaveTriggers = Pick<ClassTriggers, 'beforeSave' | 'afterSave'>;

const fieldsOf = ({ fields, parts }: Write): JsonObject => ({
  ...fields,
  ...Object.fromEntries(parts.map((part) => [partName(part), part.value])),
});

/** The object before the write as the writer sees it; undefined for one that it may not write. Throws 119 for a closed class. */
const originalOf = ({ className, before }: Write, context: Context): JsonObject | undefined => {
  const may = accessTo(className, 'update', context);
  return before && may(before) ? present(className, before, context) : undefined;
};

// Nobody's trigger runs for a write that is refused anyway. The class of a new object is there from here on, whatever the trigger says.
const checkRights = ({ className, isNew }: Write, original: JsonObject | undefined, context: Context): void => {
  if (!isNew) {
    if (!original) throw new ParseError('OBJECT_NOT_FOUND', 'Object not found.');
    return;
  }
  checkClassPermission(className, 'create', context);
  if (context.schemas.get(className)) return;
  context.store.transact((transaction) => growClass(className, {}, transaction, context));
};

const saveRequest = (
  triggerName: 'beforeSave' | 'afterSave',
  className: string,
  saved: Pick<SaveRequest, 'object' | 'original' | 'fields'>,
  context: Context,
): SaveRequest => ({ ...toTriggerRequest(triggerName, className, context), ...saved });

const NAME = /^[A-Za-z][\w.]*$/;

// What the SDK could not name is lost on the way through a trigger, as `_context` that a client took for no field.
const withoutOdd = (fields: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => NAME.test(name)));

type Opened = { readonly write: Write; readonly original: JsonObject | undefined; readonly changed: readonly string[] };

const runBeforeSave = async (
  beforeSave: NonNullable<SaveTriggers['beforeSave']>,
  write: Write,
  original: JsonObject | undefined,
  context: Context,
): Promise<Opened> => {
  const { className } = write;
  checkRights(write, original, context);
  const fields = withoutOdd(fieldsOf(write));
  const object = applyParts(applyFields(original ?? {}, write.fields), write.parts);
  const request = saveRequest('beforeSave', className, { object, fields, ...(original && { original }) }, context);
  const {
    objectId: _,
    createdAt: __,
    updatedAt: ___,
    ...written
  } = (await runTrigger(beforeSave, request, context)) ?? {};
  const changed = withFieldChanges(fields, written);
  const { whole, parts } = splitFields(className, changed.fields);
  return {
    write: { ...write, fields: whole, parts, changedByTriggers: changed.names },
    original,
    changed: changed.names,
  };
};

const runAfterSave = async (
  afterSave: NonNullable<SaveTriggers['afterSave']>,
  object: JsonObject,
  answer: JsonObject,
  className: string,
  facts: SavedFacts,
  context: Context,
  onFailure = answer,
): Promise<JsonObject> => {
  const { original } = facts;
  const request = saveRequest('afterSave', className, { object, fields: {}, ...(original && { original }) }, context);
  try {
    const result = await runTrigger(afterSave, request, context);
    if (result && 'answer' in result) return result.answer;
    return { ...answer, ...unknownOf(result ? result.object : object, facts) };
  } catch (error) {
    context.log('warn', `afterSave of ${className} failed`, error);
    return onFailure;
  }
};

const NOTHING: readonly string[] = [];

const factsOf = ({ write, original, changed }: Opened, record: JsonObject, context: Context): SavedFacts => {
  const { told = NOTHING, secret = NOTHING, partial = NOTHING } = context.rules.get(write.className) ?? {};
  const fields = Object.entries(fieldsOf(write)).filter(([name]) => !secret.includes(name));
  const shown = changed.filter((name) => !secret.includes(name));
  return { isNew: write.isNew, original, fields: Object.fromEntries(fields), changed: shown, record, told, partial };
};

const afterCommitOf =
  ({ afterSave }: SaveTriggers, opened: Opened, context: Context): AfterCommit =>
  async (record, given) => {
    const { className, before } = opened.write;
    const facts = factsOf(opened, record, context);
    const answer = withChanged(given, facts);
    if (!afterSave) return { answer };
    const relations = relationsOf(context.schemas.get(className));
    const object = toSavedObject(facts, before, relations, answer);
    return { answer: await runAfterSave(afterSave, object, answer, className, facts, context) };
  };

const toStage = (triggers: SaveTriggers): Stage<Context> => {
  const stage: Stage<Context> = async (write, context) => {
    const original = write.isNew ? undefined : originalOf(write, context);
    const opened = triggers.beforeSave
      ? await runBeforeSave(triggers.beforeSave, write, original, context)
      : { write, original, changed: [] };
    const afterWrite = (): AfterCommit => afterCommitOf(triggers, opened, context);
    return { write: opened.write, prepare: (next): Prepared => ({ write: next, afterWrite }) };
  };
  const afterInstead: Stage<Context>['afterInstead'] = async ({ instead, written }, write, context) => {
    const { afterSave } = triggers;
    if (!afterSave) return instead;
    const fields = { ...fieldsOf(write), ...written };
    const facts = factsOf({ write: { ...write, fields, parts: [] }, original: undefined, changed: [] }, {}, context);
    return runAfterSave(afterSave, { ...fields, ...instead }, {}, write.className, facts, context, instead);
  };
  return Object.assign(stage, { afterInstead });
};

/** The stage that runs the triggers of a class, which comes after those of its rules; undefined when it has none. */
export const triggerStageOf = (className: string, context: Context): Stage<Context> | undefined => {
  const triggers = context.triggers.of(className);
  return triggers && (triggers.beforeSave || triggers.afterSave) ? toStage(triggers) : undefined;
};
