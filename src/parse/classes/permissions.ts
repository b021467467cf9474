import { ParseError } from '../error.ts';
import { isObject, type Json, type JsonObject } from '../record.ts';
import type { Fields } from './validation.ts';

const OPERATIONS = ['find', 'count', 'get', 'create', 'update', 'delete', 'addField'];
const USER_FIELD_LISTS = ['readUserFields', 'writeUserFields'];
const KEYS = new Set([...OPERATIONS, ...USER_FIELD_LISTS, 'protectedFields', 'ACL']);

// An object id, a role, everybody, or one of the words that have a meaning of their own.
const OPERATION_SUBJECT = /^([a-zA-Z0-9]{1,}|role:.+|\*|requiresAuthentication|pointerFields)$/;
const PROTECTED_SUBJECT = /^([a-zA-Z0-9]{1,}|role:.+|\*|authenticated|userField:.+)$/;

const invalid = (message: string): ParseError => new ParseError('INVALID_JSON', message);

const checkPointerField = (name: unknown, fields: Fields, operation: string): void => {
  const field = typeof name === 'string' ? fields[name] : undefined;
  const pointsAtUser = field?.type === 'Pointer' && field.targetClass === '_User';
  if (!pointsAtUser && field?.type !== 'Array') {
    throw invalid(`'${String(name)}' is not a valid column for class level pointer permissions ${operation}`);
  }
};

const checkList = (value: Json | undefined, fields: Fields, operation: string): void => {
  if (!Array.isArray(value))
    throw invalid(`'${JSON.stringify(value)}' is not a valid value for class level permissions ${operation}`);
  for (const name of value) checkPointerField(name, fields, operation);
};

const checkOperation = (operation: string, allowed: Json | undefined, fields: Fields): void => {
  if (!isObject(allowed)) {
    throw invalid(
      `'${String(allowed)}' is not a valid value for class level permissions ${operation} - must be an object`,
    );
  }
  for (const [subject, value] of Object.entries(allowed)) {
    if (!OPERATION_SUBJECT.test(subject)) throw invalid(`'${subject}' is not a valid key for class level permissions`);
    // Parse Server names the rights of the operation here, which its JavaScript prints so.
    if (subject === 'pointerFields') checkList(value, fields, String(allowed));
    else if (value !== true) {
      throw invalid(`'${String(value)}' is not a valid value for class level permissions acl ${operation}:${subject}`);
    }
  }
};

const checkProtectedFields = (value: Json | undefined, fields: Fields): void => {
  if (!isObject(value))
    throw invalid(`'${JSON.stringify(value)}' is not a valid value for class level permissions protectedFields`);
  for (const [subject, names] of Object.entries(value)) {
    if (!PROTECTED_SUBJECT.test(subject)) throw invalid(`'${subject}' is not a valid key for class level permissions`);
    if (!Array.isArray(names))
      throw invalid(
        `'${JSON.stringify(names)}' is not a valid value for protectedFields[${subject}] - expected an array.`,
      );
    for (const name of names) {
      if (typeof name === 'string' && ['objectId', 'createdAt', 'updatedAt', 'ACL'].includes(name))
        throw invalid(`Default field '${name}' can not be protected`);
      if (typeof name !== 'string' || !Object.hasOwn(fields, name)) {
        throw invalid(`Field '${String(name)}' in protectedFields:${subject} does not exist`);
      }
    }
  }
};

/** Throws 107 when class-level permissions are not well formed for a class with these fields. */
export const checkPermissions = (permissions: Json | undefined, fields: Fields): void => {
  if (permissions === undefined || permissions === null) return;
  for (const [key, value] of Object.entries(Object(permissions) as JsonObject)) {
    if (!KEYS.has(key)) throw invalid(`${key} is not a valid operation for class level permissions`);
    if (OPERATIONS.includes(key)) checkOperation(key, value, fields);
    else if (USER_FIELD_LISTS.includes(key)) checkList(value, fields, key);
    else if (key === 'protectedFields') checkProtectedFields(value, fields);
  }
};
