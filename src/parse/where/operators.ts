import { isObject, type Json, type JsonObject, toDate } from '../record.ts';
import { type Budget, compilePattern } from '../regex/regex.ts';
import { badQuery, badValue, refusedByDatabase } from '../where-errors.ts';
import { geoIntersects, geoWithin, nearSphere, within } from './geo.ts';
import { momentIn } from './relative-time.ts';
import { textSearch } from './text.ts';
import { atomOf, compared, equalTo, type Field, isMissing, oneOf, onText, type Test } from './values.ts';

/** What a field must fulfil. A negated one must not hold for any value at a path, and so holds where there is none. */
export type Condition = { readonly test: Test; readonly isNegated: boolean };

/** What all conditions of a query have in common: what patterns may cost, and the time of the question in milliseconds. */
export type Asking = { readonly budget: Budget; readonly now: number };

type Operator = (operand: Json, field: Field, constraint: JsonObject, asking: Asking) => Condition;

const is = (test: Test): Condition => ({ test, isNegated: false });

const isNot = (test: Test): Condition => ({ test, isNegated: true });

const relativeTimeIn = (operand: Json): Json => (isObject(operand) && operand['$relativeTime']) || null;

const checkHoldsMoments = (field: Field): void => {
  if (field.type !== undefined && field.type !== 'Date')
    throw badValue('$relativeTime can only be used with Date field');
};

/** What a field is compared with: a text of `$relativeTime` stands for a moment. Throws 107 for a bad one. */
const limitOf = (operand: Json, field: Field, now: number): Json => {
  const text = relativeTimeIn(operand);
  if (!text) return atomOf(operand, field);
  checkHoldsMoments(field);
  const moment = typeof text === 'string' ? momentIn(text, now) : undefined;
  if (moment === undefined) throw refusedByDatabase();
  if (typeof moment !== 'number') throw badValue(`bad $relativeTime (${String(text)}) value. ${moment.problem}`);
  return toDate(moment);
};

// Nothing happens at the very moment of a question.
const atomButMoment = (operand: Json, field: Field): Json => {
  if (!relativeTimeIn(operand)) return atomOf(operand, field);
  checkHoldsMoments(field);
  throw badValue('$relativeTime can only be used with the $lt, $lte, $gt, and $gte operators');
};

const ordered =
  (holds: (order: number) => boolean): Operator =>
  (operand, field, _, { now }) =>
    is(compared(limitOf(operand, field, now), field, holds));

const isRegex = (value: Json): value is { readonly $regex: string } =>
  isObject(value) && typeof value['$regex'] === 'string';

// A list in the list counts by its members; in a field of lists, { $regex } asks for text that matches.
const anyOf = (operator: string, operand: Json, field: Field, budget: Budget): Test => {
  if (!Array.isArray(operand)) throw badValue(`bad ${operator} value`);
  const wanted: Json[] = operand.flat().map((value) => atomOf(value, field));
  const patterns = wanted.filter(isRegex).map(({ $regex }) => onText(compilePattern($regex, '', budget).test));
  const equals = oneOf(
    wanted.filter((value) => !isRegex(value)),
    field,
  );
  return patterns.length === 0 ? equals : (value) => equals(value) || patterns.some((test) => test(value));
};

const isPrefixPattern = (value: Json): boolean => isRegex(value) && /^\^\\Q.*\\E$/s.test(value.$regex);

const all: Operator = (operand, field, _, { budget }) => {
  if (!Array.isArray(operand)) throw badValue('bad $all value');
  const wanted: readonly Json[] = operand;
  if (wanted.some(isRegex) && (wanted.length === 1 || wanted.some(isPrefixPattern)) && !wanted.every(isPrefixPattern)) {
    const shown = wanted.map((value) =>
      isRegex(value) ? `/${value.$regex}/` : isObject(value) ? '[object Object]' : value,
    );
    throw badValue(`All $all values must be of regex type or none: ${shown.join()}`);
  }
  const tests = wanted.map((value) =>
    isRegex(value) ? onText(compilePattern(value.$regex, '', budget).test) : equalTo(value, field),
  );
  return is((value) => tests.length > 0 && tests.every((test) => test(value)));
};

const containedBy: Operator = (operand, field) => {
  if (!Array.isArray(operand)) throw badValue('bad $containedBy: should be an array');
  const isOneOf = oneOf(
    operand.map((value: Json) => atomOf(value, field)),
    field,
  );
  return is((value) => Array.isArray(value) && value.every(isOneOf));
};

const OPTIONS = /^[imxsu]+$/;

const regex: Operator = (operand, _, constraint, { budget }) => {
  const options = constraint['$options'];
  if (typeof operand !== 'string') throw badQuery('$regex value must be a string');
  if (options !== undefined && typeof options !== 'string') throw badQuery('$options value must be a string');
  if (options !== undefined && !OPTIONS.test(options)) throw badQuery(`Bad $options value for query: ${options}`);
  return is(onText(compilePattern(operand, options ?? '', budget).test));
};

/** An operator that only says more about another one beside it. */
const beside =
  (main: string): Operator =>
  (_operand, _field, constraint) => {
    if (!Object.hasOwn(constraint, main)) throw refusedByDatabase();
    return is(() => true);
  };

/** Every operator of a constraint on a field. */
const OPERATORS: { readonly [name: string]: Operator } = {
  $eq: (operand, field) => is(equalTo(atomButMoment(operand, field), field)),
  $ne: (operand, field) => isNot(equalTo(atomButMoment(operand, field), field)),
  $lt: ordered((order) => order < 0),
  $lte: ordered((order) => order <= 0),
  $gt: ordered((order) => order > 0),
  $gte: ordered((order) => order >= 0),
  $in: (operand, field, _, { budget }) => is(anyOf('$in', operand, field, budget)),
  $nin: (operand, field, _, { budget }) => isNot(anyOf('$nin', operand, field, budget)),
  $all: all,
  $containedBy: containedBy,
  $exists: (operand, field) => (atomButMoment(operand, field) ? is : isNot)((value) => !isMissing(value)),
  $regex: regex,
  $options: beside('$regex'),
  $text: (operand) => is(textSearch(operand)),
  $nearSphere: (operand, _, constraint) => is(nearSphere(operand, constraint)),
  $maxDistance: beside('$nearSphere'),
  $maxDistanceInRadians: beside('$nearSphere'),
  $maxDistanceInMiles: beside('$nearSphere'),
  $maxDistanceInKilometers: beside('$nearSphere'),
  $within: (operand) => is(within(operand)),
  $geoWithin: (operand) => is(geoWithin(operand)),
  $geoIntersects: (operand) => is(geoIntersects(operand)),
};

/** What one operator asks of a field. Throws 107 for an unknown one, 102 and 107 for operands that it cannot have. */
export const conditionOf = (operator: string, field: Field, constraint: JsonObject, asking: Asking): Condition => {
  const compile = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
  if (!compile) throw badValue(`bad constraint: ${operator}`);
  return compile(constraint[operator] ?? null, field, constraint, asking);
};
