import type { ClassSchema } from '../../parse/classes/schema.ts';
import { isObject, isPointer, type Json, type JsonObject, type ParseRecord } from '../../parse/record.ts';
import { subjectsOf } from '../access/access.ts';
import { type ProtectedFields, protectedFieldsOf } from '../access/protected-fields.ts';
import type { Context } from '../context.ts';
import { showAuthData } from '../third-parties/providers.ts';

const USER_FIELD = 'userField:';
const AUTHENTICATED = 'authenticated';

// What nobody is shown but the master key, and what nobody at all is shown.
const BUT_FOR_SESSION = new Set(['sessionToken', '_session_token']);

const intersect = (lists: readonly (readonly string[])[]): readonly string[] =>
  lists.reduce((common, list) => common.filter((field) => list.includes(field)));

/** What hides fields of a class from the caller. */
export type FieldMask = {
  /** The fields that the caller may neither see nor search or order by, whatever the object. */
  readonly fields: readonly string[];
  /** The object as the caller may see it. */
  apply(record: ParseRecord): JsonObject;
};

const applies = (subject: string, subjects: ReadonlySet<string>, isUser: boolean): boolean =>
  subject === AUTHENTICATED ? isUser : subjects.has(subject);

const names = (value: Json | undefined, objectId: string): boolean =>
  isPointer(value)
    ? value.objectId === objectId
    : Array.isArray(value) && value.some((member) => names(member, objectId));

const without = (record: ParseRecord, hidden: (name: string) => boolean): JsonObject => {
  const shown: { [name: string]: Json } = {};
  for (const name in record) {
    const value = record[name];
    if (value !== undefined && !hidden(name)) shown[name] = value;
  }
  return shown;
};

const withoutHidden = (record: ParseRecord, hidden: (name: string) => boolean): JsonObject =>
  without(record, (name) => name.startsWith('_') || hidden(name));

/** What nobody sees at all, be it internal or not. */
const SECRET: ReadonlySet<string> = new Set(['password', '_hashed_password', ...BUT_FOR_SESSION]);

const withoutUnlinked = (fields: JsonObject): JsonObject => {
  const authData = fields['authData'];
  if (!isObject(authData)) return fields;
  const linked = Object.entries(authData).filter(([, value]) => value !== null);
  const { authData: _, ...rest } = fields;
  return linked.length > 0 ? { ...rest, authData: Object.fromEntries(linked) } : rest;
};

const withShownAuthData = (shown: JsonObject, context: Context): JsonObject =>
  shown['authData'] ? { ...shown, authData: showAuthData(shown['authData'], context) ?? null } : shown;

/** What is hidden of a class from somebody: of all objects, and of one that may free some fields for its users. */
type Protection = {
  readonly fields: readonly string[];
  hiddenIn(record: ParseRecord): readonly string[];
};

const readProtection = (
  protectedFields: ProtectedFields,
  subjects: ReadonlySet<string>,
  objectId: string | undefined,
): Protection => {
  const lists = Object.keys(protectedFields)
    .filter((subject) => applies(subject, subjects, objectId !== undefined))
    .map((subject) => protectedFields[subject] ?? []);
  const fields = lists.length > 0 ? intersect(lists) : [];
  const freeing = Object.keys(protectedFields).filter((subject) => subject.startsWith(USER_FIELD));
  const hiddenIn = (record: ParseRecord): readonly string[] => {
    const freed = freeing.filter(
      (subject) => objectId !== undefined && names(record[subject.slice(USER_FIELD.length)], objectId),
    );
    if (freed.length === 0) return fields;
    const own = freed.map((subject) => protectedFields[subject] ?? []);
    return intersect([...own, fields]);
  };
  return { fields, hiddenIn };
};

// Whom somebody stands for is kept as one set, as are the protected fields of a class.
const protections = new WeakMap<ReadonlySet<string>, WeakMap<ProtectedFields, Protection>>();

const protectionOf = (
  className: string,
  subjects: ReadonlySet<string>,
  objectId: string | undefined,
  context: Context,
): Protection => {
  const known = protections.get(subjects) ?? new WeakMap<ProtectedFields, Protection>();
  protections.set(subjects, known);
  const protectedFields = protectedFieldsOf(className, context);
  const found = known.get(protectedFields) ?? readProtection(protectedFields, subjects, objectId);
  known.set(protectedFields, found);
  return found;
};

/**
 * Says what the caller sees of the objects of a class: no internal field, no protected one, no authData of others. The
 * maintenance key sees internal ones as well, but for the hash of a password.
 */
export const fieldMaskOf = (className: string, context: Context): FieldMask => {
  const subjects = subjectsOf(context);
  const isUsers = className === '_User';
  const never = isUsers ? (name: string): boolean => name === 'password' || BUT_FOR_SESSION.has(name) : () => false;
  if (context.auth.isMaintenance) {
    const isSecret = (name: string): boolean => isUsers && SECRET.has(name);
    return { fields: [], apply: (record) => withoutUnlinked(without(record, isSecret)) };
  }
  if (!subjects) {
    const shownAll = (record: ParseRecord): JsonObject => withoutUnlinked(withoutHidden(record, never));
    return {
      fields: [],
      apply: (record) => (isUsers ? withShownAuthData(shownAll(record), context) : shownAll(record)),
    };
  }
  const objectId = context.auth.user?.objectId;
  const { fields, hiddenIn } = protectionOf(className, subjects, objectId, context);
  return {
    fields,
    apply: (record) => {
      const isOwn = isUsers && record.objectId === objectId;
      const hidden = isOwn && context.options.protectedFieldsOwnerExempt ? [] : hiddenIn(record);
      const hidesAuthData = isUsers && !isOwn;
      const shown = withoutUnlinked(
        withoutHidden(record, (name) => never(name) || hidden.includes(name) || (hidesAuthData && name === 'authData')),
      );
      return isOwn ? withShownAuthData(shown, context) : shown;
    },
  };
};

/** What the schema of a class tells of the objects that are shown. */
type Shown = {
  /** The relations, which REST shows on each object; undefined where there are none. */
  readonly relations: JsonObject | undefined;
  /** Whether an object may have files, whose addresses are shown. */
  readonly hasFiles: boolean;
};

const readShown = (schema: ClassSchema): Shown => {
  const fields = Object.entries(schema.fields);
  const relations = fields.filter(([, { type }]) => type === 'Relation');
  return {
    relations:
      relations.length === 0
        ? undefined
        : Object.fromEntries(
            relations.map(([name, { targetClass = '' }]) => [name, { __type: 'Relation', className: targetClass }]),
          ),
    hasFiles: fields.some(([, { type }]) => type === 'File'),
  };
};

const NOTHING: Shown = { relations: undefined, hasFiles: false };
const shown = new WeakMap<ClassSchema, Shown>();

/** What the schema of a class tells of its objects, read once. */
export const shownOf = (schema: ClassSchema | undefined): Shown => {
  if (!schema) return NOTHING;
  const found = shown.get(schema) ?? readShown(schema);
  shown.set(schema, found);
  return found;
};

const NONE: JsonObject = {};

/** The relations of a class, as REST shows them on each of its objects. */
export const relationsOf = (schema: ClassSchema | undefined): JsonObject => shownOf(schema).relations ?? NONE;
