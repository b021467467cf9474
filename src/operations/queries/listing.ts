import type { Json, JsonObject, ParseRecord } from '../../parse/record.ts';
import type { Context } from '../context.ts';
import { readObject } from './search.ts';

/** Which objects of a class a person wants to see, and which part of the list. */
export type ListWish = {
  readonly className: string;
  /** Text that one of the fields has in it, in whatever letter case; empty: all. */
  readonly search: string;
  /** Keeps some of the objects. Has a name, so that a list can be found again. */
  readonly filter?:
    | { readonly name: string; readonly keeps: (record: ParseRecord, now: number) => boolean }
    | undefined;
  /** A field, with `-` before it the other way round. */
  readonly order: string;
  readonly skip: number;
  readonly limit: number;
};

/** A part of a list, and how long all of it is. */
export type ListPart = { readonly results: readonly JsonObject[]; readonly count: number };

/** The objects of a wish, in order, as long as the class does not change. */
type Kept = { readonly version: number; readonly at: number; readonly records: readonly ParseRecord[] };

/** So many lists are kept, so that who scrolls does not have them made anew. */
const MOST_KEPT = 8;
/** Filters may depend on the time: a list of one is made anew after so many milliseconds. */
const FRESH = 1000;

const textOf = (value: Json | undefined): string => {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value === undefined || value === null ? '' : JSON.stringify(value);
};

const isSeen = (name: string): boolean => !name.startsWith('_') && name !== 'ACL' && name !== 'sessionToken';

const hasText = (record: ParseRecord, wanted: string): boolean => {
  for (const name in record) {
    if (isSeen(name) && textOf(record[name]).toLowerCase().includes(wanted)) return true;
  }
  return false;
};

/** What a field is sorted by: numbers as numbers, dates by their time, all else as text. */
const sortKey = (value: Json | undefined): string | number => {
  if (typeof value === 'number') return value;
  if (typeof value === 'object' && value !== null && 'iso' in value) return textOf(value['iso']);
  return textOf(value).toLowerCase();
};

const compare = (a: string | number, b: string | number): number => {
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
};

const sort = (records: ParseRecord[], order: string): ParseRecord[] => {
  const isReversed = order.startsWith('-');
  const field = isReversed ? order.slice(1) : order;
  const keyed = records.map((record) => ({ record, key: sortKey(record[field]) }));
  keyed.sort((a, b) => (isReversed ? compare(b.key, a.key) : compare(a.key, b.key)));
  return keyed.map(({ record }) => record);
};

const select = ({ className, search, filter, order }: ListWish, { store, clock }: Context): ParseRecord[] => {
  const wanted = search.trim().toLowerCase();
  const now = clock.now();
  const found: ParseRecord[] = [];
  for (const record of store.all(className)) {
    if (filter && !filter.keeps(record, now)) continue;
    if (wanted === '' || hasText(record, wanted)) found.push(record);
  }
  return order === '' ? found : sort(found, order);
};

/** The objects of a class as a person looks through them, without a query language and however many there are. */
export type List = (wish: ListWish, context: Context) => ListPart;

/** Makes lists, and keeps the last ones: going on in a list costs nothing. */
export const createList = (): List => {
  const kept = new Map<string, Kept>();
  const find = (wish: ListWish, context: Context): readonly ParseRecord[] => {
    const { className, search, filter, order } = wish;
    const key = JSON.stringify([className, search, filter?.name, order]);
    const version = context.store.version(className);
    const at = context.clock.now();
    const known = kept.get(key);
    kept.delete(key);
    const isFresh = known?.version === version && (!filter || Math.abs(at - known.at) < FRESH);
    const list = known && isFresh ? known : { version, at, records: select(wish, context) };
    kept.set(key, list);
    for (const oldest of [...kept.keys()].slice(0, -MOST_KEPT)) kept.delete(oldest);
    return list.records;
  };
  return (wish, context) => {
    const records = find(wish, context);
    const part = records.slice(wish.skip, wish.skip + wish.limit);
    return {
      count: records.length,
      results: part.map(({ objectId }) => readObject(wish.className, objectId, context)),
    };
  };
};
