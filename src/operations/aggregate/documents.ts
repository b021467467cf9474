import type { ClassSchema, FieldSchema } from '../../parse/classes/schema.ts';
import { closePolygon } from '../../parse/polygon.ts';
import { fromDate, isObject, type Json, type JsonObject, type ParseRecord, toDate } from '../../parse/record.ts';

/** A value of a document as MongoDB has it: JSON, and moments. */
export type Value = null | boolean | number | string | Date | undefined | readonly Value[] | Document;

/** An object as MongoDB keeps it for Parse Server: `_id`, `_created_at`, and `_p_owner: '_User$…'` for a pointer. */
export type Document = { readonly [name: string]: Value };

type Fields = ClassSchema['fields'];

const DATES: ReadonlyMap<string, string> = new Map([
  ['createdAt', '_created_at'],
  ['updatedAt', '_updated_at'],
]);

/** The name under which a document has a field. */
export const columnOf = (name: string, fields: Fields): string => {
  if (name === 'objectId') return '_id';
  const isLink = Object.hasOwn(fields, name) && fields[name]?.type === 'Pointer';
  return DATES.get(name) ?? (isLink ? `_p_${name}` : name);
};

const inside = (value: Json): Value => {
  if (Array.isArray(value)) return value.map((member: Json) => inside(member));
  if (!isObject(value)) return value;
  if (value['__type'] === 'Date') return new Date(fromDate(value) ?? Number.NaN);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, inside(inner)]));
};

// MongoDB has longitudes first.
const stored = (value: Json): Value => {
  if (!isObject(value)) return inside(value);
  switch (value['__type']) {
    case 'Pointer':
      return `${value['className']}$${value['objectId']}`;
    case 'GeoPoint':
      return [Number(value['longitude']), Number(value['latitude'])];
    case 'File':
      return String(value['name']);
    case 'Polygon': {
      const ring = closePolygon(value['coordinates']);
      return { type: 'Polygon', coordinates: [ring.map(([latitude, longitude]) => [longitude, latitude])] };
    }
    default:
      return inside(value);
  }
};

/** The document of an object. What is internal, and the ACL, is left out: no pipeline may come upon a password. */
export const toDocument = (record: ParseRecord, fields: Fields): Document => {
  const { objectId, createdAt, updatedAt, ACL: _, ...own } = record;
  return {
    _id: objectId,
    _created_at: new Date(createdAt),
    _updated_at: new Date(updatedAt),
    ...Object.fromEntries(
      Object.entries(own)
        .filter(([name]) => !name.startsWith('_'))
        .map(([name, value]) => [columnOf(name, fields), stored(value)]),
    ),
  };
};

const shownInside = (value: Value): Json => {
  if (value instanceof Date) return toDate(value.getTime());
  if (Array.isArray(value)) return value.map((member: Value) => shownInside(member));
  if (!isDocument(value)) return (value ?? null) as Json;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shownInside(inner)]));
};

const isDocument = (value: Value): value is Document =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

const toPair = (pair: Value): Json => (Array.isArray(pair) ? shownInside([...pair].reverse()) : null);

const shown = (value: Value, field: FieldSchema | undefined): Json => {
  if (field?.type === 'File' && typeof value === 'string') return { __type: 'File', name: value };
  if (field?.type === 'GeoPoint' && Array.isArray(value) && value.length === 2) {
    return { __type: 'GeoPoint', latitude: Number(value[1]), longitude: Number(value[0]) };
  }
  if (field?.type === 'Polygon' && isDocument(value) && Array.isArray(value['coordinates'])) {
    const [ring] = value['coordinates'];
    return { __type: 'Polygon', coordinates: Array.isArray(ring) ? ring.map((pair: Value) => toPair(pair)) : [] };
  }
  return shownInside(value);
};

const ISO_DATES: ReadonlyMap<string, string> = new Map(
  [...DATES].flatMap(([name, column]) => [
    [name, name],
    [column, name],
  ]),
);

const LINK = '_p_';

const showField = (column: string, value: Value, fields: Fields): [string, Json][] => {
  const date = ISO_DATES.get(column);
  if (date !== undefined) return [[date, value instanceof Date ? value.toISOString() : shownInside(value)]];
  if (column.startsWith(LINK)) {
    const name = column.slice(LINK.length);
    const [className = '', objectId] = typeof value === 'string' ? value.split('$') : [];
    const isLink = fields[name]?.type === 'Pointer' && objectId !== undefined;
    return isLink ? [[name, { __type: 'Pointer', className, objectId }]] : [];
  }
  if (column.startsWith('_')) return [];
  return [[column, shown(value, Object.hasOwn(fields, column) ? fields[column] : undefined)]];
};

const isNothing = (id: Value): boolean =>
  id === undefined ||
  id === null ||
  id === '' ||
  (typeof id === 'object' && !(id instanceof Date) && Object.keys(id).length === 0);

/** What a document that comes out of a pipeline is for a client. `idIsLink`: its `_id` is a pointer's, of which the object id counts. */
export const fromDocument = (document: Document, fields: Fields, idIsLink: boolean): JsonObject => {
  const { _id, ...columns } = document;
  const id = idIsLink && typeof _id === 'string' ? (_id.split('$')[1] ?? null) : isNothing(_id) ? null : _id;
  return {
    ...Object.fromEntries(Object.entries(columns).flatMap(([column, value]) => showField(column, value, fields))),
    ...(Object.hasOwn(document, '_id') && { objectId: shownInside(id) }),
  };
};
