import { ParseError } from '../error.ts';
import { isObject, type Json, type JsonObject } from '../record.ts';
import type { Fields } from './validation.ts';

const OPERATIONS = ['find', 'count', 'get', 'create', 'update', 'delete', 'addField'];
const USER_FIELD_LISTS = ['readUserFields', 'writeUserFields'];
const KEYS = new Set([...OPERATIONS, ...USER_FIELD_LISTS, 'protectedFields', 'ACL']);

// A role, everybody, or one of the words that have a meaning of their own; or else the id of a user.
const OPERATION_SUBJECT = /^(?:role:|\*$|requiresAuthentication$|pointerFields$)/;
const PROTECTED_SUBJECT = /^(?:role:|\*$|authenticated$|userField:)/;
const USER_ID = /^[a-zA-Z0-9]+$/;
const CUSTOM_USER_ID = /^.+$/u;

const RIGHTS = ['read', 'write'];
const NEVER_PROTECTED = ['objectId', 'createdAt', 'updatedAt', 'ACL'];

const invalid = (message: string): ParseError => new ParseError('INVALID_JSON', message);
const valueProblem = (value: unknown, of: string): ParseError =>
  invalid(`'${String(value)}' is not a valid value for class level permissions ${of}`);

/** What permissions are checked against. */
type Ground = { readonly fields: Fields; readonly hasCustomIds: boolean };

/** The members of an object, or of a list by their places. Throws for anything else. */
const membersOf = (key: string, value: Json | undefined): [string, Json][] => {
  if (typeof value !== 'object' || value === null) throw valueProblem(value, `${key} - must be an object`);
  return Object.entries(value);
};

const checkSubject = (subject: string, words: RegExp, { hasCustomIds }: Ground): void => {
  if (words.test(subject) || (hasCustomIds ? CUSTOM_USER_ID : USER_ID).test(subject)) return;
  throw invalid(`'${subject}' is not a valid key for class level permissions`);
};

const checkPointerField = (name: unknown, operation: string, { fields }: Ground): void => {
  const field = typeof name === 'string' && Object.hasOwn(fields, name) ? fields[name] : undefined;
  const pointsAtUser = field?.type === 'Pointer' && field.targetClass === '_User';
  if (!pointsAtUser && field?.type !== 'Array') {
    throw invalid(`'${String(name)}' is not a valid column for class level pointer permissions ${operation}`);
  }
};

const checkUserFields = (key: string, value: Json | undefined, ground: Ground): void => {
  if (!Array.isArray(value)) throw valueProblem(value, `${key} - must be an array`);
  for (const name of value) checkPointerField(name, key, ground);
};

const checkPointerFields = (key: string, names: Json, operation: Json | undefined, ground: Ground): void => {
  if (!Array.isArray(names)) {
    throw invalid(`'${String(names)}' is not a valid value for ${key}[pointerFields] - expected an array.`);
  }
  // Parse Server names the rights of the operation here, which its JavaScript prints so.
  for (const name of names) checkPointerField(name, String(operation), ground);
};

/** What the ACL of a class gives to a subject. */
const checkRights = (rights: Json): void => {
  if (!isObject(rights)) throw valueProblem(rights, 'acl');
  const unknown = Object.keys(rights).filter((right) => !RIGHTS.includes(right));
  if (unknown.length > 0) throw invalid(`'${unknown.join(',')}' is not a valid key for class level permissions acl`);
  const wrong = Object.values(rights).filter((granted) => typeof granted !== 'boolean');
  if (wrong.length > 0) throw valueProblem(wrong.join(','), 'acl');
};

const checkOperation = (key: string, operation: Json | undefined, ground: Ground): void => {
  for (const [subject, value] of membersOf(key, operation)) {
    checkSubject(subject, OPERATION_SUBJECT, ground);
    if (subject === 'pointerFields') checkPointerFields(key, value, operation, ground);
    else if (key === 'ACL') checkRights(value);
    else if (value !== true) throw valueProblem(value, `acl ${key}:${subject}`);
  }
};

const checkProtectedFields = (value: Json | undefined, ground: Ground): void => {
  for (const [subject, names] of membersOf('protectedFields', value)) {
    checkSubject(subject, PROTECTED_SUBJECT, ground);
    if (!Array.isArray(names)) {
      throw invalid(`'${String(names)}' is not a valid value for protectedFields[${subject}] - expected an array.`);
    }
    for (const name of names.map(String)) {
      if (NEVER_PROTECTED.includes(name)) throw invalid(`Default field '${name}' can not be protected`);
      if (!Object.hasOwn(ground.fields, name)) {
        throw invalid(`Field '${name}' in protectedFields:${subject} does not exist`);
      }
    }
  }
};

/**
 * Throws 107 when class-level permissions are not well formed for a class with these fields. With custom object ids any text of
 * one line may be the id of a user.
 */
export const checkPermissions = (permissions: Json | undefined, fields: Fields, hasCustomIds = false): void => {
  if (permissions === undefined || permissions === null) return;
  const ground = { fields, hasCustomIds };
  for (const [key, value] of Object.entries(Object(permissions) as JsonObject)) {
    if (!KEYS.has(key)) throw invalid(`${key} is not a valid operation for class level permissions`);
    if (USER_FIELD_LISTS.includes(key)) checkUserFields(key, value, ground);
    else if (key === 'protectedFields') checkProtectedFields(value, ground);
    else checkOperation(key, value, ground);
  }
};
