import { isObject, type JsonObject } from '../../parse/record.ts';

/** A value as functions get it: a date is a `Date`, which still has `__type` and `iso`, at any depth. */
const decode = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(decode);
  if (!isObject(value)) return value;
  if (value['__type'] === 'Date') return Object.assign(new Date(String(value['iso'])), value);
  return decodeParams(value);
};

/** The parameters of a function or a job, decoded. */
export const decodeParams = (params: JsonObject): { readonly [name: string]: unknown } =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, decode(value)]));
