import { describe, expect, it } from 'vitest';
import type { ClassSchema } from '../../../src/parse/classes/schema.ts';
import { type Json, type JsonObject, type ParseRecord, toPointer } from '../../../src/parse/record.ts';
import { compileWhere, indexableValues } from '../../../src/parse/where/where.ts';

const NOW = Date.parse('2026-01-02T03:04:05.678Z');

const schema: ClassSchema = {
  className: 'Thing',
  fields: {
    createdAt: { type: 'Date' },
    name: { type: 'String' },
    size: { type: 'Number' },
    isNew: { type: 'Boolean' },
    born: { type: 'Date' },
    tags: { type: 'Array' },
    settings: { type: 'Object' },
    owner: { type: 'Pointer', targetClass: '_User' },
    picture: { type: 'File' },
    blob: { type: 'Bytes' },
    home: { type: 'GeoPoint' },
    area: { type: 'Polygon' },
  },
};

const date = (iso: string): Json => ({ __type: 'Date', iso });
const owner = toPointer('_User', 'ann');
const home = { __type: 'GeoPoint', latitude: 10, longitude: 20 };
const ring = [
  [0, 0],
  [0, 10],
  [10, 10],
  [10, 0],
];
const area = { __type: 'Polygon', coordinates: [...ring, [0, 0]] };

const thing = {
  objectId: 'a1',
  createdAt: '2026-01-02T03:04:05.678Z',
  updatedAt: '2026-01-02T03:04:05.678Z',
  name: 'Anna Maria',
  size: 5,
  isNew: false,
  born: date('2001-02-03T00:00:00.000Z'),
  tags: ['red', 'blue', 7, { deep: true }, owner],
  settings: { theme: 'dark', 'odd-key': 1, inner: { list: [{ n: 1 }, { n: 2 }], empty: null } },
  owner,
  picture: { __type: 'File', name: 'a.png', url: 'http://localhost/a.png' },
  blob: { __type: 'Bytes', base64: 'aGk=' },
  home,
  area,
} as unknown as ParseRecord;

const matches = (where: JsonObject): boolean => compileWhere(where, schema, NOW)(thing);

const cases = (title: string, rows: readonly (readonly [where: JsonObject, expected: boolean])[]): void => {
  describe(title, () => {
    it.each(rows.map(([where, expected]) => [JSON.stringify(where), expected, where] as const))(
      '%s is %s',
      (_, expected, where) => {
        expect(matches(where)).toBe(expected);
      },
    );
  });
};

cases('a plain value', [
  [{}, true],
  [{ name: 'Anna Maria' }, true],
  [{ name: 'anna maria' }, false],
  [{ name: 'Anna Maria', size: 6 }, false],
  [{ size: 5 }, true],
  [{ size: '5' }, false],
  [{ isNew: false }, true],
  [{ isNew: null }, false],
  [{ nothing: null }, true],
  [{ nothing: 'x' }, false],
  [{ constructor: null }, true],
  [{ born: date('2001-02-03') }, true],
  [{ born: '2001-02-03T00:00:00.000Z' }, true],
  [{ born: date('no date') }, false],
  [{ createdAt: '2026-01-02T03:04:05.678Z' }, true],
  [{ createdAt: date('2026-01-02T03:04:05.678Z') }, true],
  [{ name: date('2026-01-02T03:04:05.678Z') }, false],
  [{ owner }, true],
  [{ owner: { objectId: 'ann', __type: 'Pointer', className: '_User' } }, true],
  [{ owner: toPointer('_User', 'bob') }, false],
  [{ owner: toPointer('Other', 'ann') }, false],
  [{ owner: 'ann' }, true],
  [{ home }, true],
  [{ home: { ...home, latitude: 11 } }, false],
  [{ home: { __type: 'GeoPoint' } }, false],
  [{ picture: { __type: 'File', name: 'a.png' } }, true],
  [{ picture: { __type: 'File', name: 'b.png' } }, false],
  [{ blob: { __type: 'Bytes', base64: 'aGk=' } }, true],
  [{ area: { __type: 'Polygon', coordinates: ring } }, true],
  [{ area: { __type: 'Polygon', coordinates: ring.slice(1) } }, false],
  [{ tags: 'red' }, true],
  [{ tags: 'green' }, false],
  [{ tags: { deep: true } }, true],
  [{ tags: owner }, true],
  [{ name: {} }, false],
  [{ password: 'secret' }, false],
]);

