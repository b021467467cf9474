import type { ClassSchema } from '../classes/schema.ts';
import { ParseError } from '../error.ts';
import { isObject, type Json, type JsonObject, type ParseRecord } from '../record.ts';
import { createBudget } from '../regex/regex.ts';
import { badQuery, badValue, refusedByDatabase, stumble } from '../where-errors.ts';
import { checkDepth, LOGICAL } from './names.ts';
import { type Asking, type Condition, conditionOf } from './operators.ts';
import { equalTo, type Field, fieldOf, isAtom, isConstraint, own, type Test } from './values.ts';

export { indexableValues } from './index.ts';
export { validateWhere } from './names.ts';

type Predicate = (record: JsonObject) => boolean;

// Whether a test passes for any of the values that a dotted path leads to; lists are gone through, or into by a number.
const someAt = (value: Json | undefined, path: readonly string[], at: number, test: Test): boolean => {
  const name = path[at];
  if (name === undefined) return test(value);
  if (!Array.isArray(value)) return someAt(isObject(value) ? own(value, name) : undefined, path, at + 1, test);
  const members: readonly Json[] = value;
  return (
    (/^\d+$/.test(name) && someAt(members[Number(name)], path, at + 1, test)) ||
    members.some((member) => isObject(member) && someAt(member, path, at, test))
  );
};

const onField = ({ name }: Field, { test, isNegated }: Condition): Predicate => {
  const path = name.split('.');
  const some: Predicate =
    path.length === 1 ? (record) => test(own(record, name)) : (record) => someAt(record, path, 0, test);
  return isNegated ? (record) => !some(record) : some;
};

// As text stands in a message of JavaScript's.
const shown = (value: Json): string =>
  Array.isArray(value)
    ? value.map((member: Json) => (member === null ? '' : shown(member))).join()
    : isObject(value)
      ? '[object Object]'
      : String(value);

/** A field that is given a plain value must have it, a list must contain it. Throws 107 for what Parse cannot look for. */
const equality = (value: Json, field: Field): Condition => {
  const isPlain = isAtom(value) || (isObject(value) && Object.keys(value).length === 0);
  const isMember = field.type === 'Array' && !Array.isArray(value);
  if (isPlain || isMember || field.name.includes('.')) return { test: equalTo(value, field), isNegated: false };
  throw badValue(`You cannot use ${shown(value)} as a query parameter.`);
};

const partition = <Member>(members: readonly Member[], test: (member: Member) => boolean): [Member[], Member[]] => [
  members.filter(test),
  members.filter((member) => !test(member)),
];

type Compile = (where: Json) => Predicate;

const compileLogical = (name: string, members: Json, compile: Compile): Predicate => {
  if (!Array.isArray(members)) throw badQuery(`Bad ${name} format - use an array value.`);
  if (members.length === 0) throw refusedByDatabase();
  const predicates = members.map(compile);
  if (name === '$and') return (record) => predicates.every((holds) => holds(record));
  if (name === '$or') return (record) => predicates.some((holds) => holds(record));
  return (record) => !predicates.some((holds) => holds(record));
};

/** A constraint as operators alone, where equality stands beside some: a pointer that has `$exists` as one more key. */
export const withEquality = (value: Json): Json => {
  const [operators, members] = isObject(value)
    ? partition(Object.entries(value), ([name]) => name.startsWith('$'))
    : [[], []];
  if (operators.length === 0 || members.length === 0) return value;
  return Object.fromEntries([...operators, ['$eq', Object.fromEntries(members)]]);
};

const compileField = (name: string, given: Json, schema: ClassSchema | undefined, asking: Asking): Predicate[] => {
  const field = fieldOf(name, schema?.fields);
  const value = withEquality(given);
  if (!isConstraint(value)) return [onField(field, equality(value, field))];
  return Object.keys(value).map((operator) => onField(field, conditionOf(operator, field, value, asking)));
};

/**
 * Makes a predicate of a query in Parse's REST syntax whose sub-queries are resolved. `now` is the time of the question, in
 * milliseconds since 1970. Throws 102, 105 or 107 for what Parse
 * refuses, and 1 for what its database does; the predicate throws 1 when a pattern costs too much.
 */
export const compileWhere = (
  where: JsonObject,
  schema: ClassSchema | undefined,
  now: number,
): ((record: ParseRecord) => boolean) => {
  checkDepth(where);
  const asking = { budget: createBudget(), now };
  const compile: Compile = (member) => {
    if (member === null) throw stumble();
    const predicates = Object.entries(isObject(member) ? member : {}).flatMap(([name, value]) => {
      if (LOGICAL.includes(name)) return [compileLogical(name, value, compile)];
      if (name.startsWith('$')) throw new ParseError('INVALID_KEY_NAME', `Invalid key name: ${name}`);
      return compileField(name, value, schema, asking);
    });
    const [first, ...rest] = predicates;
    if (first && rest.length === 0) return first;
    return (record) => predicates.every((holds) => holds(record));
  };
  return compile(where);
};
