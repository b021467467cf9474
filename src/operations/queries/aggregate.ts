import type { ClassSchema } from '../../parse/classes/schema.ts';
import { isObject, type Json, type JsonObject, type ParseRecord, toPointer } from '../../parse/record.ts';
import { compileOrder } from '../../parse/where/order.ts';
import { compileWhere } from '../../parse/where/where.ts';
import type { Context } from '../context.ts';
import {
  badPipeline,
  compileAccumulator,
  compileExpression,
  distinct,
  fieldIn,
  toGroupId,
  valueAt,
} from './aggregate-values.ts';
import { findObjects } from './queries.ts';

/** A stage of a pipeline, as `{ $limit: 10 }`. */
export type Stage = readonly [name: string, argument: Json | undefined];

type Rows = readonly JsonObject[];
type Fields = ClassSchema['fields'];

const fieldsIn = (argument: Json | undefined, name: string): [string, Json][] => {
  if (!isObject(argument)) throw badPipeline(`the ${name} specification must be an object`);
  return Object.entries(argument).map(([field, value]) => [fieldIn(field), value]);
};

const count = (argument: Json | undefined, name: string): number => {
  if (typeof argument === 'number' && Number.isInteger(argument) && argument >= 0) return argument;
  throw badPipeline(`invalid argument to ${name} stage: a whole number was expected`);
};

const toConstraint = (value: Json, convert: (plain: Json) => Json): Json => {
  if (Array.isArray(value)) return value.map((member: Json) => toConstraint(member, convert));
  if (!isObject(value)) return convert(value);
  if (!Object.keys(value).some((name) => name.startsWith('$'))) return value;
  return Object.fromEntries(
    Object.entries(value).map(([operator, operand]) => [
      operator,
      operator === '$exists' ? operand : toConstraint(operand, convert),
    ]),
  );
};

// In a pipeline a pointer may be the mere id that it leads to, and a moment mere text.
const converterFor = (name: string, fields: Fields): ((plain: Json) => Json) => {
  const { type, targetClass } = fields[name] ?? {};
  if (type === 'Pointer') return (plain) => (typeof plain === 'string' ? toPointer(targetClass ?? '', plain) : plain);
  if (type === 'Date') return (plain) => (typeof plain === 'string' ? { __type: 'Date', iso: plain } : plain);
  return (plain) => plain;
};

const toWhere = (argument: Json | undefined, fields: Fields): JsonObject =>
  Object.fromEntries(
    fieldsIn(argument, '$match').map(([name, value]) => {
      if (name.startsWith('$') && Array.isArray(value)) return [name, value.map((member) => toWhere(member, fields))];
      return [name, toConstraint(value, converterFor(name, fields))];
    }),
  );

const group = (rows: Rows, argument: Json | undefined): Rows => {
  const [, id = null] = fieldsIn(argument, '$group').find(([name]) => name === 'objectId') ?? [];
  const idOf = compileExpression(id);
  const columns = fieldsIn(argument, '$group')
    .filter(([name]) => name !== 'objectId')
    .map(([name, accumulator]) => [name, compileAccumulator(accumulator)] as const);
  const groups = new Map<string, { readonly objectId: Json; readonly members: JsonObject[] }>();
  for (const row of rows) {
    const objectId = toGroupId(idOf(row));
    const key = JSON.stringify(objectId);
    const known = groups.get(key);
    if (known) known.members.push(row);
    else groups.set(key, { objectId, members: [row] });
  }
  return [...groups.values()].map(({ objectId, members }) => ({
    ...Object.fromEntries(columns.map(([name, read]) => [name, read(members)])),
    objectId,
  }));
};

const isOff = (value: Json): boolean => value === 0 || value === false;

const project = (rows: Rows, argument: Json | undefined): Rows => {
  const columns = fieldsIn(argument, '$project');
  const off = new Set(columns.filter(([, value]) => isOff(value)).map(([name]) => name));
  const on = columns.filter(([, value]) => !isOff(value));
  if (on.length === 0) {
    return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => !off.has(name))));
  }
  const shown =
    off.has('objectId') || on.some(([name]) => name === 'objectId') ? on : [...on, ['objectId', 1] as const];
  const members = shown.map(([name, value]) => {
    const isPlain = value === 1 || value === true;
    return [name, isPlain ? (row: JsonObject) => row[name] : compileExpression(value)] as const;
  });
  return rows.map((row) =>
    Object.fromEntries(
      members.flatMap(([name, read]) => {
        const value = read(row);
        return value === undefined ? [] : [[name, value]];
      }),
    ),
  );
};

const sort = (rows: Rows, argument: Json | undefined): Rows => {
  const order = fieldsIn(argument, '$sort').map(([name, direction]) => (Number(direction) < 0 ? `-${name}` : name));
  return compileOrder(order, {})?.(rows as readonly ParseRecord[]) ?? rows;
};

type Run = (rows: Rows, argument: Json | undefined, fields: Fields) => Rows;

const STAGES: ReadonlyMap<string, Run> = new Map<string, Run>([
  ['$match', (rows, where, fields) => rows.filter(compileMatch(where, fields))],
  ['$group', group],
  ['$project', project],
  ['$sort', sort],
  ['$limit', (rows, most) => rows.slice(0, count(most, '$limit'))],
  ['$skip', (rows, some) => rows.slice(count(some, '$skip'))],
  ['$count', (rows, name) => (rows.length === 0 ? [] : [{ [String(name)]: rows.length }])],
]);

const compileMatch = (argument: Json | undefined, fields: Fields): ((row: JsonObject) => boolean) => {
  const matches = compileWhere(toWhere(argument, fields), undefined, Date.now());
  return (row) => matches(row as ParseRecord);
};

const fieldsOf = (className: string, { schemas }: Context): Fields => schemas.get(className)?.fields ?? {};

/**
 * What comes out of a class at the end of a pipeline, by MongoDB's rules. Throws 102 for a stage, an accumulator or an
 * expression that is none or that the emulator does not know.
 */
export const aggregate = (className: string, pipeline: readonly Stage[], context: Context): Rows => {
  const fields = fieldsOf(className, context);
  const [first, ...later] = pipeline;
  // A question that comes first is asked as any other, with its indexes and sub-queries.
  const isMatch = first?.[0] === '$match';
  const { results } = findObjects(className, isMatch ? { where: toWhere(first[1], fields) } : {}, context);
  return (isMatch ? later : pipeline).reduce<Rows>((rows, [name, argument]) => {
    const run = STAGES.get(name);
    if (!run) throw badPipeline(`The emulator does not know the stage ${name}.`);
    return run(rows, argument, fields);
  }, results);
};

/** The values that a field has in the objects that match, each once; the members of lists count by themselves. */
export const distinctValues = (className: string, path: string, where: JsonObject, context: Context): Json[] => {
  const read = compileExpression(`$${path}`);
  const values = findObjects(className, { where }, context).results.flatMap((row) => {
    const value = read(row) ?? null;
    return Array.isArray(value) ? value : [value];
  });
  const rows = distinct(values.filter((value) => value !== null)).map((value) => ({ value }));
  return sort(rows, { value: 1 }).map((row) => valueAt(row, 'value') ?? null);
};
