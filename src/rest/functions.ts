import { callFunction } from '../operations/functions.ts';
import { isObject, type Json, toDate } from '../parse/record.ts';
import { ok, type RestRoute } from './message.ts';

/** What a function returned, as JSON with Parse's form of dates; what JSON does not know is left out. */
const toJson = (value: unknown): Json | undefined => {
  if (value instanceof Date) return toDate(value.getTime());
  if (Array.isArray(value)) return value.map((member) => toJson(member) ?? null);
  if (!isObject(value)) return isPlain(value) ? value : undefined;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      const json = toJson(inner);
      return json === undefined ? [] : [[name, json]];
    }),
  );
};

const isPlain = (value: unknown): value is string | number | boolean | null =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);

/** The functions of the option `functions` (`Parse.Cloud.run`). */
export const FUNCTION_ROUTES: readonly RestRoute[] = [
  {
    method: 'POST',
    path: '/functions/:name',
    run: async ({ named, fields, query, headers }, context) => {
      const result = toJson(await callFunction(named.name, { ...fields, ...query }, context, headers));
      return ok(result === undefined ? {} : { result });
    },
  },
];
