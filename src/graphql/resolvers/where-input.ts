import { ParseError } from '../../parse/error.ts';
import { isObject, type Json, type JsonObject } from '../../parse/record.ts';
import type { FindClass, GraphQLClass } from '../graphql-class.ts';
import { toObjectId } from './global-id.ts';

const LOGICAL: ReadonlyMap<string, string> = new Map([
  ['OR', '$or'],
  ['AND', '$and'],
  ['NOR', '$nor'],
]);

const OPERATORS: ReadonlyMap<string, string> = new Map([
  ['equalTo', '$eq'],
  ['notEqualTo', '$ne'],
  ['lessThan', '$lt'],
  ['lessThanOrEqualTo', '$lte'],
  ['greaterThan', '$gt'],
  ['greaterThanOrEqualTo', '$gte'],
  ['in', '$in'],
  ['notIn', '$nin'],
  ['exists', '$exists'],
  ['inQueryKey', '$select'],
  ['notInQueryKey', '$dontSelect'],
  ['inQuery', '$inQuery'],
  ['notInQuery', '$notInQuery'],
  ['containedBy', '$containedBy'],
  ['contains', '$all'],
  ['matchesRegex', '$regex'],
  ['options', '$options'],
  ['text', '$text'],
  ['search', '$search'],
  ['term', '$term'],
  ['language', '$language'],
  ['caseSensitive', '$caseSensitive'],
  ['diacriticSensitive', '$diacriticSensitive'],
  ['nearSphere', '$nearSphere'],
  ['maxDistance', '$maxDistance'],
  ['maxDistanceInRadians', '$maxDistanceInRadians'],
  ['maxDistanceInMiles', '$maxDistanceInMiles'],
  ['maxDistanceInKilometers', '$maxDistanceInKilometers'],
  ['within', '$within'],
  ['box', '$box'],
  ['geoWithin', '$geoWithin'],
  ['polygon', '$polygon'],
  ['centerSphere', '$centerSphere'],
  ['geoIntersects', '$geoIntersects'],
  ['point', '$point'],
]);

/** The class that a query is of, and how to find those that its links lead to. */
type Place = { readonly graphQLClass: GraphQLClass; readonly find: FindClass };

const stumble = (): ParseError => new ParseError('INTERNAL_SERVER_ERROR', 'Internal server error');

// Parse Server stumbles over a null anywhere in the constraints, and answers with an internal error.
const refuseNulls = (value: Json): void => {
  if (value === null) throw stumble();
  if (typeof value === 'object') Object.values(value).forEach(refuseNulls);
};

const point = (value: Json): Json => (isObject(value) ? { __type: 'GeoPoint', ...value } : value);

/** Places as REST has them. */
const toPlaces = (operator: string, value: Json): Json => {
  if (operator === 'point' || operator === 'nearSphere') return point(value);
  if (operator === 'polygon' && Array.isArray(value)) return value.map(point);
  if (!isObject(value)) return value;
  const { bottomLeft, upperRight, center, distance } = value;
  if (operator === 'box' && bottomLeft && upperRight) return [point(bottomLeft), point(upperRight)];
  if (operator === 'centerSphere' && center && distance) return [point(center), distance];
  return value;
};

/** `{ key: "a.b", value: 1 }`: asks for what stands at a path inside of a field. */
type KeyValue = { readonly key: Json; readonly value: Json };

const isKeyValue = (value: Json): value is KeyValue =>
  isObject(value) && Boolean(value['key']) && value['value'] !== undefined;

const holdsKeyValue = (value: Json): boolean =>
  typeof value === 'object' && value !== null && Object.values(value).some(isKeyValue);

/** Constraints by the name that they get beside the one that is being translated. */
type Beside = Map<string, JsonObject>;

/**
 * Renames operators as deep as they go, as Parse Server does. A key with a value becomes a constraint of its own beside the
 * field; the rest of that field's constraints is lost then. Within a list the path is made of the operator, which no database
 * understands: that is so in Parse Server too.
 */
