import {
  EARTH_RADIUS,
  type GeoPoint,
  geoPointProblem,
  isInBox,
  isInPolygon,
  radiansBetween,
  toGeoPoint,
} from '../geo.ts';
import { isObject, type Json, type JsonObject, type ParseRecord } from '../record.ts';
import { badValue, stumble } from '../where-errors.ts';
import type { Test } from './values.ts';

const MOST_RADIANS = Math.PI;

// Throws where Parse's SDK does, which its server does not expect.
const checked = (latitude: unknown, longitude: unknown): GeoPoint => {
  if (geoPointProblem(latitude, longitude) !== undefined) throw stumble();
  return { latitude: Number(latitude), longitude: Number(longitude) };
};

/** The place that a JSON value stands for: a GeoPoint, or where `takesPair`, `[longitude, latitude]`. Throws 107 for anything else. */
const pointOf = (value: Json | undefined, message: string, takesPair = true): GeoPoint => {
  if (takesPair && Array.isArray(value) && value.length === 2) return checked(value[1], value[0]);
  if (!isObject(value) || value['__type'] !== 'GeoPoint') throw badValue(message);
  return checked(value['latitude'], value['longitude']);
};

const onPlace =
  (test: (place: GeoPoint) => boolean): Test =>
  (value) => {
    const place = toGeoPoint(value);
    return place !== undefined && test(place);
  };

const partOf = (value: Json, name: string): Json | undefined => (isObject(value) ? value[name] : undefined);

const lengthOf = (value: Json | undefined): number | undefined => (typeof value === 'number' ? value : undefined);

const inUnit = (value: Json | undefined, radius: number): number | undefined => {
  const length = lengthOf(value);
  return length === undefined ? undefined : length / radius;
};

const mostRadians = (constraint: JsonObject): number =>
  lengthOf(constraint['$maxDistance']) ??
  inUnit(constraint['$maxDistanceInKilometers'], EARTH_RADIUS.kilometers) ??
  inUnit(constraint['$maxDistanceInMiles'], EARTH_RADIUS.miles) ??
  lengthOf(constraint['$maxDistanceInRadians']) ??
  MOST_RADIANS;

/** `$nearSphere`: any place, or one not farther off than the `$maxDistance…` beside it says. */
export const nearSphere = (value: Json, constraint: JsonObject): Test => {
  const center = checked(partOf(value, 'latitude'), partOf(value, 'longitude'));
  const most = mostRadians(constraint);
  return onPlace((place) => most >= MOST_RADIANS || radiansBetween(place, center) <= most);
};

/** `$within: { $box: [corner, corner] }`. */
export const within = (value: Json): Test => {
  const box = partOf(value, '$box');
  if (!Array.isArray(box) || box.length !== 2) throw badValue('malformatted $within arg');
  const [corner, opposite] = box.map((point: Json) => checked(partOf(point, 'latitude'), partOf(point, 'longitude')));
  return onPlace((place) => corner !== undefined && opposite !== undefined && isInBox(place, corner, opposite));
};

const cornersOf = (polygon: Json): readonly Json[] => {
  const bad = (text: string): Error => badValue(`bad $geoWithin value; ${text}`);
  if (isObject(polygon) && polygon['__type'] === 'Polygon') {
    const { coordinates } = polygon;
    if (Array.isArray(coordinates) && coordinates.length >= 3) return coordinates;
    throw bad('Polygon.coordinates should contain at least 3 lon/lat pairs');
  }
  if (!Array.isArray(polygon)) throw bad("$polygon should be Polygon object or Array of Parse.GeoPoint's");
  if (polygon.length < 3) throw bad('$polygon should contain at least 3 GeoPoints');
  return polygon;
};

const withinSphere = (sphere: Json): Test => {
  const bad = (text: string): Error => badValue(`bad $geoWithin value; $centerSphere ${text}`);
  if (!Array.isArray(sphere) || sphere.length < 2) throw bad('should be an array of Parse.GeoPoint and distance');
  const center = pointOf(sphere[0], 'bad $geoWithin value; $centerSphere geo point invalid');
  const radians = typeof sphere[1] === 'object' ? Number.NaN : Number(sphere[1]);
  if (!(radians >= 0)) throw bad('distance invalid');
  return onPlace((place) => radiansBetween(place, center) <= radians);
};

/** `$geoWithin: { $polygon }` or `{ $centerSphere: [center, radians] }`. */
export const geoWithin = (value: Json): Test => {
  const polygon = partOf(value, '$polygon');
  if (polygon !== undefined) {
    const ring = cornersOf(polygon).map((corner) => pointOf(corner, 'bad $geoWithin value'));
    return onPlace((place) => isInPolygon(place, ring));
  }
  const sphere = partOf(value, '$centerSphere');
  return sphere === undefined ? () => false : withinSphere(sphere);
};

const isPair = (pair: Json): pair is readonly [number, number] =>
  Array.isArray(pair) && typeof pair[0] === 'number' && typeof pair[1] === 'number';

/** `$geoIntersects: { $point }`, for fields that hold a polygon. */
export const geoIntersects = (value: Json): Test => {
  const point = pointOf(partOf(value, '$point'), 'bad $geoIntersect value; $point should be GeoPoint', false);
  return (stored) => {
    if (!isObject(stored) || stored['__type'] !== 'Polygon' || !Array.isArray(stored['coordinates'])) return false;
    const ring = stored['coordinates'].filter(isPair).map(([latitude, longitude]) => ({ latitude, longitude }));
    return isInPolygon(point, ring);
  };
};

/** How far a record is from the place of the first `$nearSphere` that all records must fulfil; undefined when there is none. */
export const distanceFor = (where: JsonObject): ((record: ParseRecord) => number) | undefined => {
  for (const [name, value] of Object.entries(where)) {
    if (name === '$and' && Array.isArray(value)) {
      for (const member of value) {
        const distance = isObject(member) ? distanceFor(member) : undefined;
        if (distance) return distance;
      }
    }
    const near = partOf(value, '$nearSphere');
    if (near === undefined) continue;
    const center = checked(partOf(near, 'latitude'), partOf(near, 'longitude'));
    return (record) => {
      const place = toGeoPoint(record[name]);
      return place ? radiansBetween(place, center) : Number.POSITIVE_INFINITY;
    };
  }
  return undefined;
};
