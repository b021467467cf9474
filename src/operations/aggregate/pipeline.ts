import type { ClassSchema } from '../../parse/classes/schema.ts';
import { fromDate, isObject, isPointer, type Json } from '../../parse/record.ts';
import { columnOf, type Document, type Value } from './documents.ts';

type Fields = ClassSchema['fields'];

/** A stage of a pipeline, as `{ $limit: 10 }`. */
export type Stage = readonly [name: string, argument: Json | undefined];

// Texts that can be read as a date are moments where the field holds dates.
const toMoment = (value: Json): Value => {
  if (Array.isArray(value)) return value.map((member: Json) => toMoment(member));
  const milliseconds = fromDate(value);
  if (milliseconds !== undefined) return new Date(milliseconds);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toMoment(inner)]));
};

const toLink = (value: Json, targetClass: string): Value => {
  if (isPointer(value)) return `${value.className}$${value.objectId}`;
  if (Array.isArray(value)) return value.map((member: Json) => toLink(member, targetClass));
  if (isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([operator, operand]) => [
        operator,
        isPointer(operand) || Array.isArray(operand) ? toLink(operand, targetClass) : operand,
      ]),
    );
  }
  return value === null ? null : `${targetClass}$${value}`;
};

const fieldOf = (name: string, fields: Fields): Fields[string] | undefined =>
  Object.hasOwn(fields, name) ? fields[name] : undefined;

/** Conditions in terms of documents: columns for fields, moments for texts, and links for the ids of objects. */
const toConditions = (conditions: Json, fields: Fields): Value => {
  if (Array.isArray(conditions)) return conditions.map((member: Json) => toConditions(member, fields));
  if (!isObject(conditions)) return conditions;
  const milliseconds = conditions['__type'] === 'Date' ? fromDate(conditions) : undefined;
  if (milliseconds !== undefined) return new Date(milliseconds);
  return Object.fromEntries(
    Object.entries(conditions).map(([name, value]) => {
      const field = fieldOf(name, fields);
      const column = columnOf(name, fields);
      if (field?.type === 'Pointer') return [column, toLink(value, field.targetClass ?? '')];
      return [column, field?.type === 'Date' ? toMoment(value) : toConditions(value, fields)];
    }),
  );
};

const toProjection = (projection: Json, fields: Fields): Value =>
  isObject(projection)
    ? Object.fromEntries(
        Object.entries(projection).map(([name, value]) => [columnOf(name, fields), toConditions(value, fields)]),
      )
    : projection;

/** An expression in terms of documents: `$owner` is `$_p_owner`, where that is a pointer. */
const toExpression = (expression: Json, fields: Fields): Value => {
  if (Array.isArray(expression)) return expression.map((member: Json) => toExpression(member, fields));
  if (isObject(expression)) {
    return Object.fromEntries(Object.entries(expression).map(([name, inner]) => [name, toExpression(inner, fields)]));
  }
  if (typeof expression !== 'string' || !expression.startsWith('$')) return expression;
  const name = expression.slice(1);
  return name === 'objectId' ? expression : `$${columnOf(name, fields)}`;
};

const toOrder = (order: Json, fields: Fields): Value =>
  isObject(order)
    ? Object.fromEntries(Object.entries(order).map(([name, direction]) => [columnOf(name, fields), direction]))
    : order;

const RESHAPING: ReadonlySet<string> = new Set([
  '$group',
  '$project',
  '$replaceRoot',
  '$replaceWith',
  '$bucket',
  '$facet',
]);

const toStage = ([name, argument = null]: Stage, fields: Fields, isReshaped: boolean): Document => {
  switch (name) {
    case '$match':
      return { [name]: toConditions(argument, fields) };
    case '$geoNear': {
      const near = isObject(argument) ? argument : {};
      return { [name]: { ...(near as Document), query: toConditions(near['query'] ?? {}, fields) } };
    }
    case '$project':
      return { [name]: toProjection(argument, fields) };
    case '$group':
      return { [name]: toExpression(argument, fields) };
    case '$sort':
      return { [name]: isReshaped ? argument : toOrder(argument, fields) };
    default:
      return { [name]: argument };
  }
};

/**
 * A client's pipeline in terms of documents. As Parse Server does, it leaves stages as they are but for `$match`, `$geoNear`,
 * `$project` and `$group`; and `$sort`, as long as what is sorted are objects of the class.
 */
export const toPipeline = (stages: readonly Stage[], fields: Fields): Document[] => {
  const firstReshaping = stages.findIndex(([name]) => RESHAPING.has(name));
  return stages.map((stage, place) => toStage(stage, fields, firstReshaping !== -1 && place > firstReshaping));
};

/** Whether a pipeline groups by a pointer, of which the groups then have the object id. */
export const groupsByLink = (pipeline: readonly Document[]): boolean =>
  pipeline.some(({ $group }) => isObject($group) && String($group['_id']).startsWith('$_p_'));