const toConstraints = (name: string, given: Json, place: Place, beside: Beside): Json => {
  if (typeof given !== 'object' || given === null) return given;
  const below: Beside = new Map();
  const entries = Object.entries(given).flatMap(([key, value]): (readonly [string, Json])[] => {
    const operator = OPERATORS.get(key);
    if (isKeyValue(value)) {
      const path = `${name}.${String(value.key)}`;
      beside.set(path, { ...beside.get(path), [String(operator)]: value.value });
    }
    const places = toPlaces(key, value);
    if (key === 'where') return [[key, toWhere(value, place)]];
    const inner = toConstraints(key, places, place, below);
    return operator === undefined && holdsKeyValue(value) ? [] : [[operator ?? key, inner]];
  });
  return Array.isArray(given) ? entries.map(([, member]) => member) : Object.fromEntries([...entries, ...below]);
};

const toObjectIds = (value: Json, { className }: GraphQLClass): Json =>
  Array.isArray(value)
    ? value.map((id) => toObjectId(String(id), className))
    : typeof value === 'string'
      ? toObjectId(value, className)
      : value;

const idConstraints = (given: Json, place: Place): Json => {
  if (!isObject(given)) return given;
  const ids = Object.entries(given).map(([operator, value]) => [operator, toObjectIds(value, place.graphQLClass)]);
  return toConstraints('objectId', Object.fromEntries(ids), place, new Map());
};

const linkConstraints = (given: JsonObject, target: GraphQLClass, isRelation: boolean, find: FindClass): JsonObject => {
  const { className } = target;
  const having = (value: Json): JsonObject => ({ where: toWhere(value, { graphQLClass: target, find }), className });
  const result: { [operator: string]: Json } = {};
  for (const [name, value] of Object.entries(given)) {
    if (name === 'have') result['$inQuery'] = having(value);
    else if (name === 'haveNot') result['$notInQuery'] = having(value);
    else if (name === 'exists' && isRelation) {
      result[value ? '$inQuery' : '$notInQuery'] = { where: { objectId: { $exists: true } }, className };
    } else if (name === 'exists') result['$exists'] = value;
  }
  return result;
};

const addField = (where: Map<string, Json>, name: string, value: Json, place: Place): void => {
  const schema = place.graphQLClass.fields.find(([field]) => field === name)?.[1];
  const target = schema?.targetClass === undefined ? undefined : place.find(schema.targetClass);
  if (target && isObject(value)) {
    where.set(name, linkConstraints(value, target, schema?.type === 'Relation', place.find));
    return;
  }
  const beside: Beside = new Map();
  const constraints = toConstraints(name, value, place, beside);
  if (!holdsKeyValue(value)) where.set(name, constraints);
  for (const [path, asked] of beside) where.set(path, { ...Object(where.get(path)), ...asked });
};

const toWhere = (input: Json, place: Place): Json => {
  if (!isObject(input)) return input;
  const where = new Map<string, Json>();
  for (const [name, value] of Object.entries(input)) {
    const logical = LOGICAL.get(name);
    if (logical === undefined) {
      if (name !== 'id') addField(where, name, value, place);
    } else if (Array.isArray(value)) {
      where.set(
        logical,
        value.map((member) => toWhere(member, place)),
      );
    } else throw stumble();
  }
  // Of two questions for the id, Parse Server asks this one.
  if (input['id'] !== undefined) where.set('objectId', idConstraints(input['id'], place));
  return Object.fromEntries(where);
};

/** The constraints of a `…WhereInput` in REST syntax. Throws 1 for a null in them. */
export const fromWhereInput = (
  input: JsonObject | null | undefined,
  graphQLClass: GraphQLClass,
  find: FindClass,
): JsonObject => {
  if (!input) return {};
  refuseNulls(input);
  const where = toWhere(input, { graphQLClass, find });
  return isObject(where) ? where : {};
};
