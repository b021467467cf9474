import type { RequestComplexity } from '../../options/complexity.ts';
import { refusal } from '../../parse/error.ts';
import { isObject, type Json, type JsonObject } from '../../parse/record.ts';
import type { Context } from '../context.ts';
import type { Query } from './query.ts';

/** Parse Server has no limits by default. These are so generous that no client meets them, and bound what one request costs. */
const DEFAULTS: Required<RequestComplexity> = {
  allowRegex: true,
  batchRequestLimit: 10_000,
  graphQLDepth: 100,
  graphQLFields: 20_000,
  includeCount: 1000,
  includeDepth: 50,
  queryDepth: 50,
  subqueryDepth: 20,
  subqueryLimit: -1,
};

// Every search asks.
const known = new WeakMap<RequestComplexity, Required<RequestComplexity>>();

/** The limits that hold, with what the option does not say filled in. */
export const complexityLimits = (given: RequestComplexity | undefined): Required<RequestComplexity> => {
  if (!given) return DEFAULTS;
  const limits = known.get(given) ?? { ...DEFAULTS, ...given };
  known.set(given, limits);
  return limits;
};

const LOGICAL = new Set(['$or', '$and', '$nor']);
const SUBQUERIES = new Set(['$inQuery', '$notInQuery', '$select', '$dontSelect']);

const refuse = (message: string): never => {
  throw refusal('tooComplex', 'INVALID_QUERY', message);
};

/** How deep operators of a kind stand in each other, counted up to one more than is allowed. */
const depthOf = (value: Json | undefined, kind: ReadonlySet<string>, most: number): number => {
  if (most < 0 || typeof value !== 'object' || value === null) return 0;
  if (Array.isArray(value))
    return value.reduce<number>((deepest, one) => Math.max(deepest, depthOf(one, kind, most)), 0);
  let deepest = 0;
  for (const name in value) {
    const own = kind.has(name) ? 1 : 0;
    deepest = Math.max(deepest, own + depthOf((value as JsonObject)[name], kind, most - own));
  }
  return deepest;
};

const mentions = (value: Json | undefined, operator: string): boolean =>
  Array.isArray(value)
    ? value.some((one) => mentions(one, operator))
    : isObject(value) &&
      Object.entries(value).some(([name, inside]) => name === operator || mentions(inside, operator));

/** Throws 102 when a query asks for more than the option `requestComplexity` allows. */
export const checkComplexity = (
  { where, include = [] }: Query,
  { auth, options }: Pick<Context, 'auth' | 'options'>,
): void => {
  if (auth.isMaster || auth.isMaintenance) return;
  const limits = complexityLimits(options.requestComplexity);
  const { queryDepth, subqueryDepth } = limits;
  if (queryDepth !== -1 && depthOf(where, LOGICAL, queryDepth) > queryDepth)
    refuse(`Query condition nesting depth exceeds maximum allowed depth of ${queryDepth}`);
  if (subqueryDepth !== -1 && depthOf(where, SUBQUERIES, subqueryDepth) > subqueryDepth)
    refuse(`Subquery nesting depth exceeds maximum allowed depth of ${subqueryDepth}`);
  if (!limits.allowRegex && mentions(where, '$regex')) refuse('$regex operator is not allowed');
  if (include.length > 0) checkIncludes(include, limits);
};

const checkIncludes = (
  include: readonly string[],
  { includeDepth, includeCount }: Pick<Required<RequestComplexity>, 'includeDepth' | 'includeCount'>,
): void => {
  const paths = new Set(
    include.flatMap((path) => path.split('.').map((_, at, parts) => parts.slice(0, at + 1).join('.'))),
  );
  const deepest = [...paths].reduce((most, path) => Math.max(most, path.split('.').length), 0);
  if (includeDepth !== -1 && deepest > includeDepth)
    refuse(`Include depth of ${deepest} exceeds maximum allowed depth of ${includeDepth}`);
  if (includeCount !== -1 && paths.size > includeCount)
    refuse(`Number of include fields (${paths.size}) exceeds maximum allowed (${includeCount})`);
};
