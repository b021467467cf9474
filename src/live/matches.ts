import { isInPolygon, radiansBetween, toGeoPoint } from '../parse/geo.ts';
import { isObject, isPointer, type Json, type JsonObject } from '../parse/record.ts';
import { compilePattern } from '../parse/regex/regex.ts';
import { type Comparable, decode, fieldOf, isBefore, isBeforeOrEqual, isEqual, isTyped } from './comparable.ts';

/** What a constraint comes to: whether the object may match, or that it does (or not) whatever constraints come after it. */
type Verdict = boolean | 'matches' | 'differs';

/** One operator: the value of the field, what the constraint says, and the constraints beside it. */
type Operator = (value: Comparable, given: Json | undefined, beside: JsonObject) => Verdict;

const iterate = (value: unknown): readonly unknown[] => {
  if (Array.isArray(value)) return value;
  if (typeof value === 'string') return [...value];
  throw new TypeError('Failed to match: a list is wanted');
};

const isSamePointer = (member: unknown, pointer: JsonObject): boolean => {
  if (member === null || member === undefined) throw new TypeError('Failed to match: null is not a pointer');
  if (member === pointer['objectId']) return true;
  return isObject(member) && member['className'] === pointer['className'] && member['objectId'] === pointer['objectId'];
};

const isIn = (list: Json | undefined, value: Comparable): boolean => {
  if (isPointer(value)) {
    return (Array.isArray(list) ? list : Object.values(isObject(list) ? list : {})).some((member) =>
      isSamePointer(member, value),
    );
  }
  if (Array.isArray(value) && value.some((member) => isIn(list, member))) return true;
  return includes(list, value);
};

// A text includes its parts, as `indexOf` has it.
const includes = (list: unknown, value: unknown): boolean => {
  if (Array.isArray(list)) return list.indexOf(value) > -1;
  if (typeof list === 'string') return list.indexOf(String(value)) > -1;
  throw new TypeError('Failed to match: a list is wanted');
};

const patternOf = (
  given: Json | undefined,
  options: Json | undefined,
): { source: string; flags: string } | undefined => {
  if (typeof given === 'string') return { source: given, flags: typeof options === 'string' ? options : '' };
  if (!isObject(given)) return undefined;
  return { source: String(given['source']), flags: String(given['flags']) };
};

// An absent value is the text "undefined", as to JavaScript's own expressions.
const fits: Operator = (value, given, beside) => {
  const pattern = patternOf(given, beside['$options']);
  if (!pattern) return false;
  try {
    return compilePattern(pattern.source, pattern.flags).test(String(value));
  } catch {
    return false;
  }
};

const isNear: Operator = (value, given, beside) => {
  if (!given || !value) return 'differs';
  const center = toGeoPoint(given);
  if (!center) throw new TypeError('Failed to match: $nearSphere wants a GeoPoint');
  const point = toGeoPoint(value);
  const most = beside['$maxDistance'] || Number.POSITIVE_INFINITY;
  return point && isBeforeOrEqual(radiansBetween(center, point), most) ? 'matches' : 'differs';
};

type Corner = { readonly latitude: number; readonly longitude: number };

const cornerOf = (value: unknown): Corner => {
  if (!isObject(value)) throw new TypeError('Failed to match: $box wants two GeoPoints');
  return { latitude: Number(value['latitude']), longitude: Number(value['longitude']) };
};

const isWithinBox: Operator = (value, given) => {
  if (!given || !value) return 'differs';
  const box: readonly Json[] = isObject(given) && Array.isArray(given['$box']) ? given['$box'] : [];
  const [southWest, northEast] = [cornerOf(box[0]), cornerOf(box[1])];
  const { latitude, longitude } = cornerOf(value);
  const isInside =
    latitude > southWest.latitude &&
    latitude < northEast.latitude &&
    longitude > southWest.longitude &&
    longitude < northEast.longitude;
  return isInside ? 'matches' : 'differs';
};

const ringOf = (corners: readonly unknown[]): readonly Corner[] => {
  if (corners.length < 3) throw new TypeError('Failed to match: a polygon has at least three corners');
  return corners.map((corner) => {
    const { latitude, longitude } = Array.isArray(corner)
      ? cornerOf({ latitude: corner[0], longitude: corner[1] })
      : cornerOf(corner);
    if (Number.isNaN(latitude + longitude)) throw new TypeError('Failed to match: a corner is not a place');
    return { latitude, longitude };
  });
};

const holds = (ring: readonly Corner[], point: unknown): Verdict =>
  isInPolygon(cornerOf(point), ring) ? 'matches' : 'differs';

