import type { Reader, Store } from '../../store/store.ts';

const USERS_OF_ROLES = '_Join:users:_Role';
const ROLES_OF_ROLES = '_Join:roles:_Role';

const ownersOf = (join: string, relatedId: string, reader: Reader): string[] =>
  reader.lookUp(join, 'relatedId', relatedId).map((row) => String(row['owningId']));

/**
 * The names of all roles whose rights a user has: those it is a member of, and those that have one of these in their
 * `roles`, at any depth. Circles among roles do no harm.
 */
export const roleNamesOf = (objectId: string, reader: Reader): readonly string[] => {
  const reached = new Set(ownersOf(USERS_OF_ROLES, objectId, reader));
  for (const roleId of reached) for (const owner of ownersOf(ROLES_OF_ROLES, roleId, reader)) reached.add(owner);
  return [...reached].flatMap((roleId) => {
    const name = reader.get('_Role', roleId)?.['name'];
    return typeof name === 'string' ? [name] : [];
  });
};

/** A number that changes when somebody may have gained or lost the rights of a role. */
export const membershipVersion = (store: Store): number =>
  store.version('_Role') + store.version(USERS_OF_ROLES) + store.version(ROLES_OF_ROLES);
