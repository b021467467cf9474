import type { Context } from '../operations/context.ts';
import type { Query, Selection } from '../operations/queries/query.ts';
import type { Options } from '../options/table.ts';
import { ParseError, Stumble } from '../parse/error.ts';
import { type Json, type JsonObject, toObject } from '../parse/record.ts';
import { behaviourOf } from '../parse/versions/versions.ts';
import { checkDepth } from './depth.ts';
import type { RestCall } from './message.ts';

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
export const parametersOf = ({ fields, query }: RestCall): JsonObject => ({
  ...fields,
  ...Object.fromEntries(Object.entries(query).map(([name, value]) => [name, parseValue(value)])),
});

/** Text, a list of texts, or anything else as text: `a,b` and `["a","b"]` name the same. White space is part of a name. */
const namesIn = (value: Json | undefined): readonly string[] | undefined =>
  value === undefined || value === null
    ? undefined
    : String(value)
        .split(',')
        .filter((name) => name !== '');

/** The constraints in a parameter, which may be text. Throws 107 for what has no members. */
export const whereIn = (value: Json | undefined, { options }: Pick<Context, 'options'>): JsonObject | undefined => {
  const given = typeof value === 'string' ? parseValue(value) : value;
  checkDepth(given);
  const where = toObject(given);
  if (given === undefined || where) return where;
  if (behaviourOf(options).badWhere === 'isFailure') throw new Stumble('where is not valid JSON', 'whereUnreadable');
  throw new ParseError('INVALID_JSON', 'where parameter is not valid JSON');
};

const wholeNumberIn = (value: Json | undefined): number | undefined => {
  const number = value === null || value === '' ? Number.NaN : Number(value);
  return Number.isFinite(number) && number >= 0 ? Math.trunc(number) : undefined;
};

/** A limit that is asked for is held down to `maxLimit`; the default one, oddly, is not. */
const limitIn = (value: Json | undefined, { defaultLimit, maxLimit }: Options): number => {
  const limit = wholeNumberIn(value);
  return limit === undefined ? defaultLimit : Math.min(limit, maxLimit || limit);
};

const READ_PREFERENCES = ['readPreference', 'includeReadPreference', 'subqueryReadPreference'] as const;

const preferencesIn = (parameters: JsonObject): Selection =>
  Object.fromEntries(READ_PREFERENCES.flatMap((name) => (parameters[name] ? [[name, String(parameters[name])]] : [])));

const shownBy = (parameters: JsonObject): Selection => {
  const keys = namesIn(parameters['keys']);
  const excludeKeys = namesIn(parameters['excludeKeys']);
  const include = namesIn(parameters['include']);
  return {
    ...(keys && { keys }),
    ...(excludeKeys && { excludeKeys }),
    ...(include && { include }),
    ...preferencesIn(parameters),
  };
};

/** What a GET of one object shows. Throws 102 for any other parameter. */
export const toSelection = (call: RestCall): Selection => {
  const parameters = parametersOf(call);
  if (!Object.keys(parameters).every((name) => GET_PARAMETERS.has(name))) {
    throw new ParseError('INVALID_QUERY', 'Improper encode of parameter');
  }
  return shownBy(parameters);
};

/** What a GET of a class asks for. Throws 102 for a parameter that Parse does not know. */
export const toQuery = (call: RestCall, { options }: Context): Query => {
  const parameters = parametersOf(call);
  const unknown = Object.keys(parameters).find((name) => !FIND_PARAMETERS.has(name));
  if (unknown !== undefined) throw new ParseError('INVALID_QUERY', `Invalid parameter for query: ${unknown}`);
  const where = whereIn(parameters['where'], { options });
  const order = parameters['order'] ? String(parameters['order']).split(',') : undefined;
  const skip = wholeNumberIn(parameters['skip']);
  const key = parameters['redirectClassNameForKey'];
  return {
    limit: limitIn(parameters['limit'], options),
    ...(where && { where }),
    ...(order && { order: order.map((name) => name.trim()) }),
    ...(skip && { skip }),
    ...(parameters['count'] && { count: true }),
    ...(key && { redirectClassNameForKey: String(key) }),
    ...(parameters['explain'] && { explain: true }),
    ...shownBy(parameters),
    ...(parameters['includeAll'] && { includeAll: true }),
  };
};
