import { createClass, deleteClass, getClass, listClasses, updateClass } from '../../operations/classes/classes.ts';
import type { Context } from '../../operations/context.ts';
import type { ClassSchema } from '../../parse/classes/schema.ts';
import { ParseError } from '../../parse/error.ts';
import { isObject, type JsonObject, toObject } from '../../parse/record.ts';
import { masterOnly } from '../errors.ts';
import { ok, type RestCall, type RestResponse, type RestRoute } from '../message.ts';

/** `lockSchemas` holds for REST alone: GraphQL changes classes all the same. */
const assertUnlocked = ({ options }: Context): void => {
  if (!options.schema?.lockSchemas) return;
  throw new ParseError('OPERATION_FORBIDDEN', 'Cannot perform this operation when schemas options is used.');
};

/** The class that path and body name. */
const classNameIn = ({ named, fields }: RestCall): string => {
  const fromBody = fields['className'];
  if (named.className && fromBody && fromBody !== named.className) {
    throw new ParseError('INVALID_CLASS_NAME', `Class name mismatch between ${fromBody} and ${named.className}.`);
  }
  return named.className || (fromBody ? String(fromBody) : '');
};

/** What the body says of the class; what it says of a field must be an object. */
const changeIn = ({ fields }: RestCall): JsonObject => {
  const described = toObject(fields['fields'] ?? {});
  if (!described || !Object.values(described).every(isObject)) {
    throw new ParseError('INVALID_JSON', 'invalid JSON');
  }
  return { ...fields, fields: described };
};

const MISSING_CLASS_NAME = 135;

const create = (call: RestCall, context: Context): RestResponse => {
  assertUnlocked(context);
  const className = classNameIn(call);
  if (!className) throw new ParseError(MISSING_CLASS_NAME, `POST ${call.path} needs a class name.`);
  return ok(createClass({ ...changeIn(call), className } as ClassSchema, context));
};

const update = (call: RestCall, context: Context): RestResponse => {
  assertUnlocked(context);
  return ok(updateClass(classNameIn(call), changeIn(call), context));
};

const remove = ({ named }: RestCall, context: Context): RestResponse => {
  deleteClass(named.className, context);
  return ok({});
};

/** Classes and their fields, for the master key. */
export const SCHEMA_ROUTES: readonly RestRoute[] = [
  { method: 'GET', path: '/schemas', run: masterOnly((_call, context) => ok({ results: listClasses(context) })) },
  {
    method: 'GET',
    path: '/schemas/:className',
    run: masterOnly(({ named }, context) => ok(getClass(named.className, context))),
  },
  { method: 'POST', path: '/schemas', run: masterOnly(create) },
  { method: 'POST', path: '/schemas/:className', run: masterOnly(create) },
  { method: 'PUT', path: '/schemas/:className', run: masterOnly(update) },
  { method: 'DELETE', path: '/schemas/:className', run: masterOnly(remove) },
];