cases('a dotted path', [
  [{ 'settings.theme': 'dark' }, true],
  [{ 'settings.theme': 'light' }, false],
  [{ 'settings.odd-key': 1 }, true],
  [{ 'settings.inner': { list: [{ n: 1 }, { n: 2 }], empty: null } }, true],
  [{ 'settings.inner.list.n': 2 }, true],
  [{ 'settings.inner.list.n': 3 }, false],
  [{ 'settings.inner.list.1.n': 2 }, true],
  [{ 'settings.inner.list.0.n': 2 }, false],
  [{ 'settings.inner.empty': null }, true],
  [{ 'settings.missing.further': null }, true],
  [{ 'settings.toString': { $exists: true } }, false],
  [{ 'settings.inner.list.n': { $ne: 2 } }, false],
  [{ 'settings.inner.list.n': { $gt: 1 } }, true],
  [{ 'name.x': 'a' }, false],
]);

cases('$eq and $ne', [
  [{ name: { $eq: 'Anna Maria' } }, true],
  [{ name: { $ne: 'Anna Maria' } }, false],
  [{ name: { $ne: 'x' } }, true],
  [{ nothing: { $ne: 'x' } }, true],
  [{ nothing: { $eq: null } }, true],
  [{ nothing: { $ne: null } }, false],
  [{ name: { $ne: null } }, true],
  [{ born: { $eq: date('2001-02-03') } }, true],
  [{ owner: { $eq: 'ann' } }, true],
  [{ owner: { $ne: owner } }, false],
  [{ tags: { $eq: 'red' } }, true],
  [{ tags: { $eq: ['red'] } }, false],
  [{ tags: { $ne: 'red' } }, false],
  [{ tags: { $ne: 'green' } }, true],
  [{ password: { $ne: 'x' } }, true],
]);

cases('$lt, $lte, $gt and $gte', [
  [{ size: { $lt: 6 } }, true],
  [{ size: { $lt: 5 } }, false],
  [{ size: { $lte: 5 } }, true],
  [{ size: { $gt: 4.5, $lt: 5.5 } }, true],
  [{ size: { $gte: 6 } }, false],
  [{ size: { $gt: '4' } }, false],
  [{ size: { $lt: '6' } }, false],
  [{ name: { $gt: 'Anna' } }, true],
  [{ name: { $gt: 'anna' } }, false],
  [{ name: { $gt: '' } }, true],
  [{ isNew: { $lt: true } }, true],
  [{ nothing: { $lt: 5 } }, false],
  [{ nothing: { $gt: 5 } }, false],
  [{ nothing: { $gte: null } }, true],
  [{ nothing: { $gt: null } }, false],
  [{ born: { $lt: date('2001-02-04') } }, true],
  [{ born: { $gt: '2001-02-02' } }, true],
  [{ born: { $gt: date('never') } }, false],
  [{ createdAt: { $gte: date('2026-01-02T03:04:05.678Z') } }, true],
  [{ createdAt: { $gt: date('2026-01-02T03:04:05.678Z') } }, false],
  [{ createdAt: { $lt: '2026-01-03' } }, true],
  [{ tags: { $gt: 6 } }, true],
  [{ tags: { $gt: 7 } }, false],
  [{ picture: { $gte: 'a.png' } }, true],
]);

cases('$in and $nin', [
  [{ name: { $in: ['x', 'Anna Maria'] } }, true],
  [{ name: { $in: [] } }, false],
  [{ name: { $nin: [] } }, true],
  [{ name: { $nin: ['Anna Maria'] } }, false],
  [{ name: { $in: ['x', ['Anna Maria']] } }, true],
  [{ nothing: { $in: ['x'] } }, false],
  [{ nothing: { $in: ['x', null] } }, true],
  [{ nothing: { $nin: ['x'] } }, true],
  [{ size: { $in: ['5', 5] } }, true],
  [{ size: { $in: ['5'] } }, false],
  [{ owner: { $in: [toPointer('_User', 'bob'), owner] } }, true],
  [{ owner: { $in: ['ann'] } }, true],
  [{ owner: { $in: ['bob'] } }, false],
  [{ born: { $in: [date('2001-02-03')] } }, true],
  [{ born: { $in: ['2001-02-03'] } }, true],
  [{ tags: { $in: ['green', 'blue'] } }, true],
  [{ tags: { $in: [{ deep: true }] } }, true],
  [{ tags: { $in: [{ $regex: '^bl' }] } }, true],
  [{ tags: { $nin: ['green', 'blue'] } }, false],
]);

