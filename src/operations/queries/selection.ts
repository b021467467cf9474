import type { ClassSchema } from '../../parse/classes/schema.ts';
import { isObject, type JsonObject } from '../../parse/record.ts';
import type { Selection } from './query.ts';

type Fields = ClassSchema['fields'];

/** A way to a field: `owner.friend` is `['owner', 'friend']`. */
export type Path = readonly string[];

const ALWAYS: readonly string[] = ['objectId', 'createdAt', 'updatedAt', 'ACL'];

/** The fields of a class that may hold pointers. */
const pointerFieldsOf = (fields: Fields): string[] =>
  Object.keys(fields).filter((name) => fields[name]?.type === 'Pointer' || fields[name]?.type === 'Array');

// Dotted keys mean nothing unless the pointers are followed that they reach through.
const waysTo = (keys: readonly string[] = []): string[] =>
  keys.filter((key) => key.includes('.')).map((key) => key.slice(0, key.lastIndexOf('.')));

/** The names of `include`, and after them the ways that keys make necessary. */
export const includesOf = ({ include = [], keys, excludeKeys }: Selection): readonly string[] => [
  ...include,
  ...waysTo(keys),
  ...waysTo(excludeKeys),
];

const includesAll = (selection: Selection): boolean =>
  selection.includeAll === true || includesOf(selection).includes('*');

const beginningsOf = (path: string): string[] =>
  path.split('.').map((_, place, names) => names.slice(0, place + 1).join('.'));

/** Types whose values hold no pointer. GraphQL asks for each of its fields to be followed, and most are of these. */
const PLAIN: ReadonlySet<string> = new Set([
  'String',
  'Number',
  'Boolean',
  'Date',
  'ACL',
  'File',
  'GeoPoint',
  'Bytes',
  'Polygon',
]);

const mayLead =
  (fields: Fields) =>
  (path: string): boolean => {
    const [first = ''] = path.split('.', 1);
    return !(Object.hasOwn(fields, first) && PLAIN.has(fields[first]?.type ?? ''));
  };

/** The pointers to follow, the short ways before the long ones that go on from them. */
export const pathsOf = (selection: Selection, fields: Fields): readonly Path[] => {
  const named = includesOf(selection);
  const ways = named.includes('*') ? [] : named.filter(mayLead(fields)).flatMap(beginningsOf);
  const all = includesAll(selection) ? pointerFieldsOf(fields) : [];
  return [...new Set([...ways, ...all])].map((way) => way.split('.')).sort((one, other) => one.length - other.length);
};

const leadsTo = (key: readonly string[], path: Path): boolean => path.every((name, place) => key[place] === name);

/** What is wanted of the objects at the end of a path. */
export const selectionAt = (path: Path, { keys = [], excludeKeys = [] }: Selection): Selection => {
  const further = (names: readonly string[]): Path[] =>
    names.map((name) => name.split('.')).filter((key) => key.length > path.length && leadsTo(key, path));
  const wanted = further(keys).map((key) => key[path.length] ?? '');
  const unwanted = further(excludeKeys).filter((key) => key.length === path.length + 1);
  return {
    ...(wanted.length > 0 && { keys: [...new Set(wanted)] }),
    ...(unwanted.length > 0 && { excludeKeys: unwanted.map((key) => key[path.length] ?? '') }),
  };
};

/** The fields that a selection leaves of an object; undefined: all of them. */
const keptBy = (selection: Selection, fields: Fields): ReadonlySet<string> | undefined => {
  const { keys, excludeKeys } = selection;
  if (!keys && !excludeKeys) return undefined;
  const wanted = keys ? [...keys, ...(includesAll(selection) ? pointerFieldsOf(fields) : [])] : Object.keys(fields);
  const kept = wanted.filter((key) => !excludeKeys?.includes(key) || ALWAYS.includes(key));
  return new Set([...ALWAYS, ...kept.map((key) => key.split('.')[0] ?? key)]);
};

/** Makes what leaves of an object of the class the wanted fields alone; its id, dates, ACL and relations always stay. */
export const selector = (selection: Selection, fields: Fields): ((object: JsonObject) => JsonObject) => {
  const kept = keptBy(selection, fields);
  if (!kept) return (object) => object;
  return (object) =>
    Object.fromEntries(
      Object.entries(object).filter(
        ([name, value]) => kept.has(name) || (isObject(value) && value['__type'] === 'Relation'),
      ),
    );
};
