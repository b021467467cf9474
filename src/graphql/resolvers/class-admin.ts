import { requireWritingMaster } from '../../operations/access/keys.ts';
import {
  type ClassChange,
  createClass,
  deleteClass,
  getClass,
  listClasses,
  updateClass,
} from '../../operations/classes/classes.ts';
import type { ClassSchema, FieldSchema, FieldType } from '../../parse/classes/schema.ts';
import { ParseError } from '../../parse/error.ts';
import type { Input, RootResolver } from './classes.ts';

type FieldInput = { readonly name: string; readonly targetClassName?: string };
type SchemaFieldsInput = { readonly [operation: string]: FieldInput | readonly FieldInput[] | null };
type Named = { readonly name: string; readonly schemaFields?: SchemaFieldsInput | null };

const ADDED: { readonly [operation: string]: FieldType } = {
  addStrings: 'String',
  addNumbers: 'Number',
  addBooleans: 'Boolean',
  addArrays: 'Array',
  addObjects: 'Object',
  addDates: 'Date',
  addFiles: 'File',
  addGeoPoint: 'GeoPoint',
  addPolygons: 'Polygon',
  addBytes: 'Bytes',
  addPointers: 'Pointer',
  addRelations: 'Relation',
};

const listOf = (given: FieldInput | readonly FieldInput[] | null | undefined): readonly FieldInput[] => {
  if (!given) return [];
  return 'name' in given ? [given] : given;
};

/** The change that a client asks for. A field that is both added and removed is removed; one that is not there is let be. */
const toChange = (
  given: SchemaFieldsInput | null | undefined,
  present: ClassSchema['fields'],
): NonNullable<ClassChange['fields']> => {
  const removed = listOf(given?.['remove']).map(({ name }) => name);
  const fields: { [name: string]: FieldSchema | { readonly __op: 'Delete' } } = {};
  for (const [operation, type] of Object.entries(ADDED)) {
    for (const { name, targetClassName } of listOf(given?.[operation])) {
      if (removed.includes(name)) continue;
      if (Object.hasOwn(fields, name) || Object.hasOwn(present, name)) {
        throw new ParseError('INVALID_KEY_NAME', `Duplicated field name: ${name}`);
      }
      fields[name] = { type, ...(targetClassName !== undefined && { targetClass: targetClassName }) };
    }
  }
  for (const name of removed) if (Object.hasOwn(present, name)) fields[name] = { __op: 'Delete' };
  return fields;
};

type SchemaFieldNode = {
  readonly name: string;
  readonly type: FieldType;
  readonly targetClassName: string | undefined;
};

const toClassNode = ({ className, fields }: ClassSchema): { name: string; schemaFields: SchemaFieldNode[] } => ({
  name: className,
  schemaFields: Object.entries(fields).map(([name, { type, targetClass }]) => ({
    name,
    type,
    targetClassName: targetClass,
  })),
});

// A class that was just made is told with its own fields before the ACL; from then on the ACL comes first.
const withAclLast = ({ name, schemaFields }: ReturnType<typeof toClassNode>): ReturnType<typeof toClassNode> => ({
  name,
  schemaFields: [
    ...schemaFields.filter((field) => field.name !== 'ACL'),
    ...schemaFields.filter((field) => field.name === 'ACL'),
  ],
});

const create: RootResolver<Input<Named>> = (_, { input }, { context }) => {
  const fields = toChange(input.schemaFields, {}) as ClassSchema['fields'];
  return {
    class: withAclLast(toClassNode(createClass({ className: input.name, fields }, context))),
    clientMutationId: input.clientMutationId,
  };
};

const update: RootResolver<Input<Named>> = (_, { input }, { context }) => {
  requireWritingMaster(context, 'update a schema');
  const present = getClass(input.name, context);
  const fields = toChange(input.schemaFields, present.fields);
  const schema = Object.keys(fields).length > 0 ? updateClass(input.name, { fields }, context) : present;
  return { class: toClassNode(schema), clientMutationId: input.clientMutationId };
};

const remove: RootResolver<Input<Named>> = (_, { input }, { context }) => {
  requireWritingMaster(context, 'delete a schema');
  const schema = getClass(input.name, context);
  deleteClass(input.name, context);
  return { class: toClassNode(schema), clientMutationId: input.clientMutationId };
};

/** The mutations that change classes, for the master key. */
export const CLASS_ADMIN_MUTATIONS: { [field: string]: RootResolver<never> } = {
  createClass: create,
  updateClass: update,
  deleteClass: remove,
};

const one: RootResolver<{ name: string }> = (_, { name }, { context }) => toClassNode(getClass(name, context));
const all: RootResolver<object> = (_, __, { context }) => listClasses(context).map(toClassNode);

/** The queries that show classes, for the master key. */
export const CLASS_ADMIN_QUERIES: { [field: string]: RootResolver<never> } = { class: one, classes: all };

/** The type of a field of a class: `SchemaStringField`. */
export const toSchemaFieldType = ({ type }: SchemaFieldNode): string => `Schema${type}Field`;
