import { columnsOf } from '../parse/class-columns.ts';
import { classNameProblem, isClassName } from '../parse/class-names.ts';
import type { ClassSchema } from '../parse/class-schema.ts';
import { checkNewFields, type Fields, typeOf } from '../parse/class-validation.ts';
import { ParseError } from '../parse/error.ts';
import { checkPermissions } from '../parse/permissions-validation.ts';
import { isObject, type Json, type JsonObject } from '../parse/record.ts';
import { FixtureError, show } from './fixture-mistake.ts';

/** What fixtures hold: the rows by class name, in the order of the file. */
export type FixtureRows = ReadonlyMap<string, readonly JsonObject[]>;

/** The key under which fixtures list class schemas. */
export const SCHEMAS_KEY = 'schemas';

const inPlace = <Result>(place: string, run: () => Result): Result => {
  try {
    return run();
  } catch (error) {
    throw error instanceof ParseError ? new FixtureError(place, error.message.trim()) : error;
  }
};

const isKnownKey = (key: string): boolean => key === SCHEMAS_KEY || isClassName(key) || key === '_File';

// A dashboard exports a class as `{ "results": [...] }`, and a whole REST answer may be pasted.
const rowsOf = (key: string, value: unknown): readonly JsonObject[] => {
  const list = isObject(value) && Array.isArray(value['results']) ? value['results'] : value;
  if (!Array.isArray(list)) throw new FixtureError(key, `${show(value)} is no list of objects`);
  return list.map((row, i) => {
    if (!isObject(row)) throw new FixtureError(`${key}[${i}]`, `${show(row)} is no object`);
    return row;
  });
};

/** Takes fixtures apart. Throws a `FixtureError` for what is no list of objects by class name. */
export const readRows = (fixtures: unknown): FixtureRows => {
  if (!isObject(fixtures))
    throw new FixtureError('fixtures', `${show(fixtures)} is no object with lists by class name`);
  const entries = Object.entries(fixtures).filter(([key]) => key !== '$schema');
  return new Map(
    entries.map(([key, value]) => {
      if (!isKnownKey(key)) throw new FixtureError(key, classNameProblem(key).trim());
      return [key, rowsOf(key, value)];
    }),
  );
};

/** Checks a class schema and answers its own fields, without built-in ones. */
export const readClass = (row: JsonObject, place: string): { className: string; fields: Fields } => {
  const { className, fields = {} } = row as unknown as ClassSchema;
  if (typeof className !== 'string' || !isClassName(className)) {
    throw new FixtureError(`${place}.className`, `${show(className)} is no name for a class`);
  }
  if (!isObject(fields)) throw new FixtureError(`${place}.fields`, `${show(fields)} is no object`);
  const builtIn = columnsOf(className);
  const own = Object.fromEntries(Object.entries(fields as Fields).filter(([name]) => !Object.hasOwn(builtIn, name)));
  for (const [name, field] of Object.entries(own)) {
    if (!isObject(field))
      throw new FixtureError(`${place}.fields.${name}`, `${show(field)} is no field, such as { "type": "String" }`);
    inPlace(`${place}.fields.${name}`, () => checkNewFields(className, { [name]: field }, {}));
  }
  inPlace(`${place}.fields`, () => checkNewFields(className, own, {}));
  inPlace(`${place}.classLevelPermissions`, () =>
    checkPermissions(row['classLevelPermissions'] as Json | undefined, { ...builtIn, ...own }),
  );
  return { className, fields: own };
};

/** The type of a value in a fixture. Throws a `FixtureError` for a value that is of none. */
export const fixtureTypeOf = (value: Json, place: string): ReturnType<typeof typeOf> =>
  inPlace(place, () => typeOf(value));
