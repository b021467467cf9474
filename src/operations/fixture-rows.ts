import { isObject, type Json, type JsonObject } from '../parse/record.ts';
import type { Context } from './context.ts';
import { FixtureError, show } from './fixture-mistake.ts';
import { newObjectId } from './random.ts';

/** A row of fixtures: the class it is of, where it stands, and what it holds by now. */
export type FixtureRow = {
  readonly className: string;
  readonly at: number;
  readonly row: JsonObject;
  /** Whether it came with an id and its dates, as the store keeps it: then nothing that it lacks is filled in. */
  readonly isStored: boolean;
};

/** Where a row stands, for sentences: `_User[2]`. */
export const placeOf = ({ className, at }: Pick<FixtureRow, 'className' | 'at'>): string => `${className}[${at}]`;

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const isIso = (value: Json | undefined): boolean => typeof value === 'string' && ISO.test(value);

const isComplete = (row: JsonObject): boolean =>
  typeof row['objectId'] === 'string' && row['objectId'] !== '' && isIso(row['createdAt']) && isIso(row['updatedAt']);

const isoOf = (value: Json | undefined, place: string): string | undefined => {
  if (value === undefined || value === null) return undefined;
  const text = isObject(value) ? (value['iso'] ?? value['$date']) : value;
  if (typeof text !== 'string' || Number.isNaN(Date.parse(text))) {
    throw new FixtureError(place, `${show(value)} is no date`);
  }
  return new Date(text).toISOString();
};

const complete = (given: Omit<FixtureRow, 'isStored'>, now: string, context: Context): JsonObject => {
  const place = placeOf(given);
  const { createdAt, updatedAt, ...rest } = given.row;
  const objectId = rest['objectId'] ?? newObjectId(context.random);
  if (typeof objectId !== 'string' || objectId === '') {
    throw new FixtureError(`${place}.objectId`, `${show(objectId)} is no object id`);
  }
  const made = isoOf(createdAt, `${place}.createdAt`) ?? now;
  return { ...rest, objectId, createdAt: made, updatedAt: isoOf(updatedAt, `${place}.updatedAt`) ?? made };
};

/** The rows of a class with ids and dates. Throws a `FixtureError` for what is none, and for an id that stands there twice. */
export const identify = (className: string, list: readonly JsonObject[], context: Context): FixtureRow[] => {
  const now = new Date(context.clock.now()).toISOString();
  const seen = new Map<Json | undefined, number>();
  return list.map((given, at) => {
    const isStored = isComplete(given);
    const row = isStored ? given : complete({ className, at, row: given }, now, context);
    const other = seen.get(row['objectId']);
    if (other !== undefined) {
      const sentence = `${show(row['objectId'])} is the object id of ${className}[${other}] too`;
      throw new FixtureError(`${className}[${at}].objectId`, sentence);
    }
    seen.set(row['objectId'], at);
    return { className, at, row, isStored };
  });
};

/** Finds an object by what a fixture names it by when it does not know its id: a username, or the name of a role. */
export type FindNamed = (className: string, field: string, value: Json) => string | undefined;

/** Looks among the rows first, and then among what is there already. */
export const createFinder = (rows: readonly FixtureRow[], context: Context): FindNamed => {
  let named: Map<string, string> | undefined; // most fixtures know their ids
  const readNames = (): Map<string, string> => {
    const names = new Map<string, string>();
    for (const { className, row } of rows) {
      for (const field of ['username', 'name']) {
        if (typeof row[field] === 'string') names.set(`${className}:${field}:${row[field]}`, String(row['objectId']));
      }
    }
    return names;
  };
  return (className, field, value) => {
    named ??= readNames();
    const found = named.get(`${className}:${field}:${String(value)}`);
    if (found !== undefined) return found;
    for (const record of context.store.all(className)) if (record[field] === value) return record.objectId;
    return undefined;
  };
};
