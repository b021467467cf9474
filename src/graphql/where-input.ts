import { ParseError } from '../parse/error.ts';
import { isObject, type Json, type JsonObject } from '../parse/record.ts';
import type { FindClass } from './class-sdl.ts';
import { fromGlobalId } from './global-id.ts';
import type { GraphQLClass } from './naming.ts';

const LOGICAL: { readonly [name: string]: string } = { OR: '$or', AND: '$and', NOR: '$nor' };

const OPERATORS: { readonly [name: string]: string } = {
  equalTo: '$eq',
  notEqualTo: '$ne',
  lessThan: '$lt',
  lessThanOrEqualTo: '$lte',
  greaterThan: '$gt',
  greaterThanOrEqualTo: '$gte',
  in: '$in',
  notIn: '$nin',
  exists: '$exists',
  inQueryKey: '$select',
  notInQueryKey: '$dontSelect',
  containedBy: '$containedBy',
  contains: '$all',
  matchesRegex: '$regex',
  options: '$options',
  text: '$text',
  nearSphere: '$nearSphere',
  maxDistance: '$maxDistance',
  maxDistanceInRadians: '$maxDistanceInRadians',
  maxDistanceInMiles: '$maxDistanceInMiles',
  maxDistanceInKilometers: '$maxDistanceInKilometers',
  within: '$within',
  geoWithin: '$geoWithin',
  geoIntersects: '$geoIntersects',
};

const SEARCH: { readonly [name: string]: string } = {
  term: '$term',
  language: '$language',
  caseSensitive: '$caseSensitive',
  diacriticSensitive: '$diacriticSensitive',
};

// Parse Server stumbles over a null anywhere in the constraints, and answers with an internal error.
const refuseNulls = (value: Json): void => {
  if (value === null) throw new ParseError('INTERNAL_SERVER_ERROR', 'Internal server error');
  if (Array.isArray(value)) value.forEach(refuseNulls);
  else if (isObject(value)) Object.values(value).forEach(refuseNulls);
};

const point = (value: Json | undefined): Json => (isObject(value) ? { __type: 'GeoPoint', ...value } : (value ?? null));

const part = (value: Json, name: string): Json | undefined => (isObject(value) ? value[name] : undefined);

const geoWithin = (value: Json): Json => {
  const polygon = part(value, 'polygon');
  const sphere = part(value, 'centerSphere');
  return {
    ...(Array.isArray(polygon) && { $polygon: polygon.map(point) }),
    // A distance of nothing counts as none, and is refused.
    ...(isObject(sphere) && {
      $centerSphere: sphere['distance'] ? [point(sphere['center']), sphere['distance']] : sphere,
    }),
  };
};

const textSearch = (value: Json): Json => {
  const search = part(value, 'search');
  const renamed = isObject(search)
    ? Object.entries(search).map(([name, given]) => [SEARCH[name] ?? name, given] as const)
    : [];
  return { $search: Object.fromEntries(renamed) };
};

type Convert = (where: JsonObject) => JsonObject;

// A subquery may be in either syntax; Parse Server reads ids in it as those of the class that is asked.
const subquery = (value: Json, convert: Convert): Json => {
  const query = part(value, 'query');
  const where = isObject(query) ? query['where'] : undefined;
  if (!isObject(value) || !isObject(query) || !isObject(where)) return value;
  return { ...value, query: { ...query, where: convert(where) } };
};

const operand = (name: string, value: Json, convert: Convert): Json => {
  switch (name) {
    case 'inQueryKey':
    case 'notInQueryKey':
      return subquery(value, convert);
    case 'nearSphere':
      return point(value);
    case 'within': {
      const box = part(value, 'box');
      return { $box: isObject(box) ? [point(box['bottomLeft']), point(box['upperRight'])] : (box ?? null) };
    }
    case 'geoWithin':
      return geoWithin(value);
    case 'geoIntersects':
      return { $point: point(part(value, 'point')) };
    case 'text':
      return textSearch(value);
    default:
      return value;
  }
};

