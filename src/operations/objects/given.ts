import type { FieldSchema } from '../../parse/classes/schema.ts';
import { checkType, typeOf } from '../../parse/classes/validation.ts';
import { ParseError, refusal } from '../../parse/error.ts';
import { applyFieldOperation, isFieldOperation } from '../../parse/field-ops.ts';
import { fromDate, type Json, type JsonObject, type ParseRecord } from '../../parse/record.ts';
import { INTERNAL_FIELDS } from '../../parse/where/names.ts';
import type { Context } from '../context.ts';
import { newObjectId } from '../random.ts';
import { splitFields } from './dotted-fields.ts';
import type { Write } from './stages.ts';

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

/** The dates that the maintenance key gives to a new object. Throws 142 when it was changed before it was made. */
const datesIn = (given: JsonObject, isNew: boolean, { auth }: Context): Write['dates'] => {
  const createdAt = fromDate(given['createdAt']);
  if (!isNew || !auth.isMaintenance || createdAt === undefined) return undefined;
  const updatedAt = fromDate(given['updatedAt']) ?? createdAt;
  if (updatedAt < createdAt)
    throw refusal('datesReversed', 'VALIDATION_ERROR', 'updatedAt cannot occur before createdAt');
  return { createdAt: new Date(createdAt).toISOString(), updatedAt: new Date(updatedAt).toISOString() };
};

// The master key searches by these as well, but nobody writes them; nobody searches by the hash of a password.
const READ_ONLY: ReadonlySet<string> = new Set(['_tombstone', '_session_token']);

const isWritable = (name: string): boolean =>
  name === '_hashed_password' || (INTERNAL_FIELDS.has(name) && !READ_ONLY.has(name));

const internalIn = (given: JsonObject, before: ParseRecord | undefined, isNew: boolean): JsonObject =>
  Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => {
      if (!name.startsWith('_')) return [];
      if (!isWritable(name)) {
        const problem = isNew ? `Invalid field name: ${name}.` : `Invalid field name for update: ${name}`;
        throw new ParseError('INVALID_KEY_NAME', problem);
      }
      return [[name, isFieldOperation(value) ? (applyFieldOperation(value, before?.[name]) ?? null) : value]];
    }),
  );

const isInternal = (name: string): boolean => name.startsWith('_');

/** What a caller gives, as a write at its beginning. The maintenance key may write internal fields, and dates of new objects. */
export const writeOf = (
  object: Pick<Write, 'className' | 'objectId' | 'isNew' | 'before'>,
  given: JsonObject,
  context: Context,
): Write => {
  const { isMaintenance = false } = context.auth;
  const own = isMaintenance ? Object.fromEntries(Object.entries(given).filter(([name]) => !isInternal(name))) : given;
  const { whole, parts } = splitFields(object.className, writable(object.className, own));
  const dates = datesIn(given, object.isNew, context);
  const hidden = isMaintenance ? internalIn(given, object.before, object.isNew) : {};
  return { ...object, fields: whole, parts, hidden, changedByTriggers: [], ...(dates && { dates }) };
};

/** The id of a new object: chosen by the caller where the option `allowCustomObjectId` is on. Throws 104, 105 and 111 for a bad one. */
export const takeId = (className: string, fields: JsonObject, context: Context): string => {
  const { objectId } = fields;
  if (context.options.allowCustomObjectId) {
    if (objectId === undefined) return newObjectId(context);
    if (!objectId) throw new ParseError('MISSING_OBJECT_ID', 'objectId must not be empty, null or undefined');
    const type = typeOf(objectId);
    if (type) checkType(`${className}.objectId`, { type: 'String' }, type);
    return String(objectId);
  }
  if (objectId) throw new ParseError('INVALID_KEY_NAME', 'objectId is an invalid field name.');
  if (fields['id']) throw new ParseError('INVALID_KEY_NAME', 'id is an invalid field name.');
  return newObjectId(context);
};
