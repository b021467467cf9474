import { isClassName, isInternalClass, isKeptApart, isSystemClass } from '../../parse/classes/names.ts';
import { ParseError, permissionDenied } from '../../parse/error.ts';
import type { Context } from '../context.ts';

/** Throws 119 when clients may not read, write or delete in the class at all, and 107 when no class can have the name. */
export const checkClassAccess = (
  method: 'get' | 'find' | 'create' | 'update' | 'delete',
  className: string,
  context: Context,
): void => {
  if (isKeptApart(className)) throw permissionDenied();
  if ((method === 'create' || method === 'update') && !isClassName(className)) {
    throw new ParseError('INVALID_JSON', 'schema class name does not revalidate');
  }
  if (context.auth.isMaster) return;
  const isClosedInstallation = className === '_Installation' && (method === 'delete' || method === 'find');
  if (isInternalClass(className) || isClosedInstallation) throw permissionDenied();
  if (!context.options.allowClientClassCreation && !isSystemClass(className) && !context.schemas.get(className)) {
    throw permissionDenied();
  }
};
