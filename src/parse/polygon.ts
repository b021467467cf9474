import { ParseError, refusal } from './error.ts';
import type { Json } from './record.ts';

type Corner = readonly [latitude: number, longitude: number];

const isCorner = (value: Json): value is Corner =>
  Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'number');

const isSame = (one: Corner, other: Corner): boolean => one[0] === other[0] && one[1] === other[1];

/**
 * The corners of a polygon, the last of them the first again. Throws 107 for fewer than three, 1 when fewer than three are
 * different, TypeError for what is not a corner.
 */
export const closePolygon = (coordinates: Json | undefined): readonly Corner[] => {
  if (!Array.isArray(coordinates) || coordinates.length < 3) {
    throw new ParseError('INVALID_JSON', 'Polygon must have at least 3 values');
  }
  const corners: readonly Json[] = coordinates;
  if (!corners.every(isCorner)) throw new TypeError('Failed to read a polygon: a corner is not [latitude, longitude]');
  const different = corners.filter((corner, i) => corners.findIndex((other) => isSame(corner, other)) === i);
  if (different.length < 3) {
    throw refusal('stumble', 'INTERNAL_SERVER_ERROR', 'GeoJSON: Loop must have at least 3 different vertices');
  }
  const [first] = corners;
  const last = corners.at(-1);
  return first && last && !isSame(first, last) ? [...corners, first] : corners;
};
