import type { Context } from '../operations/context.ts';
import { ParseError } from '../parse/error.ts';
import { isObject, type Json, type JsonObject } from '../parse/record.ts';
import { checkDepth } from './depth.ts';
import type { Call } from './message.ts';

/** Which objects a query is for, and what of them it shows. */
export type Find = {
  readonly where?: JsonObject;
  readonly order?: readonly string[];
  readonly limit: number;
  readonly skip?: number;
  readonly count?: boolean;
} & Shown;

/** What is shown of an object. */
export type Shown = {
  readonly keys?: readonly string[];
  readonly excludeKeys?: readonly string[];
  readonly include?: readonly string[];
};

const DEFAULT_LIMIT = 100;

/** Those that choose a database's member or plan mean nothing here, but Parse takes them. */
const GET_PARAMETERS: ReadonlySet<string> = new Set(
  'keys include excludeKeys readPreference includeReadPreference subqueryReadPreference'.split(' '),
);
const FIND_PARAMETERS: ReadonlySet<string> = new Set([
  ...GET_PARAMETERS,
  ...'skip limit order count includeAll redirectClassNameForKey where hint explain comment'.split(' '),
]);

// A list of one counts as its member.
const parseValue = (value: Json): Json => {
  try {
    return JSON.parse(String(value));
  } catch {
    return value;
  }
};

/** The parameters of a query: of the address, where each may be JSON, and of the body, which an SDK sends in its place. */
export const parametersOf = ({ fields, query }: Call): JsonObject => ({
  ...fields,
  ...Object.fromEntries(Object.entries(query).map(([name, value]) => [name, parseValue(value)])),
});

/** Text, a list of texts, or anything else as text: `a,b` and `["a","b"]` name the same. */
const namesIn = (value: Json | undefined): readonly string[] | undefined =>
  value === undefined || value === null
    ? undefined
    : String(value)
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '');

/** The constraints in a parameter, which may be text. Throws 107 for anything but an object. */
export const whereIn = (value: Json | undefined): JsonObject | undefined => {
  const where = typeof value === 'string' ? parseValue(value) : value;
  checkDepth(where);
  if (where === undefined || isObject(where)) return where;
  throw new ParseError('INVALID_JSON', 'where parameter is not valid JSON');
};

const wholeNumberIn = (value: Json | undefined): number | undefined => {
  const number = value === null || value === '' ? Number.NaN : Number(value);
  return Number.isFinite(number) && number >= 0 ? Math.trunc(number) : undefined;
};

/** A limit that is asked for is held down to `maxLimit`; the default one, oddly, is not. */
const limitIn = (value: Json | undefined, maxLimit: number | undefined): number => {
  const limit = wholeNumberIn(value);
  return limit === undefined ? DEFAULT_LIMIT : Math.min(limit, maxLimit || limit);
};

/** `include=*` and `includeAll` mean every field of the class that may hold a pointer. */
const pointersOf = (className: string, { schemas }: Context): string[] =>
  Object.entries(schemas.get(className)?.fields ?? {})
    .filter(([, { type }]) => type === 'Pointer' || type === 'Array')
    .map(([name]) => name);

const shownBy = (parameters: JsonObject, className: string, context: Context): Shown => {
  const keys = namesIn(parameters['keys']);
  const excludeKeys = namesIn(parameters['excludeKeys']);
  const asked = namesIn(parameters['include']) ?? [];
  const all = parameters['includeAll'] || asked.includes('*') ? pointersOf(className, context) : [];
  const include = [...asked.filter((path) => path !== '*'), ...all];
  return {
    ...(keys && { keys: [...keys, ...all] }),
    ...(excludeKeys && { excludeKeys }),
    ...(include.length > 0 && { include: [...new Set(include)] }),
  };
};

/** What a GET of one object shows. Throws 102 for any other parameter. */
export const toShown = (call: Call, className: string, context: Context): Shown => {
  const parameters = parametersOf(call);
  if (!Object.keys(parameters).every((name) => GET_PARAMETERS.has(name))) {
    throw new ParseError('INVALID_QUERY', 'Improper encode of parameter');
  }
  return shownBy(parameters, className, context);
};

/** The class that a relation of `className` leads to: an SDK that has only its name asks for it by this detour. */
const redirect = (className: string, key: Json | undefined, { schemas }: Context): string => {
  const field = key ? schemas.get(className)?.fields[String(key)] : undefined;
  return (field?.type === 'Relation' && field.targetClass) || className;
};

/** A query, the class that it is about, and whether that was found by `redirectClassNameForKey`. */
export type FindCall = { readonly className: string; readonly find: Find; readonly redirected: boolean };

/** What a GET of a class asks for. Throws 102 for a parameter that Parse does not know. */
export const toFind = (call: Call, named: string, context: Context): FindCall => {
  const parameters = parametersOf(call);
  const unknown = Object.keys(parameters).find((name) => !FIND_PARAMETERS.has(name));
  if (unknown !== undefined) throw new ParseError('INVALID_QUERY', `Invalid parameter for query: ${unknown}`);
  const className = redirect(named, parameters['redirectClassNameForKey'], context);
  const where = whereIn(parameters['where']);
  const order = parameters['order'] ? String(parameters['order']).split(',') : undefined;
  const skip = wholeNumberIn(parameters['skip']);
  const find = {
    limit: limitIn(parameters['limit'], context.options.maxLimit),
    ...(where && { where }),
    ...(order && { order: order.map((name) => name.trim()) }),
    ...(skip && { skip }),
    ...(parameters['count'] && { count: true }),
    ...shownBy(parameters, className, context),
  };
  return { className, find, redirected: Boolean(parameters['redirectClassNameForKey']) };
};