const isInCircle = (circle: readonly Json[], value: Comparable): Verdict => {
  const [center, radians] = circle;
  if (!Array.isArray(center)) throw new TypeError('Failed to match: $centerSphere wants [longitude, latitude]');
  const point = value === undefined ? { latitude: 0, longitude: 0 } : cornerOf(value); // as the SDK's GeoPoint begins
  const distance = radiansBetween(point, { latitude: Number(center[1]), longitude: Number(center[0]) });
  return isBeforeOrEqual(distance, radians) ? 'matches' : 'differs';
};

const isInside: Operator = (value, given) => {
  const { $polygon: polygon, $centerSphere: circle } = isObject(given) ? given : {};
  if (polygon) return holds(ringOf(iterate(polygon).map(cornerOf)), value);
  return circle ? isInCircle(Array.isArray(circle) ? circle : [], value) : true;
};

const isAround: Operator = (value, given) => {
  const ring = ringOf(iterate(isObject(value) ? value['coordinates'] : undefined));
  return holds(ring, isObject(given) ? given['$point'] : undefined);
};

const comparableOf = (given: Json | undefined): Comparable => (isTyped(given) ? decode(given) : given);

/**
 * The operators that Parse Server's live queries know. They are fewer than those of queries, and kinder: what is absent is
 * neither less nor greater than anything, and so passes `$gt` and `$lt`.
 */
const OPERATORS: { readonly [name: string]: Operator } = {
  $lt: (value, given) => !isBeforeOrEqual(comparableOf(given), value),
  $lte: (value, given) => !isBefore(comparableOf(given), value),
  $gt: (value, given) => !isBeforeOrEqual(value, comparableOf(given)),
  $gte: (value, given) => !isBefore(value, comparableOf(given)),
  $eq: (value, given) => isEqual(value, comparableOf(given)),
  $ne: (value, given) => !isEqual(value, comparableOf(given)),
  $in: (value, given) => isIn(given, value),
  $nin: (value, given) => !isIn(given, value),
  $all: (value, given) => Boolean(value) && iterate(given).every((member) => includes(value, member)),
  $exists: (value, given) => typeof given !== 'boolean' || (value !== undefined) === given,
  $regex: fits,
  $options: () => true,
  $nearSphere: isNear,
  $maxDistance: () => true,
  $within: isWithinBox,
  $containedBy: (value, given) => (iterate(value).every((member) => isIn(given, member)) ? 'matches' : 'differs'),
  $geoWithin: isInside,
  $geoIntersects: isAround,
};

const matchesOperators = (value: Comparable, constraint: JsonObject): boolean => {
  for (const [name, given] of Object.entries(constraint)) {
    const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
    const verdict = operator?.(value, given, constraint) ?? false;
    if (verdict !== true) return verdict === 'matches';
  }
  return true;
};

const matchesTyped = (value: Comparable, constraint: JsonObject): boolean => {
  const isOne = isPointer(constraint)
    ? (member: unknown) => member !== undefined && isSamePointer(member, constraint)
    : (member: unknown) => isEqual(member, decode(constraint));
  return Array.isArray(value) ? value.some(isOne) : isOne(value);
};

const matchesKey = (object: unknown, key: string, constraint: Json | undefined): boolean => {
  if (constraint === null || constraint === undefined) return false;
  const dot = key.indexOf('.');
  if (dot >= 0) return matchesKey(fieldOf(object, key.slice(0, dot)) || {}, key.slice(dot + 1), constraint);
  if (key === '$or' || key === '$and' || key === '$nor') return matchesBranches(object, key, constraint);
  const value = fieldOf(object, key);
  if (Array.isArray(constraint)) return constraint.length === 0;
  if (!isObject(constraint)) return Array.isArray(value) ? value.includes(constraint) : value === constraint;
  return isTyped(constraint) ? matchesTyped(value, constraint) : matchesOperators(value, constraint);
};

const matchesBranches = (object: unknown, key: '$or' | '$and' | '$nor', branches: Json): boolean => {
  if (!Array.isArray(branches)) return false;
  const matchesOne = (branch: Json): boolean => matches(object, isObject(branch) ? branch : {});
  if (key === '$and') return branches.every(matchesOne);
  return branches.some(matchesOne) === (key === '$or');
};

const matches = (object: unknown, where: JsonObject): boolean =>
  Object.entries(where).every(([key, constraint]) => matchesKey(object, key, constraint));

/**
 * Whether an object, in the form in which events show it, matches a live query. The rules are those of Parse Server's
 * LiveQuery server, which differ from those of queries: relations and inner queries never match, null never does.
 * @throws TypeError where a constraint and a value cannot be compared: the subscription then hears nothing of this object
 */
export const matchesLiveQuery = (object: JsonObject, where: JsonObject): boolean => matches(object, where);
