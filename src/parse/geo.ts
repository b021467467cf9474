import { isObject } from './record.ts';

/** A place on the globe, in degrees. */
export type GeoPoint = { readonly latitude: number; readonly longitude: number };

/** The radii of the earth that Parse reckons with. */
export const EARTH_RADIUS = { kilometers: 6371, miles: 3959 } as const;

const toRadians = (degrees: number): number => (degrees * Math.PI) / 180;

/** The place that a JSON value of `__type: 'GeoPoint'` stands for, when it is one. */
export const toGeoPoint = (value: unknown): GeoPoint | undefined => {
  if (!isObject(value) || value['__type'] !== 'GeoPoint') return undefined;
  const { latitude, longitude } = value;
  return typeof latitude === 'number' && typeof longitude === 'number' ? { latitude, longitude } : undefined;
};

const isOut = (degrees: number, limit: number): string | undefined => {
  if (degrees < -limit) return `${degrees} < -${limit}.0.`;
  return degrees > limit ? `${degrees} > ${limit}.0.` : undefined;
};

/** What Parse's SDK says against a pair that is no place, or nothing. */
export const geoPointProblem = (latitude: unknown, longitude: unknown): string | undefined => {
  if (typeof latitude !== 'number' || typeof longitude !== 'number' || Number.isNaN(latitude + longitude)) {
    return 'GeoPoint latitude and longitude must be valid numbers';
  }
  const north = isOut(latitude, 90);
  if (north) return `GeoPoint latitude out of bounds: ${north}`;
  const east = isOut(longitude, 180);
  return east && `GeoPoint longitude out of bounds: ${east}`;
};

/** The angle between two places, seen from the middle of the earth (haversine). */
export const radiansBetween = (one: GeoPoint, other: GeoPoint): number => {
  const byLatitude = Math.sin(toRadians(one.latitude - other.latitude) / 2) ** 2;
  const byLongitude = Math.sin(toRadians(one.longitude - other.longitude) / 2) ** 2;
  const chord = byLatitude + Math.cos(toRadians(one.latitude)) * Math.cos(toRadians(other.latitude)) * byLongitude;
  return 2 * Math.asin(Math.sqrt(Math.min(1, chord)));
};

const isBetween = (value: number, one: number, other: number): boolean =>
  value >= Math.min(one, other) && value <= Math.max(one, other);

/** Whether a place is in the box between two corners, its edges included. */
export const isInBox = (point: GeoPoint, corner: GeoPoint, opposite: GeoPoint): boolean =>
  isBetween(point.latitude, corner.latitude, opposite.latitude) &&
  isBetween(point.longitude, corner.longitude, opposite.longitude);

const isOnEdge = (point: GeoPoint, from: GeoPoint, to: GeoPoint): boolean => {
  const cross =
    (to.longitude - from.longitude) * (point.latitude - from.latitude) -
    (to.latitude - from.latitude) * (point.longitude - from.longitude);
  return cross === 0 && isInBox(point, from, to);
};

const crosses = ({ latitude, longitude }: GeoPoint, from: GeoPoint, to: GeoPoint): boolean =>
  from.latitude > latitude !== to.latitude > latitude &&
  longitude <
    ((to.longitude - from.longitude) * (latitude - from.latitude)) / (to.latitude - from.latitude) + from.longitude;

/** Whether a place is in a polygon on the flat map, its edges included. The ring may be closed or open. */
export const isInPolygon = (point: GeoPoint, ring: readonly GeoPoint[]): boolean => {
  let isInside = false;
  let from = ring.at(-1);
  for (const to of ring) {
    if (!from) break;
    if (isOnEdge(point, from, to)) return true;
    if (crosses(point, from, to)) isInside = !isInside;
    from = to;
  }
  return isInside;
};
