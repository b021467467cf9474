import { PUBLIC } from '../../parse/acl.ts';
import type { ClassSchema } from '../../parse/classes/schema.ts';
import { isObject, isPointer, type Json, type JsonObject, type ParseRecord } from '../../parse/record.ts';
import { subjectsOf } from '../access/access.ts';
import type { Context } from '../context.ts';
import { showAuthData } from '../third-parties/providers.ts';

const USER_FIELD = 'userField:';
const AUTHENTICATED = 'authenticated';

// What nobody is shown but the master key, and what nobody at all is shown.
const BUT_FOR_SESSION = new Set(['sessionToken', '_session_token']);

type ProtectedFields = { readonly [subject: string]: readonly string[] };

const intersect = (lists: readonly (readonly string[])[]): readonly string[] =>
  lists.reduce((common, list) => common.filter((field) => list.includes(field)));

/** Addresses are protected whatever the option says, which can only add to it. */
const ALWAYS_PROTECTED: { readonly [className: string]: ProtectedFields } = { _User: { [PUBLIC]: ['email'] } };

/** The protected fields of a class: those of its permissions, and those of the option. */
const readProtectedFields = (className: string, schema: ClassSchema | undefined, context: Context): ProtectedFields => {
  const own = schema?.classLevelPermissions?.protectedFields ?? {};
  const merged: Record<string, readonly string[]> = { ...own };
  for (const given of [context.options.protectedFields?.[className], ALWAYS_PROTECTED[className]]) {
    for (const [subject, fields] of Object.entries(given ?? {})) {
      merged[subject] = [...new Set([...(merged[subject] ?? []), ...fields])];
    }
  }
  return merged;
};

const known = new WeakMap<ClassSchema, ProtectedFields>();

// Every read asks, and the answer is the same until the class changes.
const protectedFieldsOf = (className: string, context: Context): ProtectedFields => {
  const schema = context.schemas.get(className);
  const fields = (schema && known.get(schema)) ?? readProtectedFields(className, schema, context);
  if (schema) known.set(schema, fields);
  return fields;
};

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

const withoutHidden = (record: ParseRecord, hidden: (name: string) => boolean): JsonObject => {
  const shown: { [name: string]: Json } = {};
  for (const name in record) {
    const value = record[name];
    if (!name.startsWith('_') && value !== undefined && !hidden(name)) shown[name] = value;
  }
  return shown;
};

const withoutUnlinked = (fields: JsonObject): JsonObject => {
  const authData = fields['authData'];
  if (!isObject(authData)) return fields;
  const linked = Object.entries(authData).filter(([, value]) => value !== null);
  const { authData: _, ...rest } = fields;
  return linked.length > 0 ? { ...rest, authData: Object.fromEntries(linked) } : rest;
};

/** Says what the caller sees of the objects of a class: no internal field, no protected one, no authData of others. */
export const fieldMaskOf = (className: string, context: Context): FieldMask => {
  const subjects = subjectsOf(context);
  const isUsers = className === '_User';
  const never = isUsers ? (name: string): boolean => name === 'password' || BUT_FOR_SESSION.has(name) : () => false;
  if (!subjects) {
    return { fields: [], apply: (record) => withoutUnlinked(withoutHidden(record, never)) };
  }
  const objectId = context.auth.user?.objectId;
  const protectedFields = protectedFieldsOf(className, context);
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
  return {
    fields,
    apply: (record) => {
      const isOwn = isUsers && record.objectId === objectId;
      const hidden = isOwn && context.options.protectedFieldsOwnerExempt ? [] : hiddenIn(record);
      const hidesAuthData = isUsers && !isOwn;
      const shown = withoutUnlinked(
        withoutHidden(record, (name) => never(name) || hidden.includes(name) || (hidesAuthData && name === 'authData')),
      );
      return isOwn && shown['authData']
        ? { ...shown, authData: showAuthData(shown['authData'], context) ?? null }
        : shown;
    },
  };
};

const readRelations = (schema: ClassSchema): JsonObject =>
  Object.fromEntries(
    Object.entries(schema.fields)
      .filter(([, field]) => field.type === 'Relation')
      .map(([name, field]) => [name, { __type: 'Relation', className: field.targetClass ?? '' }]),
  );

const NONE: JsonObject = {};
const relations = new WeakMap<ClassSchema, JsonObject>();

/** The relations of a class, which REST shows on each of its objects. */
export const relationsOf = (schema: ClassSchema | undefined): JsonObject => {
  if (!schema) return NONE;
  const found = relations.get(schema) ?? readRelations(schema);
  relations.set(schema, found);
  return found;
};
