import type { ClassSchema } from '../../parse/classes/schema.ts';
import { ParseError, permissionDenied } from '../../parse/error.ts';
import {
  isObject,
  isPointer,
  type Json,
  type JsonObject,
  type Pointer,
  textIn,
  toObject,
  toPointer,
  valueAt,
} from '../../parse/record.ts';
import { withEquality } from '../../parse/where/where.ts';
import { accessTo } from '../access/access.ts';
import type { Context } from '../context.ts';
import type { FindObjects, Query } from './query.ts';
import { fieldMaskOf } from './visibility.ts';

const LOGICAL = ['$or', '$and', '$nor'];

const badUse = (operator: string): ParseError => new ParseError('INVALID_QUERY', `improper usage of ${operator}`);

const whereOf = (value: Json | undefined, operator: string): JsonObject => {
  const where = toObject(value);
  if (!where) throw badUse(operator);
  return where;
};

// How many a sub-query finds, and in which order, is not its own to say: Parse Server passes over that.
const questionOf = (source: JsonObject, operator: string): { className: string; query: Query } => {
  const className = textIn(source['className']) || undefined;
  if (className === undefined) throw badUse(operator);
  const key = textIn(source['redirectClassNameForKey']) || undefined;
  return {
    className,
    query: {
      where: whereOf(source['where'] ?? {}, operator),
      ...(key !== undefined && { redirectClassNameForKey: key }),
    },
  };
};

type Resolve = (source: JsonObject, operator: string, find: FindObjects) => Promise<readonly Json[]>;

const pointersOf: Resolve = async (source, operator, find) => {
  if (!source['where']) throw badUse(operator);
  const asked = questionOf(source, operator);
  const { className, results } = await find(asked.className, asked.query);
  return results.map((object) => toPointer(className, String(object['objectId'])));
};

const selectedOf: Resolve = async (source, operator, find) => {
  const key = textIn(source['key']) || undefined;
  if (key === undefined || !isObject(source['query']) || Object.keys(source).length !== 2) throw badUse(operator);
  const { className, query } = questionOf(source['query'], operator);
  const { results } = await find(className, query);
  return results.flatMap((object) => valueAt(object, key.split('.')) ?? []);
};

// Each asks another class, and becomes a list of values that the field must, or must not, be one of.
const SUBQUERIES: { readonly [operator: string]: { readonly resolve: Resolve; readonly becomes: '$in' | '$nin' } } = {
  $inQuery: { resolve: pointersOf, becomes: '$in' },
  $notInQuery: { resolve: pointersOf, becomes: '$nin' },
  $select: { resolve: selectedOf, becomes: '$in' },
  $dontSelect: { resolve: selectedOf, becomes: '$nin' },
};

const resolveConstraint = async (constraint: JsonObject, find: FindObjects): Promise<JsonObject> => {
  const resolved: { [operator: string]: Json } = {};
  for (const [operator, value] of Object.entries(constraint)) {
    const subquery = Object.hasOwn(SUBQUERIES, operator) ? SUBQUERIES[operator] : undefined;
    if (!subquery || !value) resolved[operator] = value;
    else {
      if (!isObject(value)) throw badUse(operator);
      const before = resolved[subquery.becomes];
      resolved[subquery.becomes] = [
        ...(Array.isArray(before) ? before : []),
        ...(await subquery.resolve(value, operator, find)),
      ];
    }
  }
  return resolved;
};

const isSubquery = (value: Json | undefined): value is JsonObject => {
  if (!isObject(value)) return false;
  for (const key in value) if (Object.hasOwn(SUBQUERIES, key)) return true;
  return false;
};

const NONE: readonly Json[] = [];

const membersOf = (name: string, value: Json | undefined): readonly Json[] =>
  LOGICAL.includes(name) && Array.isArray(value) ? value : NONE;

/** Whether some constraint asks another class. */
export const hasSubqueries = (where: JsonObject): boolean => {
  for (const name in where) {
    const value = where[name];
    if (isSubquery(value)) return true;
    if (membersOf(name, value).some((member) => isObject(member) && hasSubqueries(member))) return true;
  }
  return false;
};

const resolveMember = async (name: string, value: Json, find: FindObjects): Promise<Json> => {
  if (!LOGICAL.includes(name) || !Array.isArray(value))
    return isSubquery(value) ? resolveConstraint(value, find) : value;
  const members: Json[] = [];
  for (const member of value) members.push(isObject(member) ? await resolveSubqueries(member, find) : member);
  return members;
};

/** Puts the objects and values that sub-queries find in their place, one after the other. Throws 102 for misuse. */
export const resolveSubqueries = async (where: JsonObject, find: FindObjects): Promise<JsonObject> => {
  const resolved: [string, Json][] = [];
  for (const [name, value] of Object.entries(where)) resolved.push([name, await resolveMember(name, value, find)]);
  return Object.fromEntries(resolved);
};

