import { GraphQLError } from 'graphql';
import type { Context } from '../../operations/context.ts';
import { createFile } from '../../operations/files/files.ts';
import { extensionFor } from '../../operations/files/media-types.ts';
import { createObject } from '../../operations/objects/objects.ts';
import type { FieldSchema } from '../../parse/classes/schema.ts';
import { ParseError } from '../../parse/error.ts';
import { isObject, type Json, type JsonObject, toPointer } from '../../parse/record.ts';
import type { FindClass, GraphQLClass } from '../graphql-class.ts';
import { type AclInput, fromAclInput } from './acl.ts';
import { toObjectId } from './global-id.ts';

const UNSET: JsonObject = { __op: 'Delete' };

/** A file that was sent along with the request. */
export type Upload = {
  readonly filename: string;
  readonly mimetype: string;
  readonly bytes: Uint8Array;
  /** Why it did not come whole, which whoever wants to keep it is told. */
  readonly failure?: string;
};

const isUpload = (value: unknown): value is Upload =>
  typeof value === 'object' && value !== null && Reflect.get(value, 'bytes') instanceof Uint8Array;

/** As with Parse Server, a name that does not end as files of its type do gets that end, too; for an unknown type it is `null`. */
const nameOf = ({ filename, mimetype }: Upload): string => {
  const end = `.${extensionFor(mimetype) ?? null}`;
  return filename.endsWith(end) ? filename : `${filename}${end}`;
};

/** Keeps a file that was sent along. Throws 130 for anything else. */
export const keepUpload = async (upload: unknown, context: Context): Promise<{ name: string; url: string }> => {
  if (!isUpload(upload)) throw new ParseError('FILE_SAVE_ERROR', 'Invalid file upload.');
  // Parse Server's reader throws it through the resolver
  if (upload.failure) throw new GraphQLError(upload.failure, { extensions: { code: 'INTERNAL_SERVER_ERROR' } });
  return createFile({ name: nameOf(upload), bytes: upload.bytes, contentType: upload.mimetype }, context);
};

type Writing = { readonly find: FindClass; readonly context: Context };

const point = (value: Json): JsonObject => ({ __type: 'GeoPoint', ...(isObject(value) ? value : {}) });

const polygon = (points: readonly Json[]): JsonObject => ({
  __type: 'Polygon',
  coordinates: points.map((corner) => (isObject(corner) ? [corner['latitude'] ?? 0, corner['longitude'] ?? 0] : [])),
});

const file = async (value: JsonObject, { context }: Writing): Promise<JsonObject> => {
  if (value['upload']) return { __type: 'File', ...(await keepUpload(value['upload'], context)) };
  if (isObject(value['file']) && value['file']['name']) return value['file'];
  throw new ParseError('FILE_SAVE_ERROR', 'Invalid file upload.');
};

// As in Parse, one that fails stops none of the others, and the first that failed is what the client hears of.
const settle = async <Value>(steps: readonly (() => Promise<Value>)[]): Promise<Value[]> => {
  const outcomes: PromiseSettledResult<Value>[] = [];
  for (const step of steps) outcomes.push(...(await Promise.allSettled([step()])));
  return outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
};

const create = async (className: string, fields: Json, writing: Writing): Promise<JsonObject> => {
  const target = writing.find(className);
  if (!target)
    throw new TypeError(`Failed to make a ${className} along with another object: GraphQL knows no such class`);
  const written = await fromFieldsInput(isObject(fields) ? fields : {}, target, writing);
  const { objectId } = await createObject(className, written, writing.context);
  return toPointer(className, objectId);
};

const toLink = (id: Json, className: string): JsonObject => toPointer(className, toObjectId(String(id), className));

const pointer = async (
  name: string,
  value: JsonObject,
  className: string,
  writing: Writing,
): Promise<JsonObject | undefined> => {
  if (Object.keys(value).length !== 1) {
    throw new ParseError(
      'INVALID_POINTER',
      `You need to provide link OR createLink on the pointer mutation of field ${name}`,
    );
  }
  const { link, createAndLink } = value;
  if (createAndLink) return create(className, createAndLink, writing);
  return link ? toLink(link, className) : undefined;
};

const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

const relation = async (name: string, value: JsonObject, className: string, writing: Writing): Promise<JsonObject> => {
  if (Object.keys(value).length === 0) {
    throw new ParseError(
      'INVALID_POINTER',
      `You need to provide at least one operation on the relation mutation of field ${name}`,
    );
  }
  const { add, remove } = value;
  const toLinks = (ids: Json): JsonObject[] => list(ids).map((id) => toLink(id, className));
  const made = await settle(list(value['createAndAdd']).map((fields) => () => create(className, fields, writing)));
  const ops: JsonObject[] = [
    ...(add || made.length > 0 ? [{ __op: 'AddRelation', objects: [...toLinks(add ?? []), ...made] }] : []),
    ...(remove ? [{ __op: 'RemoveRelation', objects: toLinks(remove) }] : []),
  ];
  return { __op: 'Batch', ops };
};

const fieldValue = async (
  name: string,
  value: Json,
  { type, targetClass = '' }: Partial<FieldSchema>,
  writing: Writing,
): Promise<Json | undefined> => {
  if (value === null) {
    // Parse Server stumbles over it.
    if (type === 'Relation') throw new ParseError('INTERNAL_SERVER_ERROR', 'Internal server error');
    return UNSET;
  }
  if (type === 'GeoPoint') return point(value);
  if (type === 'Polygon' && Array.isArray(value)) return polygon(value);
  if (!isObject(value)) return value;
  if (type === 'File') return file(value, writing);
  if (type === 'Pointer') return pointer(name, value, targetClass, writing);
  if (type === 'Relation') return relation(name, value, targetClass, writing);
  return value;
};

const makesOthers = (value: Json): boolean => isObject(value) && ('createAndLink' in value || 'createAndAdd' in value);

/**
 * The fields that a client wrote, in REST form. Objects that are to be made along with this one are made here, before it.
 * Throws 106 for a pointer or relation that says nothing, 130 for a bad file, and what the making of others is refused with.
 */
export const fromFieldsInput = async (
  input: JsonObject,
  graphQLClass: GraphQLClass,
  writing: Writing,
): Promise<JsonObject> => {
  const schemas = new Map(graphQLClass.fields);
  const quickFirst = Object.entries(input).sort(([, one], [, other]) => +makesOthers(one) - +makesOthers(other));
  const written = await settle(
    quickFirst.map(([name, value]) => async () => {
      const field =
        name === 'ACL'
          ? (fromAclInput((value ?? {}) as AclInput) as Json)
          : await fieldValue(name, value, schemas.get(name) ?? {}, writing);
      return [name, field] as const;
    }),
  );
  return Object.fromEntries(written.flatMap(([name, field]) => (field === undefined ? [] : [[name, field] as const])));
};