const constraints = (given: JsonObject, convert: Convert): JsonObject =>
  Object.fromEntries(
    Object.entries(given).map(([name, value]) => [OPERATORS[name] ?? name, operand(name, value, convert)]),
  );

const toPlainId = (value: Json, className: string): Json => {
  if (Array.isArray(value)) return value.map((member) => toPlainId(member, className));
  if (typeof value !== 'string') return value;
  const global = fromGlobalId(value);
  return global.className === className ? global.objectId : value;
};

const idConstraints = (given: JsonObject, className: string, convert: Convert): JsonObject =>
  constraints(
    Object.fromEntries(Object.entries(given).map(([name, value]) => [name, toPlainId(value, className)])),
    convert,
  );

// `settings: { equalTo: { key: "a.b", value: 1 } }` asks for what stands at a path inside of an object.
const objectConstraints = (field: string, given: JsonObject): JsonObject => {
  const asked: { [path: string]: { [operator: string]: Json } } = {};
  for (const [name, value] of Object.entries(given)) {
    const operator = OPERATORS[name] ?? name;
    for (const member of Array.isArray(value) ? value : [value]) {
      const path = isObject(member) && typeof member['key'] === 'string' ? `${field}.${member['key']}` : field;
      const wanted = path === field ? member : (part(member, 'value') ?? null);
      const present = asked[path]?.[operator];
      const isList = Array.isArray(value);
      asked[path] = {
        ...asked[path],
        [operator]: isList ? [...(Array.isArray(present) ? present : []), wanted] : wanted,
      };
    }
  }
  return asked;
};

const linkConstraints = (given: JsonObject, target: GraphQLClass, isRelation: boolean, find: FindClass): JsonObject => {
  const { className } = target;
  const inner = (value: Json): JsonObject => ({
    where: toWhere(isObject(value) ? value : {}, target, find),
    className,
  });
  const result: { [operator: string]: Json } = {};
  for (const [name, value] of Object.entries(given)) {
    if (name === 'have') result['$inQuery'] = inner(value);
    else if (name === 'haveNot') result['$notInQuery'] = inner(value);
    else if (name === 'exists' && isRelation) {
      result[value ? '$inQuery' : '$notInQuery'] = { where: { objectId: { $exists: true } }, className };
    } else result[OPERATORS[name] ?? name] = value;
  }
  return result;
};

const fieldConstraints = (name: string, given: JsonObject, graphQLClass: GraphQLClass, find: FindClass): JsonObject => {
  const convert: Convert = (where) => toWhere(where, graphQLClass, find);
  if (name === 'id') return { objectId: idConstraints(given, graphQLClass.className, convert) };
  const schema = graphQLClass.fields.find(([field]) => field === name)?.[1];
  if (schema?.type === 'Object' || name === 'ACL') return objectConstraints(name, given);
  const target = schema?.targetClass === undefined ? undefined : find(schema.targetClass);
  if (target) return { [name]: linkConstraints(given, target, schema?.type === 'Relation', find) };
  return { [name]: constraints(given, convert) };
};

const toWhere = (input: JsonObject, graphQLClass: GraphQLClass, find: FindClass): JsonObject => {
  const where: { [name: string]: Json } = {};
  for (const [name, value] of Object.entries(input)) {
    const logical = LOGICAL[name];
    if (logical && Array.isArray(value)) {
      where[logical] = value.map((member) => (isObject(member) ? toWhere(member, graphQLClass, find) : member));
    } else if (isObject(value)) {
      for (const [field, asked] of Object.entries(fieldConstraints(name, value, graphQLClass, find))) {
        const present = where[field];
        where[field] = isObject(present) && isObject(asked) ? { ...present, ...asked } : asked;
      }
    } else where[name] = value;
  }
  return where;
};

/** The constraints of a `…WhereInput` in REST syntax. Throws 1 for a null in them. */
export const fromWhereInput = (
  input: JsonObject | null | undefined,
  graphQLClass: GraphQLClass,
  find: FindClass,
): JsonObject => {
  if (!input) return {};
  refuseNulls(input);
  return toWhere(input, graphQLClass, find);
};