const owningIds = (className: string, field: string, relatedIds: readonly string[], context: Context): string[] => {
  const join = `_Join:${field}:${className}`;
  return relatedIds.flatMap((relatedId) =>
    context.store.lookUp(join, 'relatedId', relatedId).map((row) => String(row['owningId'])),
  );
};

const idsOf = (value: Json | undefined): string[] =>
  (Array.isArray(value) ? value : [value]).flatMap((member) =>
    isPointer(member)
      ? [member.objectId]
      : isObject(member) && typeof member['objectId'] === 'string'
        ? [member['objectId']]
        : [],
  );

// As in Parse Server, a constraint that says nothing of members finds nothing.
const relationConstraints = (className: string, field: string, given: Json, context: Context): JsonObject[] => {
  const value = withEquality(given);
  const among = (ids: string[], operator: string): JsonObject => ({
    objectId: { [operator]: owningIds(className, field, ids, context) },
  });
  if (isPointer(value)) return [among([value.objectId], '$in')];
  if (!isObject(value) || !(value['$in'] || value['$nin'] || value['$ne'])) return [among([], '$in')];
  return Object.entries(value).flatMap(([operator, operand]) => {
    if (operator === '$in') return [among(idsOf(operand), '$in')];
    return operator === '$nin' || operator === '$ne' ? [among(idsOf(operand), '$nin')] : [];
  });
};

/** Parse Server looks for `$relatedTo` in the members of the first of these alone, and beside them only when there is none. */
const placeOfRelatedTo = (where: JsonObject): string | undefined =>
  LOGICAL.find((name) => (name === '$nor' ? Array.isArray(where[name]) : Boolean(where[name])));

// Most questions ask for no relation at all.
const mayAskRelations = (where: JsonObject, fields: ClassSchema['fields']): boolean => {
  for (const name in where) if (name.startsWith('$') || fields[name]?.type === 'Relation') return true;
  return false;
};

/**
 * Turns constraints on relations into constraints on object ids, by the joins that the relations are kept in. A `$relatedTo` where
 * Parse Server does not look for it stays, and is not a key of the class (`isLookedFor` says whether it does).
 */
export const resolveRelations = (
  className: string,
  where: JsonObject,
  context: Context,
  isLookedFor = true,
): JsonObject => {
  const fields = context.schemas.get(className)?.fields ?? {};
  if (!mayAskRelations(where, fields)) return where;
  const place = placeOfRelatedTo(where);
  const plain: { [name: string]: Json } = {};
  const further: JsonObject[] = [];
  for (const [name, value] of Object.entries(where)) {
    if (LOGICAL.includes(name) && Array.isArray(value)) {
      const isPlace = isLookedFor && name === place;
      plain[name] = value.map((member) =>
        isObject(member) ? resolveRelations(className, member, context, isPlace) : member,
      );
    } else if (name === '$relatedTo' && isLookedFor && place === undefined) further.push(relatedTo(value, context));
    else if (fields[name]?.type === 'Relation') {
      further.push(...relationConstraints(className, name, value, context));
    } else plain[name] = value;
  }
  if (further.length === 0) return plain;
  return Object.keys(plain).length > 0
    ? { $and: [plain, ...further] }
    : further.length === 1
      ? (further[0] ?? {})
      : { $and: further };
};

/** Who may not see the field of a relation learns nothing of its members. */
const checkShown = (className: string, key: string, context: Context): void => {
  const { fields } = fieldMaskOf(className, context);
  if (fields.includes(key) || fields.includes(key.split('.')[0] ?? key)) {
    throw permissionDenied(
      `This user is not allowed to query ${key} on class ${className}`,
      'OPERATION_FORBIDDEN',
      'fieldProtected',
    );
  }
};

/** Whether the caller may read the object that has the relation: it, its class and the pointers in it are asked. */
const mayReadOwner = ({ className, objectId }: Pointer, context: Context): boolean => {
  const owner = context.store.get(className, objectId);
  try {
    return owner !== undefined && accessTo(className, 'get', context)(owner);
  } catch (error) {
    if (error instanceof ParseError) return false;
    throw error;
  }
};

const relatedTo = (value: Json, context: Context): JsonObject => {
  const object = isObject(value) ? value['object'] : undefined;
  const key = isObject(value) ? value['key'] : undefined;
  if (!isPointer(object) || typeof key !== 'string') throw badUse('$relatedTo');
  checkShown(object.className, key, context);
  if (!mayReadOwner(object, context)) return { objectId: { $in: [] } };
  const rows = context.store.lookUp(`_Join:${key}:${object.className}`, 'owningId', object.objectId);
  return { objectId: { $in: rows.map((row) => String(row['relatedId'])) } };
};
