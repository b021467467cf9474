import { describe, expect, it } from 'vitest';
import type { ClassSchema } from '../../../src/parse/classes/schema.ts';
import { ParseError } from '../../../src/parse/error.ts';
import type { Json, JsonObject } from '../../../src/parse/record.ts';
import { compileWhere, validateWhere } from '../../../src/parse/where/where.ts';

const NOW = Date.parse('2026-01-02T03:04:05.678Z');

const schema: ClassSchema = {
  className: 'Thing',
  fields: { tags: { type: 'Array' }, name: { type: 'String' }, home: { type: 'GeoPoint' } },
};

const errorOf = (act: () => void): string | undefined => {
  try {
    act();
  } catch (error) {
    if (error instanceof ParseError) return `${error.code} ${error.message}`;
    throw error;
  }
  return undefined;
};

const nested = (levels: number): JsonObject => (levels === 0 ? {} : { $and: [nested(levels - 1)] });

const point = (latitude: Json, longitude: Json): Json => ({ __type: 'GeoPoint', latitude, longitude });
const DATABASE = '1 An internal server error occurred';
const STUMBLE = '1 Internal server error';

describe('the names in a query', () => {
  it.each<[JsonObject, string | undefined, string | undefined]>([
    [{ name: 1, 'a.b': 1, $or: [{ x_1: 1 }] }, undefined, undefined],
    [{ $what: 1 }, '105 Invalid key name: $what', '105 Invalid key name: $what'],
    [{ 'bad key': 1 }, '105 Invalid key name: bad key', '105 Invalid key name: bad key'],
    [{ 'ACL.*': 1 }, '105 Invalid key name: ACL.*', '105 Invalid key name: ACL.*'],
    [{ $or: [{ 'bad key': 1 }] }, '105 Invalid key name: bad key', '105 Invalid key name: bad key'],
    [{ ACL: { $exists: true } }, '102 Cannot query on ACL.', '102 Cannot query on ACL.'],
    [{ $nor: [{ ACL: {} }] }, '102 Cannot query on ACL.', '102 Cannot query on ACL.'],
    [{ $or: {} }, '102 Permission denied', '102 Bad $or format - use an array value.'],
    [{ $and: 'x' }, '102 Permission denied', '102 Bad $and format - use an array value.'],
    [{ $nor: 5 }, '102 Permission denied', '102 Bad $nor format - use an array of at least 1 value.'],
    [
      { $nor: [] },
      '102 Bad $nor format - use an array of at least 1 value.',
      '102 Bad $nor format - use an array of at least 1 value.',
    ],
    [{ $or: [null] }, STUMBLE, STUMBLE],
    [{ _perishable_token: 'x' }, '105 Invalid key name: _perishable_token', undefined],
    [{ _hashed_password: 'x' }, '105 Invalid key name: _hashed_password', '105 Invalid key name: _hashed_password'],
    [{ _rperm: 'x' }, undefined, undefined],
    [nested(90), undefined, undefined],
    [nested(2000), DATABASE, DATABASE],
  ])('%j: a client gets %s, the master key %s', (where, client, master) => {
    expect(errorOf(() => validateWhere(where, { isMaster: false }))).toBe(client);
    expect(errorOf(() => validateWhere(where, { isMaster: true }))).toBe(master);
  });
});

