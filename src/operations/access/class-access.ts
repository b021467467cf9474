import { isInternalClass, isKeptApart, isNameOfObjects, isSystemClass } from '../../parse/classes/names.ts';
import { ParseError, permissionDenied } from '../../parse/error.ts';
import type { Context } from '../context.ts';
import { passesRights } from './keys.ts';

const closedCollection = (method: string, name: string): ParseError =>
  permissionDenied(
    `Clients aren't allowed to perform the ${method} operation on the ${name} collection.`,
    'OPERATION_FORBIDDEN',
    'classClosed',
  );

/**
 * Throws 119 when clients may not read, write or delete in the class at all, and for the master key that only reads when it
 * writes; 107 when no class can have the name.
 */
export const checkClassAccess = (
  method: 'get' | 'find' | 'create' | 'update' | 'delete',
  className: string,
  context: Context,
): void => {
  if (isKeptApart(className)) throw closedCollection(method, className);
  if (context.auth.isReadOnly && method !== 'get' && method !== 'find') {
    throw permissionDenied(
      `read-only masterKey isn't allowed to perform the ${method} operation.`,
      'OPERATION_FORBIDDEN',
      'keyReadOnly',
    );
  }
  if ((method === 'create' || method === 'update') && !isNameOfObjects(className)) {
    throw new ParseError('INVALID_JSON', 'schema class name does not revalidate');
  }
  if (passesRights(context.auth)) return;
  const isClosedInstallation = className === '_Installation' && (method === 'delete' || method === 'find');
  if (isClosedInstallation) throw closedCollection(method, 'installation');
  if (isInternalClass(className)) throw closedCollection(method, className);
  if (!context.options.allowClientClassCreation && !isSystemClass(className) && !context.schemas.get(className)) {
    throw permissionDenied(
      `This user is not allowed to access non-existent class: ${className}`,
      'OPERATION_FORBIDDEN',
      'classFixed',
    );
  }
};
