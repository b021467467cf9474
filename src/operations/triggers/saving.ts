import { isDeepEqual } from '../../parse/equality.ts';
import { applyFieldOperation, isFieldOperation } from '../../parse/field-ops.ts';
import { isObject, isPointer, type Json, type JsonObject } from '../../parse/record.ts';
import type { FieldChanges } from './triggers.ts';

type Values = { [name: string]: Json };

const ownValue = (values: JsonObject | undefined, name: string): Json | undefined =>
  values && Object.hasOwn(values, name) ? values[name] : undefined;

const isDelete = (value: Json | undefined): boolean => isFieldOperation(value) && value.__op === 'Delete';

/** What is written after a trigger changed it, and the names of the fields that are now written in another way than was asked. */
export type Changed = { readonly fields: JsonObject; readonly names: readonly string[] };

/** The fields with the changes of a `beforeSave`. */
export const withFieldChanges = (fields: JsonObject, changes: FieldChanges): Changed => {
  const written: Values = { ...fields };
  const names: string[] = [];
  for (const name of Object.keys(fields)) {
    const root = name.split('.')[0] ?? name;
    // What the client wrote into an object is lost where the trigger wrote the object.
    if (root !== name && changes[root] !== undefined && !Object.hasOwn(changes, name)) delete written[name];
  }
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) delete written[name];
    else written[name] = value;
    if (!isDeepEqual(value, ownValue(fields, name))) names.push(name);
  }
  return { fields: written, names };
};

/** What there is to know of a write when its answer is put together. */
export type SavedFacts = {
  readonly isNew: boolean;
  /** The object before, as the writer could see it. */
  readonly original: JsonObject | undefined;
  /** What was written. */
  readonly fields: JsonObject;
  /** The fields that a trigger changed. */
  readonly changed: readonly string[];
  /** The object as it was written. */
  readonly record: JsonObject;
  /** Fields of which a write names a part only. */
  readonly partial: readonly string[];
  /** Fields that are always told. */
  readonly told: readonly string[];
};

/** What a changed field is told as, after it was written: rules may have made more of it than the trigger did. */
const toldValue = (name: string, { fields, original, isNew, record, partial }: SavedFacts): Json | undefined => {
  const written = ownValue(fields, name);
  if (Object.hasOwn(fields, name)) {
    return isFieldOperation(written) || partial.includes(name) ? written : (ownValue(record, name) ?? written);
  }
  // The client's own value was taken back.
  return isNew || !original ? { __op: 'Delete' } : ownValue(original, name);
};

/** The answer to a write without the values that operations came to, where nothing has changed. */
const withoutUnchanged = (answer: JsonObject, { original }: SavedFacts): JsonObject =>
  original
    ? Object.fromEntries(
        Object.entries(answer).filter(([name, value]) => !isDeepEqual(ownValue(original, name), value)),
      )
    : answer;

/** The answer to a write with what triggers changed: their values, and `{ __op: 'Delete' }` for what they took away. */
export const withChanged = (answer: JsonObject, facts: SavedFacts): JsonObject => {
  const told: Values = { ...withoutUnchanged(answer, facts) };
  for (const name of facts.changed) {
    const value = toldValue(name, facts);
    if (!Object.hasOwn(told, name) && value !== undefined) told[name] = value;
    if (isFieldOperation(told[name])) delete told[name];
    if (value !== undefined && isDelete(value)) told[name] = value;
  }
  return told;
};

const isKnown = (name: string, value: Json, { fields, record, original, partial }: SavedFacts): boolean => {
  const written = ownValue(fields, name);
  const isPart = Object.keys(fields).some((field) => field.startsWith(`${name}.`));
  const isTaken = isFieldOperation(written) || partial.includes(name) || isPart;
  const sent = isTaken ? written : (ownValue(record, name) ?? written);
  return isPointer(value) || isDeepEqual(sent, value) || isDeepEqual(ownValue(original, name), value);
};

/** What of an object, as a trigger leaves it, the writer does not know already. */
export const unknownOf = (object: JsonObject, facts: SavedFacts): JsonObject => {
  const skipped = ['objectId', facts.isNew ? 'createdAt' : 'updatedAt', ...facts.told];
  return Object.fromEntries(
    Object.entries(object).filter(
      ([name, value]) =>
        value !== null &&
        !(name === 'objectId' && !facts.isNew) &&
        (skipped.includes(name) || !isKnown(name, value, facts)),
    ),
  );
};

// Of an operation that changed nothing the writer is told nothing, and Parse's SDK then begins from nothing.
const resultsLost = (fields: JsonObject, answer: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      if (!isFieldOperation(value) || !COMPUTED.has(value.__op) || Object.hasOwn(answer, name)) return [];
      return [[name, applyFieldOperation(value, undefined) ?? null]];
    }),
  );

const COMPUTED: ReadonlySet<string> = new Set(['Increment', 'Add', 'AddUnique', 'Remove']);

const isRelation = (value: Json | undefined): boolean => isObject(value) && value['__type'] === 'Relation';

const isFile = (value: Json | undefined): boolean => isObject(value) && value['__type'] === 'File';

/**
 * The object after a write as triggers get it: what was there as far as the writer could see it, what was written, and what the
 * answer adds. `relations` are those of the class; those that were neither there nor written to are left out.
 */
export const toSavedObject = (
  { original, fields, record, isNew, partial }: SavedFacts,
  before: JsonObject | undefined,
  relations: JsonObject,
  answer: JsonObject,
): JsonObject => {
  const isSeen = (name: string): boolean =>
    isNew ||
    Object.hasOwn(fields, name) ||
    !before ||
    !Object.hasOwn(before, name) ||
    Object.hasOwn(original ?? {}, name);
  const object: Values = {};
  for (const [name, value] of Object.entries(original ?? {})) if (isRelation(value)) object[name] = value;
  for (const [name, value] of Object.entries(relations)) if (Object.hasOwn(fields, name)) object[name] = value;
  for (const [name, value] of Object.entries(record)) if (!name.startsWith('_') && isSeen(name)) object[name] = value;
  // The address that a client sends with a file is not kept, but triggers see it.
  for (const [name, value] of Object.entries(fields)) if (isFile(value) || partial.includes(name)) object[name] = value;
  for (const [name, value] of Object.entries(answer)) if (!isFieldOperation(value)) object[name] = value;
  return { ...object, ...resultsLost(fields, answer) };
};
