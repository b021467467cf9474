import { isObject, type Json, type JsonObject } from '../../parse/record.ts';

/** An object on its way to the client: its record as the caller may see it, and its class. */
export type ObjectNode = { readonly className: string; readonly record: JsonObject };

/** The object behind a pointer that was followed; undefined for anything else, a pointer that was not among it. */
export const toObjectNode = (value: Json | undefined): ObjectNode | undefined => {
  if (!isObject(value) || value['__type'] !== 'Object' || typeof value['className'] !== 'string') return undefined;
  const { __type: _, className, ...record } = value;
  return { className, record };
};
