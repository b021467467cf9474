import type { Descriptions } from './descriptions.ts';

const OPERATORS: { readonly [operator: string]: string } = {
  equalTo: 'The field has this value.',
  notEqualTo: 'The field has another value than this one, or none.',
  lessThan: 'The value is below this one.',
  lessThanOrEqualTo: 'The value is this one, or below it.',
  greaterThan: 'The value is above this one.',
  greaterThanOrEqualTo: 'The value is this one, or above it.',
  in: 'The value is one of these.',
  notIn: 'The value is none of these.',
  exists: 'Whether the object has a value in this field at all.',
  containedBy: 'Each item of the list is one of these.',
  contains: 'The list has all of these items, whatever else is in it.',
  matchesRegex: 'The text fits this regular expression.',
  options:
    'Flags of `matchesRegex`: `i` for any letter case, `m` for lines, `x` for spaced patterns, `s` for dots that match line ends.',
  text: 'A search for whole words.',
  inQueryKey: 'The value is among those that another query finds in one of its fields.',
  notInQueryKey: 'The value is not among those that another query finds in one of its fields.',
  nearSphere: 'Sorts by the distance from this point, the nearest first.',
  maxDistance: 'Beside `nearSphere`: how far away it may be, in radians.',
  maxDistanceInRadians: 'Beside `nearSphere`: how far away it may be, in radians.',
  maxDistanceInMiles: 'Beside `nearSphere`: how far away it may be, in miles.',
  maxDistanceInKilometers: 'Beside `nearSphere`: how far away it may be, in kilometres.',
  within: 'The point lies in a box.',
  geoWithin: 'The point lies in a polygon or in a circle.',
  geoIntersects: 'The polygon holds a point.',
};

/** Inputs of constraints by what their fields hold, with the operators of each. */
const EQUALITY = ['equalTo', 'notEqualTo'];
const ORDER = ['lessThan', 'lessThanOrEqualTo', 'greaterThan', 'greaterThanOrEqualTo'];
const COMMON = ['exists', 'inQueryKey', 'notInQueryKey'];
const ORDERED = [...EQUALITY, ...ORDER, 'in', 'notIn', ...COMMON];

const CONSTRAINTS: readonly (readonly [type: string, holds: string, operators: readonly string[]])[] = [
  ['Id', 'an id, global or of its class alone', ORDERED],
  ['String', 'text', [...ORDERED, 'matchesRegex', 'options', 'text']],
  ['Number', 'a number', ORDERED],
  ['Boolean', 'true or false', [...EQUALITY, ...COMMON]],
  ['Array', 'a list', [...ORDERED, 'containedBy', 'contains']],
  ['Object', 'an object: its members are compared one by one', ORDERED],
  ['Date', 'a date', ORDERED],
  ['Bytes', 'bytes', ORDERED],
  ['File', 'a file, by its name', [...ORDERED, 'matchesRegex', 'options']],
  [
    'GeoPoint',
    'a place on earth',
    [
      'exists',
      'nearSphere',
      'maxDistance',
      'maxDistanceInRadians',
      'maxDistanceInMiles',
      'maxDistanceInKilometers',
      'within',
      'geoWithin',
    ],
  ],
  ['Polygon', 'a polygon on earth', ['exists', 'geoIntersects']],
];

const constraintTexts = (): Descriptions =>
  Object.fromEntries(
    CONSTRAINTS.flatMap(([type, holds, operators]) => [
      [`${type}WhereInput`, `Conditions on a field that holds ${holds}. All of them must hold.`],
      ...operators.map((name) => [`${type}WhereInput.${name}`, OPERATORS[name] ?? '']),
    ]),
  );

/** What is said of scalars, of constraints and of the other values that fields hold. */
export const VALUE_TEXTS: Descriptions = {
  Any: 'Any JSON at all.',
  Object: 'A JSON object.',
  Date: 'A date and time as ISO 8601 text in UTC: `2026-01-31T12:00:00.000Z`.',
  Bytes: 'Binary data as base64 text.',
  File: 'A file that was uploaded before, as its address, or as its name and address.',
  Upload: 'A file that comes with the request, by the rules of multipart requests for GraphQL.',
  FileInfo: 'A file that was uploaded.',
  'FileInfo.name': 'The name under which it is kept.',
  'FileInfo.url': 'Where it can be downloaded.',
  FileInput: 'A file for a field: one that is there, or one to upload. `null` empties the field and leaves the file.',
  'FileInput.file': 'A file that is there already: its address, or what `FileInfo` tells of it.',
  'FileInput.upload': 'A file to upload with this request.',
  GeoPoint: 'A place on earth.',
  'GeoPoint.latitude': 'Degrees north of the equator, -90 to 90.',
  'GeoPoint.longitude': 'Degrees east of Greenwich, -180 to 180.',
  GeoPointInput: 'A place on earth.',
  'GeoPointInput.latitude': 'Degrees north of the equator, -90 to 90.',
  'GeoPointInput.longitude': 'Degrees east of Greenwich, -180 to 180.',
  BoxInput: 'A box on the map.',
  'BoxInput.bottomLeft': 'Its corner in the south-west.',
  'BoxInput.upperRight': 'Its corner in the north-east.',
  WithinInput: 'The area in which a point must lie.',
  'WithinInput.box': 'A box on the map.',
  CenterSphereInput: 'A circle on the globe.',
  'CenterSphereInput.center': 'Its middle.',
  'CenterSphereInput.distance': 'Its radius, in radians.',
  GeoWithinInput: 'The area in which a point must lie: one of these.',
  'GeoWithinInput.polygon': 'The corners of a polygon, at least three.',
  'GeoWithinInput.centerSphere': 'A circle on the globe.',
  GeoIntersectsInput: 'What a polygon must hold.',
  'GeoIntersectsInput.point': 'A point inside of it, or on its border.',
  KeyValueInput: 'A member of an object.',
  'KeyValueInput.key': 'Its name; dots lead deeper: `address.city`.',
  'KeyValueInput.value': 'Its value.',
  Element: 'A plain value in a list, which is no object of a class.',
  'Element.value': 'The value itself.',
  ArrayResult:
    'An item of a list: an object of a class, or an `Element` that holds any other value. Ask by inline fragments.',
  TextInput: 'A search for whole words.',
  'TextInput.search': 'What to search for, and how.',
  SearchInput: 'What a search for words looks for.',
  'SearchInput.term': 'The words.',
  'SearchInput.language': 'The language of the words: it decides which ones are too common to count.',
  'SearchInput.caseSensitive': 'Whether the letter case counts.',
  'SearchInput.diacriticSensitive': 'Whether accents count.',
  SubqueryInput: 'A query of another class, inside of a condition.',
  'SubqueryInput.className': 'The class.',
  'SubqueryInput.where': "The conditions, in REST's form.",
  SelectInput: "The values of a field of another query's objects.",
  'SelectInput.query': 'The query.',
  'SelectInput.key': 'The field of its objects whose values count.',
  ReadPreference: 'Which member of a replicated database reads. Here there is none, and all are the same.',
  ReadOptionsInput: 'Which members of a replicated database read. Accepted, and without effect here.',
  'ReadOptionsInput.readPreference': 'For the query itself.',
  'ReadOptionsInput.includeReadPreference': 'For the objects that it includes.',
  'ReadOptionsInput.subqueryReadPreference': 'For the queries inside of its conditions.',
  ...constraintTexts(),
};
