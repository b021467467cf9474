import { isObject, type Json, type JsonObject, type ParseRecord } from '../../parse/record.ts';
import { indexableValues } from '../../parse/where/where.ts';
import { foldCase } from '../../store/indexes.ts';
import type { Context } from '../context.ts';

type IndexedField = { readonly field: string; readonly toKey: (value: Json) => Json | undefined };

const asFolded = (value: Json): string | undefined => (typeof value === 'string' ? foldCase(value) : undefined);
const asObjectId = (value: Json): Json | undefined => (isObject(value) ? value['objectId'] : undefined);
const asIs = (value: Json): Json => value;

// A map, since a class may be named `constructor`.
const INDEXED: ReadonlyMap<string, readonly IndexedField[]> = new Map([
  ['_User', ['username', 'email'].map((field) => ({ field, toKey: asFolded }))],
  [
    '_Session',
    [
      { field: 'sessionToken', toKey: asIs },
      { field: 'user', toKey: asObjectId },
    ],
  ],
  ['_Role', [{ field: 'name', toKey: asIs }]],
]);

/** The objects that can match at all: those of an index where the constraints name its values, else the whole class. */
export const candidatesOf = (className: string, where: JsonObject, context: Context): Iterable<ParseRecord> => {
  const ids = indexableValues(where, 'objectId');
  if (ids) {
    return [...new Set(ids)].flatMap((id) => (typeof id === 'string' ? (context.store.get(className, id) ?? []) : []));
  }
  for (const { field, toKey } of INDEXED.get(className) ?? []) {
    const values = indexableValues(where, field);
    if (!values) continue;
    const keys = values.map(toKey).filter((key) => typeof key === 'string');
    if (keys.length < values.length) continue;
    return [...new Set([...new Set(keys)].flatMap((key) => context.store.lookUp(className, field, key)))];
  }
  return context.store.all(className);
};
