import { canRead, canWrite, PUBLIC } from '../../parse/acl.ts';
import type { ClassLevelPermissions, ClassOperation } from '../../parse/classes/schema.ts';
import { LOG_IN_FIRST, ParseError, permissionDenied } from '../../parse/error.ts';
import { isPointer, type Json, type ParseRecord } from '../../parse/record.ts';
import type { Context } from '../context.ts';
import { passesRights } from './keys.ts';
import { membershipVersion, roleNamesOf } from './role-membership.ts';

const NOBODY: ReadonlySet<string> = new Set([PUBLIC]);

type Standing = { readonly version: number; readonly subjects: ReadonlySet<string> };

// By the life of a store, since the same record of a user may stand in several, with other roles in each.
const standings = new WeakMap<object, WeakMap<ParseRecord, Standing>>();

const standingsIn = (life: object): WeakMap<ParseRecord, Standing> => {
  const known = standings.get(life) ?? new WeakMap<ParseRecord, Standing>();
  standings.set(life, known);
  return known;
};

/** Whom the caller stands for in ACLs; undefined: a key that passes all of them. */
export const subjectsOf = ({ auth, store }: Context): ReadonlySet<string> | undefined => {
  const { user } = auth;
  if (passesRights(auth)) return undefined;
  if (!user) return NOBODY;
  const version = membershipVersion(store);
  const known = standingsIn(store.life).get(user);
  if (known?.version === version) return known.subjects;
  const roles = roleNamesOf(user.objectId, store).map((name) => `role:${name}`);
  const subjects = new Set([PUBLIC, user.objectId, ...roles]);
  standingsIn(store.life).set(user, { version, subjects });
  return subjects;
};

const isReading = (operation: ClassOperation): boolean =>
  operation === 'find' || operation === 'get' || operation === 'count';

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((member) => typeof member === 'string') : [];

/** The fields whose users the class lets in, for an operation that the class does not open to the caller as such. */
const pointerFieldsOf = (permissions: ClassLevelPermissions, operation: ClassOperation): readonly string[] => [
  ...texts(permissions[operation]?.['pointerFields']),
  ...texts(isReading(operation) ? permissions.readUserFields : permissions.writeUserFields),
];

const isOpen = (
  permissions: ClassLevelPermissions,
  operation: ClassOperation,
  subjects: ReadonlySet<string>,
): boolean => {
  const allowed = permissions[operation];
  return !allowed || Object.keys(allowed).some((subject) => allowed[subject] === true && subjects.has(subject));
};

const pointsAt = (value: Json | undefined, objectId: string): boolean =>
  isPointer(value)
    ? value.className === '_User' && value.objectId === objectId
    : Array.isArray(value) && value.some((member) => pointsAt(member, objectId));

/**
 * Checks the class-level permissions for an operation. Returns the fields whose users alone are let in, or undefined when
 * nobody is kept out. Throws 119, or 101 where the class asks for a log-in. `during` tells an `addField` of an update.
 */
const admit = (
  className: string,
  operation: ClassOperation,
  subjects: ReadonlySet<string>,
  context: Context,
  during?: 'create' | 'update',
): readonly string[] | undefined => {
  const permissions = context.schemas.get(className)?.classLevelPermissions;
  if (!permissions || isOpen(permissions, operation, subjects)) return undefined;
  const pointerFields = pointerFieldsOf(permissions, operation);
  if (permissions[operation]?.['requiresAuthentication']) {
    if (!context.auth.user) throw permissionDenied(LOG_IN_FIRST, 'OBJECT_NOT_FOUND', 'logInMissing');
    return pointerFields.length > 0 ? pointerFields : undefined;
  }
  const isLate = operation !== 'create' && !(operation === 'addField' && during === 'create');
  if (pointerFields.length === 0 || !isLate) {
    throw permissionDenied(`Permission denied for action ${operation} on class ${className}.`);
  }
  return pointerFields;
};

/** Throws when the class is closed to the caller for an operation that concerns no stored object. */
export const checkClassPermission = (
  className: string,
  operation: ClassOperation,
  context: Context,
  during?: 'create' | 'update',
): void => {
  const subjects = subjectsOf(context);
  if (subjects) admit(className, operation, subjects, context, during);
};

/**
 * Which objects of a class the caller may meet in an operation, by ACL and by the class's permissions.
 * Throws 119 or 101 when the class is closed to the caller altogether.
 */
export const accessTo = (
  className: string,
  operation: Exclude<ClassOperation, 'create'>,
  context: Context,
): ((record: ParseRecord) => boolean) => {
  const subjects = subjectsOf(context);
  if (!subjects) return () => true;
  const pointerFields = admit(className, operation, subjects, context);
  const permits = isReading(operation) ? canRead : canWrite;
  if (!pointerFields) return (record) => permits(record, subjects);
  const objectId = context.auth.user?.objectId;
  if (objectId === undefined) {
    if (operation === 'get') throw new ParseError('OBJECT_NOT_FOUND', 'Object not found.');
    return () => false;
  }
  return (record) => permits(record, subjects) && pointerFields.some((field) => pointsAt(record[field], objectId));
};

/** Whether a user is locked out by an ACL that is empty: nobody but the master key logs such a user in, by whatever credentials. */
export const isLockedOut = (user: ParseRecord, { auth }: Pick<Context, 'auth'>): boolean =>
  !auth.isMaster && user.ACL !== undefined && Object.keys(user.ACL).length === 0;
