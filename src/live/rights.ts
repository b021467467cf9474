import { protectedFieldsOf } from '../operations/access/protected-fields.ts';
import { roleNamesOf } from '../operations/access/role-membership.ts';
import type { Context } from '../operations/context.ts';
import { findUserByToken } from '../operations/sessions/sessions.ts';
import { PUBLIC } from '../parse/acl.ts';
import type { ClassLevelPermissions } from '../parse/classes/schema.ts';
import { LOG_IN_FIRST, ParseError, permissionDenied } from '../parse/error.ts';
import { type AclMap, isObject, isPointer, type Json, type JsonObject } from '../parse/record.ts';

/** Where rights are read. */
export type Surroundings = Pick<Context, 'store' | 'clock' | 'schemas' | 'options'>;

/** Where the rights of listeners are read, and who a token's user is: its object id, as long as the session lives. */
export type Around = Surroundings & { readonly userIdOf: (sessionToken: string | undefined) => string | undefined };

/** Who listens: the tokens of the subscription and of the connection, of which either may open an object. */
export type Listener = {
  readonly sessionToken?: string | undefined;
  readonly clientToken?: string | undefined;
  readonly hasMasterKey: boolean;
};

/** What a subscription of one object by its id asks for, and what all others do. */
export type ReadOperation = 'get' | 'find';

/** Whether a subscription is of one object. */
export const operationOf = (where: JsonObject): ReadOperation =>
  Object.keys(where).length === 1 && typeof where['objectId'] === 'string' ? 'get' : 'find';

/** The object id of a token's user, as long as the session lives. */
export const userIdOf = (sessionToken: string | undefined, surroundings: Surroundings): string | undefined =>
  sessionToken ? findUserByToken(sessionToken, surroundings)?.objectId : undefined;

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((member) => typeof member === 'string') : [];

const permits = (
  permissions: ClassLevelPermissions | undefined,
  operation: ReadOperation,
  userId?: string,
): boolean => {
  const allowed = permissions?.[operation];
  return !allowed || Boolean(allowed[PUBLIC]) || (userId !== undefined && allowed[userId] === true);
};

const pointerFieldsOf = (permissions: ClassLevelPermissions, operation: ReadOperation): readonly string[] => [
  ...new Set([...texts(permissions[operation]?.['pointerFields']), ...texts(permissions.readUserFields)]),
];

const permissionsOf = (className: string, { schemas }: Surroundings): ClassLevelPermissions | undefined =>
  schemas.get(className)?.classLevelPermissions;

/**
 * Checks a class's permissions, in which live queries know users and no roles, whatever key the client has.
 * @throws ParseError 119, or 101 where the class asks for a log-in
 */
export const checkClass = (
  className: string,
  operation: ReadOperation,
  userId: string | undefined,
  surroundings: Surroundings,
): void => {
  const permissions = permissionsOf(className, surroundings);
  if (!permissions || permits(permissions, operation, userId)) return;
  if (permissions[operation]?.['requiresAuthentication']) {
    if (userId === undefined) throw permissionDenied(LOG_IN_FIRST, 'OBJECT_NOT_FOUND', 'logInMissing');
    return;
  }
  if (pointerFieldsOf(permissions, operation).length === 0) {
    throw permissionDenied(`Permission denied for action ${operation} on class ${className}.`);
  }
};

const pointsAt = (value: Json | undefined, userId: string): boolean => {
  if (Array.isArray(value)) return value.some((member) => isObject(member) && member['objectId'] === userId);
  return (isPointer(value) || isObject(value)) && value['objectId'] === userId;
};

/** Whether the class's pointer permissions let a user hear of an object; without such permissions everybody may. */
export const isPointedAt = (
  className: string,
  object: JsonObject,
  operation: ReadOperation,
  listener: { readonly userId: string | undefined; readonly hasMasterKey: boolean },
  surroundings: Surroundings,
): boolean => {
  const permissions = permissionsOf(className, surroundings);
  const { userId, hasMasterKey } = listener;
  if (!permissions || hasMasterKey) return true;
  const fields = pointerFieldsOf(permissions, operation);
  if (fields.length === 0 || permits(permissions, operation, userId)) return true;
  return userId !== undefined && fields.some((field) => pointsAt(object[field], userId));
};

const grantsTo = (acl: AclMap, sessionToken: string | undefined, around: Around): boolean => {
  const userId = around.userIdOf(sessionToken);
  if (userId === undefined) return false;
  if (acl[userId]?.read) return true;
  if (!Object.keys(acl).some((subject) => subject.startsWith('role:'))) return false;
  return roleNamesOf(userId, around.store).some((name) => acl[`role:${name}`]?.read);
};

/** Whether an object's ACL lets a client hear of it. */
export const mayRead = (object: JsonObject, listener: Listener, around: Around): boolean => {
  const acl = object['ACL'] as AclMap | undefined;
  if (!acl || acl[PUBLIC]?.read || listener.hasMasterKey) return true;
  return grantsTo(acl, listener.sessionToken, around) || grantsTo(acl, listener.clientToken, around);
};

/** The fields of a class that a user is neither shown nor may ask by. `userField:` rules do not count in live queries. */
export const hiddenFieldsOf = (
  className: string,
  where: JsonObject,
  userId: string | undefined,
  roles: readonly string[],
  surroundings: Surroundings,
): readonly string[] => {
  if (where['objectId'] === PUBLIC || (userId !== undefined && where['objectId'] === userId)) return [];
  const byTheirSubject = protectedFieldsOf(className, surroundings);
  const subjects = userId === undefined ? [PUBLIC] : [PUBLIC, 'authenticated', userId, ...roles];
  const lists = subjects.flatMap((subject) => {
    const fields = byTheirSubject[subject];
    return fields ? [fields] : [];
  });
  return lists.length === 0 ? [] : lists.reduce((common, fields) => common.filter((field) => fields.includes(field)));
};

const forbidden = (fields: readonly string[], name: string): boolean =>
  fields.includes(name) || fields.includes(name.split('.')[0] ?? name);

/** @throws ParseError 119 where a subscription asks by a protected field, 102 where a branch is not a list */
export const checkNames = (where: JsonObject, watch: readonly string[], fields: readonly string[]): void => {
  if (fields.length === 0) return;
  const check = (branch: JsonObject): void => {
    if (Object.keys(branch).some((name) => forbidden(fields, name))) throw permissionDenied();
    for (const name of ['$or', '$and', '$nor']) {
      const branches = branch[name];
      if (branches === undefined) continue;
      if (!Array.isArray(branches)) throw new ParseError('INVALID_QUERY', `${name} must be an array`);
      for (const one of branches) if (isObject(one)) check(one);
    }
  };
  check(where);
  if (watch.some((name) => forbidden(fields, name))) throw permissionDenied();
};