describe('a bad constraint', () => {
  it.each<[JsonObject, string]>([
    [{ name: { $what: 1 } }, '107 bad constraint: $what'],
    [{ name: { $inQuery: {} } }, '107 bad constraint: $inQuery'],
    [{ $relatedTo: {} }, '105 Invalid key name: $relatedTo'],
    [{ name: { $eq: { a: 1 } } }, '107 bad atom: {"a":1}'],
    [{ name: { $ne: [1] } }, '107 bad atom: [1]'],
    [{ name: { $in: [{ $regex: 'a' }] } }, '107 bad atom: {"$regex":"a"}'],
    [{ name: { a: 1 } }, '107 You cannot use [object Object] as a query parameter.'],
    [{ name: { a: 1, $gt: 1 } }, '107 bad atom: {"a":1}'],
    [{ name: [1, null, [2, { toString: 1 }]] }, '107 You cannot use 1,,2,[object Object] as a query parameter.'],
    [{ tags: ['a'] }, '107 You cannot use a as a query parameter.'],
    [{ name: { $in: 'x' } }, '107 bad $in value'],
    [{ name: { $nin: {} } }, '107 bad $nin value'],
    [{ tags: { $all: 'x' } }, '107 bad $all value'],
    [
      { tags: { $all: [{ $regex: '^\\Qa\\E' }, 'b'] } },
      '107 All $all values must be of regex type or none: /^\\Qa\\E/,b',
    ],
    [{ tags: { $containedBy: 'x' } }, '107 bad $containedBy: should be an array'],
    [{ name: { $regex: 5 } }, '102 $regex value must be a string'],
    [{ name: { $regex: 'a', $options: 5 } }, '102 $options value must be a string'],
    [{ name: { $regex: 'a', $options: 'z' } }, '102 Bad $options value for query: z'],
    [{ name: { $regex: 'a', $options: '' } }, '102 Bad $options value for query: '],
    [{ name: { $regex: '(' } }, DATABASE],
    [{ name: { $options: 'i' } }, DATABASE],
    [{ home: { $maxDistance: 1 } }, DATABASE],
    [{ $or: [] }, DATABASE],
    [{ $and: [] }, DATABASE],
    [{ $or: 'x' }, '102 Bad $or format - use an array value.'],
    [{ $or: [null] }, STUMBLE],
    [nested(2000), DATABASE],
    [{ name: { $text: 'x' } }, '107 bad $text: $search, should be object'],
    [{ name: { $text: { $search: 'x' } } }, '107 bad $text: $search, should be object'],
    [{ name: { $text: { $search: {} } } }, '107 bad $text: $term, should be string'],
    [{ name: { $text: { $search: { $term: 5 } } } }, '107 bad $text: $term, should be string'],
    [{ name: { $text: { $search: { $term: '' } } } }, '107 bad $text: $term, should be string'],
    [{ name: { $text: { $search: { $term: 'a', $language: 5 } } } }, '107 bad $text: $language, should be string'],
    [
      { name: { $text: { $search: { $term: 'a', $caseSensitive: 'x' } } } },
      '107 bad $text: $caseSensitive, should be boolean',
    ],
    [
      { name: { $text: { $search: { $term: 'a', $diacriticSensitive: 1 } } } },
      '107 bad $text: $diacriticSensitive, should be boolean',
    ],
    [{ home: { $within: {} } }, '107 malformatted $within arg'],
    [{ home: { $within: { $box: [point(0, 0)] } } }, '107 malformatted $within arg'],
    [{ home: { $within: { $box: [point(0, 0), 'x'] } } }, STUMBLE],
    [
      { home: { $geoWithin: { $polygon: [point(0, 0), point(0, 1)] } } },
      '107 bad $geoWithin value; $polygon should contain at least 3 GeoPoints',
    ],
    [
      { home: { $geoWithin: { $polygon: 'x' } } },
      "107 bad $geoWithin value; $polygon should be Polygon object or Array of Parse.GeoPoint's",
    ],
    [
      { home: { $geoWithin: { $polygon: { __type: 'Polygon', coordinates: [] } } } },
      '107 bad $geoWithin value; Polygon.coordinates should contain at least 3 lon/lat pairs',
    ],
    [{ home: { $geoWithin: { $polygon: [point(0, 0), point(0, 1), 'x'] } } }, '107 bad $geoWithin value'],
    [{ home: { $geoWithin: { $polygon: [point(0, 0), point(0, 1), point(91, 0)] } } }, STUMBLE],
    [
      { home: { $geoWithin: { $centerSphere: [point(0, 0)] } } },
      '107 bad $geoWithin value; $centerSphere should be an array of Parse.GeoPoint and distance',
    ],
    [
      { home: { $geoWithin: { $centerSphere: ['x', 1] } } },
      '107 bad $geoWithin value; $centerSphere geo point invalid',
    ],
    [
      { home: { $geoWithin: { $centerSphere: [point(0, 0), -1] } } },
      '107 bad $geoWithin value; $centerSphere distance invalid',
    ],
    [{ home: { $geoIntersects: { $point: [0, 0] } } }, '107 bad $geoIntersect value; $point should be GeoPoint'],
    [{ home: { $nearSphere: point(0, 181) } }, STUMBLE],
    [{ home: { $nearSphere: null } }, STUMBLE],
  ])('%j is refused with %s', (where, expected) => {
    expect(errorOf(() => compileWhere(where, schema, NOW))).toBe(expected);
  });
});
