import { PUBLIC } from '../../parse/acl.ts';
import { type AclMap, isObject, type Json, type JsonObject } from '../../parse/record.ts';
import { toGlobalId, toObjectId } from './global-id.ts';

const ROLE = 'role:';

type Rights = { readonly read: boolean; readonly write: boolean };

/** An ACL as GraphQL clients write it. */
export type AclInput = {
  readonly users?: readonly (Rights & { readonly userId: string })[] | null;
  readonly roles?: readonly (Rights & { readonly roleName: string })[] | null;
  readonly public?: Rights | null;
};

const toRights = ({ read, write }: Rights): Rights => ({ read, write });

/** The ACL that a client wrote, in REST form. */
export const fromAclInput = (input: AclInput): AclMap => ({
  ...(input.public && { [PUBLIC]: toRights(input.public) }),
  ...Object.fromEntries((input.users ?? []).map((user) => [toObjectId(user.userId, '_User'), toRights(user)])),
  ...Object.fromEntries((input.roles ?? []).map((role) => [`${ROLE}${role.roleName}`, toRights(role)])),
});

const rightsOf = (rights: Json | undefined): Rights => ({
  read: isObject(rights) && rights['read'] === true,
  write: isObject(rights) && rights['write'] === true,
});

const orNull = <Member>(members: Member[]): Member[] | null => (members.length > 0 ? members : null);

/** An ACL as GraphQL clients read it; a kind of rule that is not there is null. No ACL lets everybody in. */
export const toAclOutput = (acl: Json | undefined): unknown => {
  const map: JsonObject = isObject(acl) ? acl : { [PUBLIC]: { read: true, write: true } };
  const subjects = Object.keys(map).filter((subject) => subject !== PUBLIC);
  const users = subjects.filter((subject) => !subject.startsWith(ROLE));
  const roles = subjects.filter((subject) => subject.startsWith(ROLE));
  return {
    users: orNull(users.map((objectId) => ({ userId: toGlobalId('_User', objectId), ...rightsOf(map[objectId]) }))),
    roles: orNull(roles.map((subject) => ({ roleName: subject.slice(ROLE.length), ...rightsOf(map[subject]) }))),
    public: map[PUBLIC] ? rightsOf(map[PUBLIC]) : null,
  };
};
