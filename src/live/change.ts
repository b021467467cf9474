import type { Context, WriteNotice } from '../operations/context.ts';
import { presenter } from '../operations/queries/queries.ts';
import { fieldMaskOf, relationsOf } from '../operations/queries/visibility.ts';
import { isFieldOperation } from '../parse/field-ops.ts';
import { isObject, type Json, type JsonObject, type ParseRecord } from '../parse/record.ts';

/** What subscribers may hear of a write. */
export type Change = {
  readonly className: string;
  readonly kind: 'save' | 'delete';
  readonly object: JsonObject;
  /** The object before; undefined when it is new or deleted. */
  readonly original: JsonObject | undefined;
};

const named = (className: string, objectId: string, fields: JsonObject): JsonObject => ({
  ...fields,
  className,
  objectId,
});

const relationsAmong = (written: JsonObject, className: string, context: Context): JsonObject =>
  Object.fromEntries(
    Object.entries(relationsOf(context.schemas.get(className))).filter(([name]) => Object.hasOwn(written, name)),
  );

const publicFields = (record: ParseRecord): JsonObject =>
  Object.fromEntries(Object.entries(record).filter(([name]) => /^[A-Za-z]\w*$/.test(name)));

// As Parse Server tells of it: of a path only the first two steps count, `a.b.c` writes `a.b`.
const withPart = (object: JsonObject, path: string, value: Json): JsonObject => {
  const [root = '', key = ''] = path.split('.');
  const held = object[root];
  return { ...object, [root]: { ...(isObject(held) ? held : {}), [key]: value } };
};

// A written null is told of as null, a file and an ACL as the client had them, though none of them is stored so.
const toldOf = (name: string, value: Json, after: ParseRecord): Json | undefined =>
  value === null || name === 'ACL' || (isObject(value) && value['__type'] === 'File') ? value : after[name];

/** An object with one written field on top. */
const withField = (object: JsonObject, name: string, value: Json, after: ParseRecord): JsonObject => {
  const [root = ''] = name.split('.');
  if (root !== name && !isFieldOperation(value)) return withPart(object, name, value);
  const { [root]: _, ...others } = object;
  const now = toldOf(root, value, after);
  return now === undefined ? others : { ...object, [root]: now };
};

const DATES = ['createdAt', 'updatedAt'];

const withFields = (object: JsonObject, written: JsonObject, after: ParseRecord): JsonObject =>
  Object.entries(written)
    .filter(([name]) => /^[A-Za-z]/.test(name) && !DATES.includes(name))
    .reduce((sum, [name, value]) => withField(sum, name, value, after), object);

/**
 * What subscribers may hear of a write, before their own rights: an object as its writer sees it, with what the writer wrote on
 * top. So a field that is protected from the writer is in no event but that of its own change, as with Parse Server.
 */
export const toChange = (write: WriteNotice, context: Context): Change => {
  const { className, before, after, written } = write;
  const show = presenter(className, fieldMaskOf(className, context), context);
  if (!after) {
    const object = before ? named(className, before.objectId, show(before)) : {};
    return { className, kind: 'delete', object, original: undefined };
  }
  if (!before) {
    const fields = {
      ...withFields(publicFields(after), written, after),
      ...relationsAmong(written, className, context),
    };
    return { className, kind: 'save', object: named(className, after.objectId, fields), original: undefined };
  }
  const seen = show(before);
  return {
    className,
    kind: 'save',
    object: named(className, after.objectId, {
      ...withFields(seen, written, after),
      updatedAt: after.updatedAt,
      ...relationsAmong(written, className, context),
    }),
    original: named(className, after.objectId, seen),
  };
};
