import { isObject, type Json, type JsonObject } from '../parse/record.ts';

/** A value of Parse's SDK that equals no JSON: a pointer, a place, a file, a polygon, a relation. */
class Unequalled {}

/** JSON as a live query compares it: dates are `Date`, the SDK's other types are equal to nothing. */
export type Comparable = unknown;

const UNEQUALLED = new Set(['Pointer', 'Object', 'Relation', 'File', 'GeoPoint', 'Polygon']);

/** Whether a value carries a type of Parse's, as `{ __type: 'Date', … }` does. */
export const isTyped = (value: unknown): value is JsonObject => isObject(value) && Boolean(value['__type']);

/** Reads a constraint's value as Parse's SDK does. */
export const decode = (value: Json | undefined): Comparable => {
  if (Array.isArray(value)) return value.map(decode);
  if (!isObject(value)) return value;
  const { __type: type, iso } = value;
  if (type === 'Date') return new Date(String(iso));
  if (UNEQUALLED.has(String(type))) return new Unequalled();
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, decode(member)]));
};

/** A field of an object, with a date as `Date`. */
export const fieldOf = (object: unknown, name: string): Comparable => {
  const value = isObject(object) && Object.hasOwn(object, name) ? object[name] : undefined;
  return isObject(value) && value['__type'] === 'Date' ? new Date(String(value['iso'])) : value;
};

const areListsEqual = (one: readonly unknown[], other: unknown): boolean =>
  Array.isArray(other) && one.length === other.length && one.every((member, i) => isEqual(member, other[i]));

/** Whether both are the same to a live query. @throws TypeError for null beside an object, as Parse Server's comparison does */
export const isEqual = (one: Comparable, other: Comparable): boolean => {
  if (typeof one !== 'object' || typeof other !== 'object' || one === other) return one === other;
  if (one === null || other === null) throw new TypeError('Failed to compare an object with null');
  if (one instanceof Unequalled || other instanceof Unequalled) return false;
  if (one instanceof Date) return other instanceof Date && one.getTime() === other.getTime();
  if (Array.isArray(one)) return areListsEqual(one, other);
  if (!isObject(one) || !isObject(other)) return false;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => isEqual(one[name], other[name]));
};

/** JavaScript's own order, in which values of different types are often neither before nor after each other. */
export const isBefore = (one: Comparable, other: Comparable): boolean => (one as number) < (other as number);

/** The same, or equal. */
export const isBeforeOrEqual = (one: Comparable, other: Comparable): boolean => (one as number) <= (other as number);
