import { ParseError } from '../../parse/error.ts';
import { fromDate, isObject, isPointer, type Json, type JsonObject, toDate } from '../../parse/record.ts';

/** A refusal of something that a pipeline says. */
export const badPipeline = (message: string): ParseError => new ParseError('INVALID_QUERY', message);

/** The field that a pipeline means: MongoDB's `_id` is the object id. */
export const fieldIn = (name: string): string => (name === '_id' ? 'objectId' : name);

// Of these two an object has only the text; a pipeline takes them for the moments that they are.
const MOMENTS: ReadonlySet<string> = new Set(['createdAt', 'updatedAt']);

/** The value of a field or of what a dotted path leads to. */
export const valueAt = (row: JsonObject, path: string): Json | undefined => {
  const value = path
    .split('.')
    .reduce<Json | undefined>(
      (found, name) => (isObject(found) && Object.hasOwn(found, name) ? found[name] : undefined),
      row,
    );
  return MOMENTS.has(path) && typeof value === 'string' ? toDate(Date.parse(value)) : value;
};

const checkPath = (path: string): string => {
  if (path.startsWith('_') && path !== '_id') throw new ParseError('INVALID_KEY_NAME', `Invalid field name: ${path}`);
  return fieldIn(path);
};

/** Makes what an expression is for a row: `$field`, a plain value, or an object of such. Throws 102 for an operator. */
export const compileExpression = (expression: Json): ((row: JsonObject) => Json | undefined) => {
  if (typeof expression === 'string' && expression.startsWith('$')) {
    const path = checkPath(expression.slice(1));
    return (row) => valueAt(row, path);
  }
  if (!isObject(expression)) return () => expression;
  const members = Object.entries(expression).map(([name, inner]) => {
    if (name.startsWith('$')) throw badPipeline(`The emulator does not know the expression ${name}.`);
    return [name, compileExpression(inner)] as const;
  });
  return (row) => Object.fromEntries(members.map(([name, read]) => [name, read(row) ?? null]));
};

const rankOf = (value: Json): Json => (isObject(value) ? (fromDate(value) ?? null) : value);

const isBefore = (one: Json, other: Json): boolean => {
  const [left, right] = [rankOf(one), rankOf(other)];
  return left !== null && right !== null && left < right;
};

const isNumber = (value: Json): value is number => typeof value === 'number';
const sum = (values: readonly Json[]): number => values.filter(isNumber).reduce((total, value) => total + value, 0);

/** Each value once, in the order of its first coming. */
export const distinct = (values: readonly Json[]): Json[] => [
  ...new Map(values.map((value) => [JSON.stringify(value), value])).values(),
];

type Accumulate = (values: readonly Json[]) => Json;

const ACCUMULATORS: ReadonlyMap<string, Accumulate> = new Map<string, Accumulate>([
  ['$sum', sum],
  [
    '$avg',
    (values) => {
      const count = values.filter(isNumber).length;
      return count === 0 ? null : sum(values) / count;
    },
  ],
  ['$min', (values) => values.reduce((least, value) => (isBefore(value, least) ? value : least), values[0] ?? null)],
  ['$max', (values) => values.reduce((most, value) => (isBefore(most, value) ? value : most), values[0] ?? null)],
  ['$first', (values) => values[0] ?? null],
  ['$last', (values) => values.at(-1) ?? null],
  ['$push', (values) => values],
  ['$addToSet', distinct],
]);

/** Makes what an accumulator (`{ $sum: '$score' }`) is for a group of rows. */
export const compileAccumulator = (accumulator: Json | undefined): ((rows: readonly JsonObject[]) => Json) => {
  const [entry, ...more] = isObject(accumulator) ? Object.entries(accumulator) : [];
  const accumulate = entry && ACCUMULATORS.get(entry[0]);
  if (!entry || !accumulate || more.length > 0) {
    throw badPipeline(`The emulator does not know the accumulator ${entry?.[0] ?? JSON.stringify(accumulator)}.`);
  }
  const read = compileExpression(entry[1]);
  return (rows) => accumulate(rows.map((row) => read(row) ?? null).filter((value) => value !== null));
};

/** What a group goes by: a pointer alone by the object id that it leads to, nothing and the empty text by null. */
export const toGroupId = (value: Json | undefined): Json => {
  if (isPointer(value)) return value.objectId;
  return value === undefined || value === '' ? null : value;
};
