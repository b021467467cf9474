import { describe, expect, it } from 'vitest';
import type { FindClass, GraphQLClass } from '../../../src/graphql/graphql-class.ts';
import { toGlobalId } from '../../../src/graphql/resolvers/global-id.ts';
import { fromWhereInput } from '../../../src/graphql/resolvers/where-input.ts';
import { toGraphQLClasses } from '../../../src/graphql/schema/classes/naming.ts';
import type { JsonObject } from '../../../src/parse/record.ts';

const classes = toGraphQLClasses([
  {
    className: '_User',
    fields: {
      username: { type: 'String' },
      tags: { type: 'Array' },
      settings: { type: 'Object' },
      home: { type: 'GeoPoint' },
      area: { type: 'Polygon' },
      bestFriend: { type: 'Pointer', targetClass: '_User' },
    },
  },
  {
    className: 'Todo',
    fields: {
      owner: { type: 'Pointer', targetClass: '_User' },
      watchers: { type: 'Relation', targetClass: '_User' },
    },
  },
]);

const find: FindClass = (className) => classes.find((known) => known.className === className);

const toWhere = (className: string, input: JsonObject): JsonObject =>
  fromWhereInput(input, find(className) as GraphQLClass, find);

const ANN = toGlobalId('_User', 'ann');
const TODO = toGlobalId('Todo', 'ann');
const HERE = { latitude: 1, longitude: 2 };
const POINT = { __type: 'GeoPoint', ...HERE };

describe('the constraints of a user', () => {
  it.each<[JsonObject, JsonObject]>([
    [{ username: { equalTo: 'a', notEqualTo: 'b' } }, { username: { $eq: 'a', $ne: 'b' } }],
    [{ username: { in: ['a'], exists: true } }, { username: { $in: ['a'], $exists: true } }],
    [{ username: { matchesRegex: '^a', options: 'i' } }, { username: { $regex: '^a', $options: 'i' } }],
    [
      { username: { text: { search: { term: 'a', caseSensitive: true } } } },
      { username: { $text: { $search: { $term: 'a', $caseSensitive: true } } } },
    ],
    [{ tags: { contains: ['a'], containedBy: [1] } }, { tags: { $all: ['a'], $containedBy: [1] } }],
    [{ OR: [{ username: { equalTo: 'a' } }, {}] }, { $or: [{ username: { $eq: 'a' } }, {}] }],
    [{ AND: [{ NOR: [{ tags: { in: [1] } }] }] }, { $and: [{ $nor: [{ tags: { $in: [1] } }] }] }],
    [{ home: { nearSphere: HERE, maxDistance: 1 } }, { home: { $nearSphere: POINT, $maxDistance: 1 } }],
    [
      { home: { within: { box: { bottomLeft: HERE, upperRight: HERE } } } },
      { home: { $within: { $box: [POINT, POINT] } } },
    ],
    [{ home: { geoWithin: { polygon: [HERE] } } }, { home: { $geoWithin: { $polygon: [POINT] } } }],
    [
      { home: { geoWithin: { centerSphere: { center: HERE, distance: 3 } } } },
      { home: { $geoWithin: { $centerSphere: [POINT, 3] } } },
    ],
    [{ area: { geoIntersects: { point: HERE } } }, { area: { $geoIntersects: { $point: POINT } } }],
  ])('%j are %j', (input, where) => {
    expect(toWhere('_User', input)).toEqual(where);
  });
});

describe('ids', () => {
  it.each<[JsonObject, JsonObject]>([
    [{ id: { equalTo: ANN } }, { objectId: { $eq: 'ann' } }],
    [{ id: { in: [ANN, 'bob'] } }, { objectId: { $in: ['ann', 'bob'] } }],
    [{ id: { equalTo: TODO } }, { objectId: { $eq: TODO } }],
    [{ objectId: { equalTo: ANN } }, { objectId: { $eq: ANN } }],
    [{ objectId: { equalTo: 'x' }, id: { exists: true } }, { objectId: { $exists: true } }],
  ])('%j are %j', (input, where) => {
    expect(toWhere('_User', input)).toEqual(where);
  });
});

