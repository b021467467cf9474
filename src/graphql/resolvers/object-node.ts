import { isObject, type Json, type JsonObject } from '../../parse/record.ts';
import type { GraphQLClass } from '../graphql-class.ts';

/** An object on its way to the client: its record as the caller may see it, and its class. */
export type ObjectNode = { readonly className: string; readonly record: JsonObject };

/** Whether a value is such an object. */
export const isObjectNode = (value: unknown): value is ObjectNode =>
  isObject(value) && 'record' in value && typeof value['className'] === 'string';

/** An object of a class for the client: whole and as it is, where the class could not have a type. */
export const toNode = ({ className, types }: GraphQLClass, record: JsonObject): ObjectNode | JsonObject =>
  types.object === undefined ? record : { className, record };

/** The object behind a pointer that was followed; undefined for anything else, a pointer that was not among it. */
export const toObjectNode = (value: Json | undefined): ObjectNode | undefined => {
  if (!isObject(value) || value['__type'] !== 'Object' || typeof value['className'] !== 'string') return undefined;
  const { __type: _, className, ...record } = value;
  return { className, record };
};
