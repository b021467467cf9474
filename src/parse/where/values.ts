import type { FieldSchema, FieldType } from '../classes/schema.ts';
import { isDeepEqual } from '../equality.ts';
import { toGeoPoint } from '../geo.ts';
import { fromDate, isObject, isPointer, type Json, type JsonObject } from '../record.ts';
import { badValue } from '../where-errors.ts';

/** What a constraint knows of the field that it is put on. */
export type Field = { readonly name: string; readonly type?: FieldType | undefined };

/** Whether one value fulfils a constraint; undefined stands for a field that is not there. */
export type Test = (value: Json | undefined) => boolean;

const DATES: ReadonlySet<string> = new Set(['createdAt', 'updatedAt']);

/** The field of a class by its name or dotted path. What stands inside of an object has no type of its own. */
export const fieldOf = (name: string, fields: { readonly [name: string]: FieldSchema } | undefined): Field => ({
  name,
  type: DATES.has(name) ? 'Date' : fields && Object.hasOwn(fields, name) ? fields[name]?.type : undefined,
});

/** The value of a key that the object has itself. */
export const own = (value: JsonObject, name: string): Json | undefined =>
  Object.hasOwn(value, name) ? value[name] : undefined;

/** Whether a value says with operators what a field must fulfil. */
export const isConstraint = (value: Json): value is JsonObject =>
  isObject(value) && Object.keys(value).length > 0 && Object.keys(value).every((key) => key.startsWith('$'));

const isTagged = (value: Json | undefined, tag: string): value is JsonObject =>
  isObject(value) && value['__type'] === tag;

const TAGS: readonly string[] = ['Pointer', 'Date', 'Bytes', 'GeoPoint', 'Polygon', 'File'];

/** Whether a value is one whole for Parse: a scalar, or an object that `__type` makes one. */
export const isAtom = (value: Json): boolean =>
  typeof value !== 'object' || value === null || TAGS.some((tag) => isTagged(value, tag));

/** The value of an operator. Throws 107 for lists and objects, unless the field holds a list of such. */
export const atomOf = (value: Json, field: Field): Json => {
  if (field.type === 'Array' || isAtom(value)) return value;
  throw badValue(`bad atom: ${JSON.stringify(value)}`);
};

/** Whether there is no value. */
export const isMissing: Test = (value) => value === undefined || value === null;

// Text is a moment only in a field of dates.
const momentOf = (value: Json | undefined, { type }: Field): number | undefined =>
  type === 'Date' || isTagged(value, 'Date') ? fromDate(value) : undefined;

// The last of the [latitude, longitude] pairs may repeat the first.
const isSameRing = (one: Json | undefined, other: Json | undefined): boolean => {
  if (!Array.isArray(one) || !Array.isArray(other)) return false;
  const opened = (ring: readonly Json[]): readonly Json[] =>
    ring.length > 1 && isDeepEqual(ring[0], ring.at(-1)) ? ring.slice(0, -1) : ring;
  return isDeepEqual(opened(one), opened(other));
};

const isSamePlace = (one: unknown, other: unknown): boolean => {
  const [first, second] = [toGeoPoint(one), toGeoPoint(other)];
  return first !== undefined && first.latitude === second?.latitude && first.longitude === second.longitude;
};

/** Whether a stored value equals the wanted one, an object of a `__type` by what it stands for. */
const equalsObject = (wanted: JsonObject): Test => {
  switch (wanted['__type']) {
    case 'File':
      return (value) => isTagged(value, 'File') && value['name'] === wanted['name'];
    case 'Bytes':
      return (value) => isTagged(value, 'Bytes') && value['base64'] === wanted['base64'];
    case 'Polygon':
      return (value) => isTagged(value, 'Polygon') && isSameRing(value['coordinates'], wanted['coordinates']);
    case 'GeoPoint':
      return (value) => isSamePlace(value, wanted);
    default:
      return (value) => isDeepEqual(value, wanted);
  }
};

/** Whether a stored value equals the wanted one: null is a missing field, text may stand for a date or for an object's id. */
const equals = (wanted: Json, field: Field): Test => {
  if (wanted === null) return isMissing;
  if (isTagged(wanted, 'Date') || (field.type === 'Date' && typeof wanted === 'string')) {
    const moment = momentOf(wanted, field);
    return (value) => moment !== undefined && momentOf(value, field) === moment;
  }
  if (field.type === 'Pointer' && typeof wanted === 'string') {
    return (value) => isPointer(value) && value.objectId === wanted;
  }
  if (isObject(wanted)) return equalsObject(wanted);
  return Array.isArray(wanted) ? (value) => isDeepEqual(value, wanted) : (value) => value === wanted;
};

/** Lets a list pass when one of its members does, as well as when it does itself. */
const orMember =
  (test: Test): Test =>
  (value) =>
    test(value) || (Array.isArray(value) && value.some(test));

/** Whether a stored value, or a member of a stored list, equals the wanted one. */
export const equalTo = (wanted: Json, field: Field): Test => orMember(equals(wanted, field));

// What a look-up can tell apart at once; pointers as MongoDB keeps them.
const keyOf = (value: Json | undefined): Json | undefined =>
  isPointer(value) ? `${value.className}$${value.objectId}` : typeof value === 'object' ? undefined : value;

/** Whether a stored value, or a member of a stored list, equals one of many; there may be thousands. */
export const oneOf = (wanted: readonly Json[], field: Field): Test => {
  const textIsMore = field.type === 'Date' || field.type === 'Pointer';
  const known = new Set<Json>();
  const rest: Test[] = [];
  for (const value of wanted) {
    const key = textIsMore && typeof value === 'string' ? undefined : keyOf(value);
    if (key === undefined) rest.push(equals(value, field));
    else known.add(key);
  }
  return orMember((value) => {
    const key = keyOf(value);
    return (key !== undefined && known.has(key)) || rest.some((test) => test(value));
  });
};

// Files are ordered and searched by their names.
const plainOf = (value: Json | undefined): Json | undefined => (isTagged(value, 'File') ? value['name'] : value);

type Comparable = { readonly kind: string; readonly value: number | string | boolean };

const toComparable = (value: Json | undefined, field: Field): Comparable | undefined => {
  const moment = momentOf(value, field);
  if (moment !== undefined) return { kind: 'date', value: moment };
  const plain = plainOf(value);
  return typeof plain === 'number' || typeof plain === 'string' || typeof plain === 'boolean'
    ? { kind: typeof plain, value: plain }
    : undefined;
};

/** Whether a stored value, or a member of a stored list, stands in an order to the wanted one. Kinds do not mix. */
export const compared = (wanted: Json, field: Field, holds: (order: number) => boolean): Test => {
  if (wanted === null) return holds(0) ? orMember(isMissing) : () => false;
  const limit = toComparable(wanted, field);
  return orMember((stored) => {
    const found = toComparable(stored, field);
    if (!limit || found?.kind !== limit.kind) return false;
    return holds(found.value < limit.value ? -1 : Number(found.value > limit.value));
  });
};

/** Whether a test passes for the text of a value, or for a member of a list of texts. */
export const onText = (test: (text: string) => boolean): Test =>
  orMember((value) => {
    const text = plainOf(value);
    return typeof text === 'string' && test(text);
  });