cases('$all and $containedBy', [
  [{ tags: { $all: ['red', 7] } }, true],
  [{ tags: { $all: ['red', 'green'] } }, false],
  [{ tags: { $all: [] } }, false],
  [{ tags: { $all: [{ deep: true }, owner] } }, true],
  [{ tags: { $all: [{ $regex: '^\\Qre\\E' }, { $regex: '^\\Qbl\\E' }] } }, true],
  [{ tags: { $all: [{ $regex: '^\\Qre\\E' }, { $regex: '^\\Qgr\\E' }] } }, false],
  [{ owner: { $all: [owner] } }, true],
  [{ tags: { $containedBy: ['red', 'blue', 7, { deep: true }, owner, 'more'] } }, true],
  [{ tags: { $containedBy: ['red', 'blue'] } }, false],
  [{ nothing: { $containedBy: ['red'] } }, false],
  [{ name: { $containedBy: ['Anna Maria'] } }, false],
]);

cases('$exists', [
  [{ name: { $exists: true } }, true],
  [{ name: { $exists: false } }, false],
  [{ isNew: { $exists: true } }, true],
  [{ nothing: { $exists: true } }, false],
  [{ nothing: { $exists: false } }, true],
  [{ 'settings.inner.empty': { $exists: true } }, false],
  [{ password: { $exists: true } }, false],
]);

cases('$regex', [
  [{ name: { $regex: '^Anna' } }, true],
  [{ name: { $regex: '^anna' } }, false],
  [{ name: { $regex: '^anna', $options: 'i' } }, true],
  [{ name: { $regex: 'A n n a', $options: 'x' } }, true],
  [{ name: { $regex: '\\Qna M\\E' } }, true],
  [{ name: { $regex: '' } }, true],
  [{ nothing: { $regex: '' } }, false],
  [{ size: { $regex: '5' } }, false],
  [{ tags: { $regex: '^r' } }, true],
  [{ picture: { $regex: 'png$' } }, true],
  [{ password: { $regex: '.' } }, false],
]);

cases('$text', [
  [{ name: { $text: { $search: { $term: 'maria' } } } }, true],
  [{ name: { $text: { $search: { $term: 'mari' } } } }, false],
  [{ name: { $text: { $search: { $term: 'other ANNA' } } } }, true],
  [{ name: { $text: { $search: { $term: 'ANNA', $caseSensitive: true } } } }, false],
  [{ name: { $text: { $search: { $term: 'Anna', $caseSensitive: true } } } }, true],
  [{ name: { $text: { $search: { $term: 'ánná' } } } }, true],
  [{ name: { $text: { $search: { $term: 'ánná', $diacriticSensitive: true } } } }, false],
  [{ name: { $text: { $search: { $term: '"anna maria"', $language: 'none' } } } }, true],
  [{ name: { $text: { $search: { $term: '"maria anna"' } } } }, false],
  [{ name: { $text: { $search: { $term: 'anna -maria' } } } }, false],
  [{ name: { $text: { $search: { $term: 'anna -bob' } } } }, true],
  [{ name: { $text: { $search: { $term: '-bob' } } } }, false],
  [{ nothing: { $text: { $search: { $term: 'anna' } } } }, false],
]);

cases('$or, $and and $nor', [
  [{ $or: [{ name: 'x' }, { size: 5 }] }, true],
  [{ $or: [{ name: 'x' }, { size: 6 }] }, false],
  [{ $or: [{}] }, true],
  [{ $and: [{ name: { $exists: true } }, { size: 5 }] }, true],
  [{ $and: [{ name: 'x' }, { size: 5 }] }, false],
  [{ $nor: [{ name: 'x' }, { size: 6 }] }, true],
  [{ $nor: [{ name: 'x' }, { size: 5 }] }, false],
  [{ size: 5, $or: [{ name: 'x' }] }, false],
  [{ $nor: [{ $or: [{ $and: [{ size: 5 }, { nothing: null }] }] }] }, false],
]);

describe('what an index can look up', () => {
  it.each<[string, JsonObject, readonly Json[] | undefined]>([
    ['a plain value', { name: 'a' }, ['a']],
    ['$eq', { name: { $eq: 'a', $exists: true } }, ['a']],
    ['$in', { name: { $in: ['a', ['b'], 'a'] } }, ['a', 'b', 'a']],
    ['a pointer', { name: owner }, [owner]],
    ['a condition that all must fulfil', { $and: [{ size: 1 }, { $and: [{ name: 'a' }] }] }, ['a']],
    ['nothing for null', { name: null }, undefined],
    ['nothing for a list with null', { name: { $in: ['a', null] } }, undefined],
    ['nothing for other operators', { name: { $gt: 'a' } }, undefined],
    ['nothing for a bad list', { name: { $in: 'a' } }, undefined],
    ['nothing for one of several conditions', { $or: [{ name: 'a' }] }, undefined],
    ['nothing for another field', { size: 5 }, undefined],
    ['nothing for what every object has', {}, undefined],
  ])('%s', (_, where, expected) => {
    expect(indexableValues(where, 'name')).toEqual(expected);
    expect(indexableValues(where, 'constructor')).toBe(undefined);
  });
});
