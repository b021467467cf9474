import { isFieldName } from '../classes/names.ts';
import { ParseError } from '../error.ts';
import { fromDate, isObject, isPointer, type Json, type JsonObject, type ParseRecord, valueAt } from '../record.ts';
import { distanceFor } from './geo.ts';
import { textScore } from './text.ts';

type SortKey = { readonly rank: number; readonly value: number | string };

const NOTHING: SortKey = { rank: 0, value: 0 };

const keyOfObject = (value: JsonObject): SortKey => {
  if (isPointer(value)) return { rank: 2, value: `${value.className}$${value.objectId}` };
  switch (value['__type']) {
    case 'Date':
      return { rank: 7, value: fromDate(value) ?? 0 };
    case 'File':
      return { rank: 2, value: String(value['name']) };
    case 'Bytes':
      return { rank: 5, value: String(value['base64']) };
    default:
      return { rank: 3, value: 0 };
  }
};

/** MongoDB's order of kinds: nothing, numbers, text, objects, bytes, truth values, moments. Within a kind, by value. */
const keyOf = (value: Json | undefined, direction: number): SortKey => {
  switch (typeof value) {
    case 'number':
      return { rank: 1, value };
    case 'string':
      return { rank: 2, value };
    case 'boolean':
      return { rank: 6, value: Number(value) };
    default:
      return Array.isArray(value) ? keyOfList(value, direction) : isObject(value) ? keyOfObject(value) : NOTHING;
  }
};

const compareKeys = (one: SortKey, other: SortKey): number => {
  if (one.rank !== other.rank) return one.rank - other.rank;
  return one.value < other.value ? -1 : Number(one.value > other.value);
};

const EMPTY_LIST: SortKey = { rank: -1, value: 0 };

// A list stands where its least member does, and in a descending order where its greatest does.
const keyOfList = (list: readonly Json[], direction: number): SortKey => {
  const keys = list.map((member) => (Array.isArray(member) ? EMPTY_LIST : keyOf(member, direction)));
  return keys.sort((one, other) => compareKeys(one, other) * direction)[0] ?? EMPTY_LIST;
};

const ALIASES: ReadonlyMap<string, string> = new Map([
  ['_created_at', 'createdAt'],
  ['_updated_at', 'updatedAt'],
]);

// A map keeps the first place of a name and its last direction, as Parse's own does.
const directionsOf = (order: readonly string[]): ReadonlyMap<string, number> => {
  const directions = new Map<string, number>();
  for (const entry of order) {
    const text = entry.trim();
    const name = text.replace(/^-/, '');
    // What fits best comes first, whichever order is asked for.
    directions.set(ALIASES.get(name) ?? name, text === name && name !== SCORE ? 1 : -1);
  }
  return directions;
};

/** By how well objects fit a search for words. */
const SCORE = '$score';

const checkName = (name: string): void => {
  if (/^authData\.\w+\.id$/.test(name)) throw new ParseError('INVALID_KEY_NAME', `Cannot sort by ${name}`);
  const root = name.split('.')[0] ?? '';
  if (!isFieldName(root) || root === 'className') {
    throw new ParseError('INVALID_KEY_NAME', `Invalid field name: ${name}.`);
  }
};

/** Puts records in an order, those that are equal in it as they stood. */
export type Sort = (records: readonly ParseRecord[]) => ParseRecord[];

type Column = { readonly keyOf: (record: ParseRecord) => SortKey; readonly direction: number };

type Row = { readonly record: ParseRecord; readonly keys: readonly SortKey[] };

/**
 * Makes a sort of field names, `-` before one for descending; of a query with `$nearSphere` and no order, the nearest first;
 * undefined when there is no order at all. Throws 105 for a name that no field can have.
 */
export const compileOrder = (order: readonly string[], where: JsonObject): Sort | undefined => {
  const score = textScore(where);
  const columns = [...directionsOf(order)].flatMap(([name, direction]): Column[] => {
    if (name === SCORE) return score ? [{ keyOf: (record) => ({ rank: 1, value: score(record) }), direction }] : [];
    checkName(name);
    const path = name.split('.');
    return [{ keyOf: (record) => keyOf(valueAt(record, path), direction), direction }];
  });
  const distance = columns.length === 0 ? distanceFor(where) : undefined;
  if (columns.length === 0 && !distance) return undefined;
  const keysOf = (record: ParseRecord): readonly SortKey[] =>
    distance ? [{ rank: 1, value: distance(record) }] : columns.map((column) => column.keyOf(record));
  const compare = (one: Row, other: Row): number => {
    for (let i = 0; i < one.keys.length; i++) {
      const result = compareKeys(one.keys[i] ?? NOTHING, other.keys[i] ?? NOTHING) * (columns[i]?.direction ?? 1);
      if (result !== 0) return result;
    }
    return 0;
  };
  return (records) =>
    records
      .map((record) => ({ record, keys: keysOf(record) }))
      .sort(compare)
      .map(({ record }) => record);
};
