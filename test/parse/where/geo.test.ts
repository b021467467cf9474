import { describe, expect, it } from 'vitest';
import { geoPointProblem, isInPolygon, radiansBetween } from '../../../src/parse/geo.ts';
import type { Json, JsonObject, ParseRecord } from '../../../src/parse/record.ts';
import { compileWhere } from '../../../src/parse/where/where.ts';

const NOW = Date.parse('2026-01-02T03:04:05.678Z');

const point = (latitude: number, longitude: number): Json => ({ __type: 'GeoPoint', latitude, longitude });
const berlin = { latitude: 52.52, longitude: 13.405 };
const paris = { latitude: 48.8566, longitude: 2.3522 };
const place = {
  home: point(10, 20),
  area: {
    __type: 'Polygon',
    coordinates: [
      [0, 0],
      [0, 10],
      [10, 10],
      [10, 0],
      [0, 0],
    ],
  },
};

const matches = (where: JsonObject): boolean => compileWhere(where, undefined, NOW)(place as unknown as ParseRecord);

describe('the globe', () => {
  it('has Berlin and Paris 878 km apart', () => {
    expect(radiansBetween(berlin, paris) * 6371).toBeCloseTo(877.5, 0);
    expect(radiansBetween(berlin, berlin)).toBe(0);
  });

  it('has its poles half a turn apart', () => {
    expect(radiansBetween({ latitude: 90, longitude: 0 }, { latitude: -90, longitude: 50 })).toBeCloseTo(Math.PI);
  });

  it.each([
    [0, 0, undefined],
    [90, -180, undefined],
    [90.5, 0, 'GeoPoint latitude out of bounds: 90.5 > 90.0.'],
    [-91, 0, 'GeoPoint latitude out of bounds: -91 < -90.0.'],
    [0, 181, 'GeoPoint longitude out of bounds: 181 > 180.0.'],
    [0, -181, 'GeoPoint longitude out of bounds: -181 < -180.0.'],
    ['0', 0, 'GeoPoint latitude and longitude must be valid numbers'],
    [Number.NaN, 0, 'GeoPoint latitude and longitude must be valid numbers'],
  ])('has at %s, %s: %s', (latitude, longitude, problem) => {
    expect(geoPointProblem(latitude, longitude)).toBe(problem);
  });

  it('has no place in a polygon without corners', () => {
    expect(isInPolygon(berlin, [])).toBe(false);
  });
});

describe('a place', () => {
  it.each<[string, JsonObject, boolean]>([
    ['near', { home: { $nearSphere: point(0, 0) } }, true],
    ['near in radians', { home: { $nearSphere: point(10, 21), $maxDistance: 0.02 } }, true],
    ['not near in radians', { home: { $nearSphere: point(10, 21), $maxDistance: 0.01 } }, false],
    ['near in named radians', { home: { $nearSphere: point(10, 21), $maxDistanceInRadians: 0.01 } }, false],
    ['near in kilometres', { home: { $nearSphere: point(10, 21), $maxDistanceInKilometers: 110 } }, true],
    ['not near in kilometres', { home: { $nearSphere: point(10, 21), $maxDistanceInKilometers: 109 } }, false],
    ['near in miles', { home: { $nearSphere: point(10, 21), $maxDistanceInMiles: 69 } }, true],
    ['not near in miles', { home: { $nearSphere: point(10, 21), $maxDistanceInMiles: 67 } }, false],
    [
      'near by the shortest name',
      { home: { $nearSphere: point(10, 21), $maxDistance: 1, $maxDistanceInMiles: 1 } },
      true,
    ],
    ['nowhere', { nowhere: { $nearSphere: point(0, 0) } }, false],
    ['in a box', { home: { $within: { $box: [point(9, 19), point(11, 21)] } } }, true],
    ['on the edge of a box', { home: { $within: { $box: [point(10, 20), point(11, 21)] } } }, true],
    ['out of a box', { home: { $within: { $box: [point(11, 19), point(12, 21)] } } }, false],
    ['in a polygon', { home: { $geoWithin: { $polygon: [point(0, 0), point(30, 20), point(0, 40)] } } }, true],
    ['on its edge', { home: { $geoWithin: { $polygon: [point(10, 0), point(10, 40), point(30, 20)] } } }, true],
    ['out of it', { home: { $geoWithin: { $polygon: [point(11, 0), point(11, 40), point(30, 20)] } } }, false],
    [
      'in pairs of longitude and latitude',
      {
        home: {
          $geoWithin: {
            $polygon: [
              [19, 9],
              [21, 9],
              [20, 11],
            ],
          },
        },
      },
      true,
    ],
    [
      'in a polygon of such pairs',
      {
        home: {
          $geoWithin: {
            $polygon: {
              __type: 'Polygon',
              coordinates: [
                [19, 9],
                [21, 9],
                [20, 11],
              ],
            },
          },
        },
      },
      true,
    ],
    ['in a circle', { home: { $geoWithin: { $centerSphere: [point(10, 21), 0.02] } } }, true],
    ['in a circle round a pair', { home: { $geoWithin: { $centerSphere: [[21, 10], 0.02] } } }, true],
    ['out of a circle', { home: { $geoWithin: { $centerSphere: [point(10, 21), 0.01] } } }, false],
    ['within nothing', { home: { $geoWithin: {} } }, false],
  ])('%s', (_, where, expected) => {
    expect(matches(where)).toBe(expected);
  });
});

it.each([
  [5, 5, true],
  [0, 5, true],
  [11, 5, false],
])('a polygon holds the place %s, %s: %s', (latitude, longitude, expected) => {
  expect(matches({ area: { $geoIntersects: { $point: point(latitude, longitude) } } })).toBe(expected);
  expect(matches({ home: { $geoIntersects: { $point: point(latitude, longitude) } } })).toBe(false);
});
