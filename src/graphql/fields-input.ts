import type { Context } from '../operations/context.ts';
import { createFile } from '../operations/files.ts';
import { createObject } from '../operations/objects.ts';
import type { FieldSchema } from '../parse/class-schema.ts';
import { ParseError } from '../parse/error.ts';
import { isObject, type Json, type JsonObject, toPointer } from '../parse/record.ts';
import { type AclInput, fromAclInput } from './acl.ts';
import type { FindClass } from './class-sdl.ts';
import { toObjectId } from './global-id.ts';
import type { GraphQLClass } from './naming.ts';

const UNSET: JsonObject = { __op: 'Delete' };

/** A file that was sent along with the request. */
export type Upload = { readonly filename: string; readonly mimetype: string; readonly bytes: Uint8Array };

const isUpload = (value: unknown): value is Upload =>
  typeof value === 'object' && value !== null && Reflect.get(value, 'bytes') instanceof Uint8Array;

/** Keeps a file that was sent along. Throws 130 for anything else. */
export const keepUpload = (upload: unknown, context: Context): { name: string; url: string } => {
  if (!isUpload(upload)) throw new ParseError('FILE_SAVE_ERROR', 'Invalid file upload.');
  return createFile({ name: upload.filename, bytes: upload.bytes, contentType: upload.mimetype }, context);
};

type Writing = { readonly find: FindClass; readonly context: Context };

const point = (value: Json): JsonObject => ({ __type: 'GeoPoint', ...(isObject(value) ? value : {}) });

const polygon = (points: readonly Json[]): JsonObject => ({
  __type: 'Polygon',
  coordinates: points.map((corner) => (isObject(corner) ? [corner['latitude'] ?? 0, corner['longitude'] ?? 0] : [])),
});

const file = (value: JsonObject, { context }: Writing): JsonObject => {
  if (value['upload']) return { __type: 'File', ...keepUpload(value['upload'], context) };
  if (isObject(value['file'])) return value['file'];
  throw new ParseError('FILE_SAVE_ERROR', 'Invalid file upload.');
};

const create = async (target: GraphQLClass, fields: Json, writing: Writing): Promise<string> => {
  const written = await fromFieldsInput(isObject(fields) ? fields : {}, target, true, writing);
  const { objectId } = await createObject(target.className, written, writing.context);
  return String(objectId);
};

const pointer = async (
  name: string,
  value: JsonObject,
  target: GraphQLClass,
  writing: Writing,
): Promise<JsonObject> => {
  const { link, createAndLink } = value;
  const hasLink = link !== undefined && link !== null;
  const hasFields = createAndLink !== undefined && createAndLink !== null;
  if (hasLink === hasFields) {
    throw new ParseError(
      'INVALID_POINTER',
      `You need to provide link OR createLink on the pointer mutation of field ${name}`,
    );
  }
  const objectId = hasLink
    ? toObjectId(String(link), target.className)
    : await create(target, createAndLink ?? {}, writing);
  return toPointer(target.className, objectId);
};

const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

const relation = async (
  name: string,
  value: JsonObject,
  target: GraphQLClass,
  writing: Writing,
): Promise<JsonObject> => {
  if (Object.keys(value).length === 0) {
    throw new ParseError(
      'INVALID_POINTER',
      `You need to provide at least one operation on the relation mutation of field ${name}`,
    );
  }
  const toPointers = (ids: Json | undefined): JsonObject[] =>
    list(ids).map((id) => toPointer(target.className, toObjectId(String(id), target.className)));
  const made: JsonObject[] = [];
  for (const fields of list(value['createAndAdd'])) {
    made.push(toPointer(target.className, await create(target, fields, writing)));
  }
  const added = [...made, ...toPointers(value['add'])];
  const removed = toPointers(value['remove']);
  const ops: JsonObject[] = [
    ...(added.length > 0 ? [{ __op: 'AddRelation', objects: added }] : []),
    ...(removed.length > 0 ? [{ __op: 'RemoveRelation', objects: removed }] : []),
  ];
  return { __op: 'Batch', ops };
};

const fieldValue = async (
  name: string,
  value: Json,
  schema: FieldSchema | undefined,
  isNew: boolean,
  writing: Writing,
): Promise<Json | undefined> => {
  const target = schema?.targetClass === undefined ? undefined : writing.find(schema.targetClass);
  if (value === null) {
    if (schema?.type === 'Relation') return undefined;
    return isNew || schema?.type === 'String' ? null : UNSET;
  }
  if (schema?.type === 'GeoPoint') return point(value);
  if (schema?.type === 'Polygon' && Array.isArray(value)) return polygon(value);
  if (!isObject(value)) return value;
  if (schema?.type === 'File') return file(value, writing);
  if (schema?.type === 'Pointer' && target) return pointer(name, value, target, writing);
  if (schema?.type === 'Relation' && target) return relation(name, value, target, writing);
  return value;
};

/**
 * The fields that a client wrote, in REST form. Objects that are to be made along with this one are made here, before it.
 * Throws 106 for a pointer or relation that says nothing, 130 for a bad file, and what the making of others is refused with.
 */
export const fromFieldsInput = async (
  input: JsonObject,
  graphQLClass: GraphQLClass,
  isNew: boolean,
  writing: Writing,
): Promise<JsonObject> => {
  const schemas = new Map(graphQLClass.fields);
  const fields: { [name: string]: Json } = {};
  for (const [name, value] of Object.entries(input)) {
    const written =
      name === 'ACL'
        ? value && (fromAclInput(value as AclInput) as Json)
        : await fieldValue(name, value, schemas.get(name), isNew, writing);
    if (written !== undefined) fields[name] = written;
  }
  return fields;
};
