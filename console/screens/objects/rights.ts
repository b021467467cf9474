import type { AclMap, JsonObject } from '../../../src/client/index.ts';
import { isObject, type Json } from '../../../src/parse/record.ts';
import type { ClassShape } from '../../lib/schemas.ts';

const OPERATIONS = ['find', 'get', 'count', 'create', 'update', 'delete', 'addField'] as const;

/** What is done, as a sentence goes on: `may be found by …`. */
const VERBS: { readonly [name in (typeof OPERATIONS)[number]]: string } = {
  find: 'found in queries',
  get: 'read by id',
  count: 'counted',
  create: 'made',
  update: 'changed',
  delete: 'deleted',
  addField: 'given new fields',
};

const subjectName = (subject: string, names: Names): string => {
  if (subject === '*') return 'everybody';
  if (subject === 'requiresAuthentication') return 'everybody who is logged in';
  if (subject.startsWith('role:')) return `members of the role ${subject.slice('role:'.length)}`;
  const name = names[subject];
  return name === undefined ? `the user ${subject}` : `${name} (${subject})`;
};

/** Names of users by their object ids, as far as they are known. */
export type Names = { readonly [userId: string]: string };

const fieldsIn = (value: Json | undefined): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

const subjectsOf = (permission: Json | undefined, names: Names): string[] => {
  if (!isObject(permission)) return [];
  const pointers = fieldsIn(permission['pointerFields']).map((field) => `the user in the field ${field}`);
  const subjects = Object.keys(permission).filter((name) => name !== 'pointerFields' && permission[name] === true);
  return [...subjects.map((subject) => subjectName(subject, names)), ...pointers];
};

const join = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? 'nobody') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

const USER_FIELDS = { readUserFields: 'readable', writeUserFields: 'writable' } as const;

/** The permissions of a class, in sentences. */
export const permissionsInWords = ({ permissions }: ClassShape, names: Names = {}): string[] => {
  const sentences = OPERATIONS.map((operation) => {
    const subjects = subjectsOf(permissions[operation], names);
    return `Objects may be ${VERBS[operation]} by ${join(subjects.length === 0 ? ['the master key alone'] : subjects)}.`;
  });
  const pointers = Object.entries(USER_FIELDS).flatMap(([name, word]) => {
    const fields = fieldsIn(permissions[name]);
    return fields.length > 0 ? [`An object is ${word} for the users in ${join(fields)}.`] : [];
  });
  const hidden = isObject(permissions['protectedFields']) ? permissions['protectedFields'] : {};
  const guarded = Object.entries(hidden).flatMap(([subject, fields]) =>
    fieldsIn(fields).length > 0 ? [`Hidden from ${subjectName(subject, names)}: ${join(fieldsIn(fields))}.`] : [],
  );
  return [...sentences, ...pointers, ...guarded];
};

const subjectsWith = (acl: AclMap, right: 'read' | 'write', names: Names): string[] =>
  Object.entries(acl).flatMap(([subject, rights]) => (rights[right] === true ? [subjectName(subject, names)] : []));

const aclOf = (object: JsonObject): AclMap | undefined => {
  const { ACL } = object;
  return isObject(ACL) ? (ACL as AclMap) : undefined;
};

const DOORS = {
  read: { operation: 'get', verb: 'read' },
  write: { operation: 'update', verb: 'change' },
} as const;

/** Who can read or change one object, and why: first the door of the class, then that of the object. */
export const rightsInWords = (
  shape: ClassShape,
  object: JsonObject,
  right: 'read' | 'write',
  names: Names = {},
): string[] => {
  const { operation, verb } = DOORS[right];
  const byClass = subjectsOf(shape.permissions[operation], names);
  const door =
    byClass.length === 0
      ? `The class lets nobody but the master key ${verb} its objects.`
      : `The class lets ${join(byClass)} ${verb} its objects (${operation}).`;
  if (byClass.length === 0) return [door];
  const acl = aclOf(object);
  if (!acl) return [door, `This object has no ACL, so that nobody is shut out: ${join(byClass)} can ${verb} it.`];
  const byObject = subjectsWith(acl, right, names);
  return [
    door,
    byObject.length === 0
      ? `The ACL of this object names nobody who may ${verb} it: the master key alone can.`
      : `Of these, the ACL of this object lets ${join(byObject)} ${verb} it.`,
  ];
};