describe('a key with a value', () => {
  it.each<[string, JsonObject, JsonObject]>([
    ['is a path of its own', { settings: { equalTo: { key: 'a.b', value: 1 } } }, { 'settings.a.b': { $eq: 1 } }],
    [
      'shares its path with others',
      { settings: { greaterThan: { key: 'a', value: 1 }, lessThan: { key: 'a', value: 9 } } },
      { 'settings.a': { $gt: 1, $lt: 9 } },
    ],
    [
      'leaves out the rest of the field',
      { settings: { exists: false, equalTo: { key: 'a', value: 1 } } },
      { 'settings.a': { $eq: 1 } },
    ],
    ['is meant of lists too', { tags: { equalTo: { key: 'a', value: 1 } } }, { 'tags.a': { $eq: 1 } }],
    [
      'with no key is a value',
      { settings: { equalTo: { key: '', value: 1 } } },
      { settings: { $eq: { key: '', value: 1 } } },
    ],
    [
      'in a list goes astray',
      { settings: { in: [{ key: 'a', value: 1 }] } },
      { settings: { $in: [{ key: 'a', value: 1 }], 'in.a': { undefined: 1 } } },
    ],
  ])('%s', (_, input, where) => {
    expect(toWhere('_User', input)).toEqual(where);
  });
});

describe('links', () => {
  const inner = { where: { username: { $eq: 'a' } }, className: '_User' };
  const anybody = { where: { objectId: { $exists: true } }, className: '_User' };

  it.each<[JsonObject, JsonObject]>([
    [{ owner: { have: { username: { equalTo: 'a' } } } }, { owner: { $inQuery: inner } }],
    [{ owner: { haveNot: { username: { equalTo: 'a' } } } }, { owner: { $notInQuery: inner } }],
    [{ owner: { exists: false } }, { owner: { $exists: false } }],
    [{ watchers: { have: { username: { equalTo: 'a' } } } }, { watchers: { $inQuery: inner } }],
    [{ watchers: { exists: true } }, { watchers: { $inQuery: anybody } }],
    [{ watchers: { exists: false } }, { watchers: { $notInQuery: anybody } }],
  ])('%j are %j', (input, where) => {
    expect(toWhere('Todo', input)).toEqual(where);
  });
});

describe('a subquery', () => {
  const asked = (where: JsonObject): JsonObject => ({ query: { className: 'Todo', where }, key: 'title' });

  it.each<[string, JsonObject, JsonObject]>([
    ['stays as it is in REST syntax', { title: 'a', n: { $gt: 1 } }, { title: 'a', n: { $gt: 1 } }],
    ['may be in the syntax of GraphQL', { n: { greaterThan: 1 } }, { n: { $gt: 1 } }],
    ['has the ids of the class that asks', { id: { equalTo: ANN } }, { objectId: { $eq: 'ann' } }],
    [
      'loses pointers of the class that asks',
      { bestFriend: { __type: 'Pointer', className: '_User', objectId: 'a' } },
      { bestFriend: {} },
    ],
  ])('%s', (_, given, where) => {
    expect(toWhere('_User', { username: { inQueryKey: asked(given) } })).toEqual({
      username: { $select: asked(where) },
    });
  });

  it('cannot reach the prototypes of objects', () => {
    const where = JSON.parse('{ "__proto__": { "polluted": true }, "constructor": { "in": [1] } }');
    const translated = toWhere('_User', { username: { notInQueryKey: asked(where) } });
    expect(JSON.stringify(translated)).toContain('"__proto__":{"polluted":true},"constructor":{"$in":[1]}');
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

it.each<[JsonObject]>([
  [{ username: { equalTo: null } }],
  [{ username: { in: [null] } }],
  [{ username: null }],
  [{ OR: null }],
  [{ OR: [null] }],
  [{ bestFriend: { have: null } }],
  [{ username: { inQueryKey: { query: { className: 'Todo', where: { title: null } }, key: 'a' } } }],
])('Parse Server stumbles over %j', (input) => {
  expect(() => toWhere('_User', input)).toThrow(expect.objectContaining({ code: 1, message: 'Internal server error' }));
});

it('no where asks for everything', () => {
  for (const where of [undefined, null, {}]) {
    expect(fromWhereInput(where, find('_User') as GraphQLClass, find)).toEqual({});
  }
});
