import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { fromDate, isObject, type Json, type JsonObject } from '../parse/record.ts';

// A plain error: graphql-js puts the type and the value before it.
const invalid = (value: unknown, typeName: string): TypeError =>
  new TypeError(`${String(value)} is not a valid ${typeName}`);

const toJson = (node: ValueNode, variables?: { readonly [name: string]: unknown } | null): Json => {
  switch (node.kind) {
    case Kind.NULL:
      return null;
    case Kind.INT:
      return Number.parseInt(node.value, 10);
    case Kind.FLOAT:
      return Number.parseFloat(node.value);
    case Kind.LIST:
      return node.values.map((member) => toJson(member, variables));
    case Kind.OBJECT:
      return Object.fromEntries(node.fields.map((field) => [field.name.value, toJson(field.value, variables)]));
    case Kind.VARIABLE:
      return (variables?.[node.name.value] ?? null) as Json;
    default:
      return node.value;
  }
};

type DateValue = { readonly __type: 'Date'; readonly iso: string };

const parseDate = (value: unknown): DateValue => {
  const text = isObject(value) && value['__type'] === 'Date' ? value['iso'] : value;
  const at = typeof text === 'string' ? new Date(text) : text instanceof Date ? text : undefined;
  if (!at || Number.isNaN(at.getTime())) throw invalid(typeof text === 'string' ? text : value, 'Date');
  return { __type: 'Date', iso: at.toISOString() };
};

const serializeDate = (value: unknown): string => {
  const at = value instanceof Date ? value.getTime() : fromDate(value);
  if (at === undefined) throw invalid(value, 'Date');
  return new Date(at).toISOString();
};

// A literal is named by its kind where it is no text: `IntValue is not a valid Date`.
const literal =
  <Value>(parse: (value: Json) => Value, typeName: string, takes: readonly Kind[]) =>
  (node: ValueNode, variables?: { readonly [name: string]: unknown } | null): Value => {
    if (!takes.includes(node.kind)) throw invalid(node.kind, typeName);
    return parse(toJson(node, variables));
  };

const scalar = <Value>(
  name: string,
  parse: (value: unknown) => Value,
  serialize: (value: unknown) => unknown,
  takes: readonly Kind[],
): GraphQLScalarType =>
  new GraphQLScalarType({ name, parseValue: parse, serialize, parseLiteral: literal(parse, name, takes) });

const parseObject = (value: unknown): JsonObject => {
  if (typeof value === 'object' && value !== null) return value as JsonObject;
  throw invalid(value, 'Object');
};

type BytesValue = { readonly __type: 'Bytes'; readonly base64: string };

const parseBytes = (value: unknown): BytesValue => {
  const base64 = isObject(value) && value['__type'] === 'Bytes' ? value['base64'] : value;
  if (typeof base64 !== 'string') throw invalid(value, 'Bytes');
  return { __type: 'Bytes', base64 };
};

const parseFile = (value: unknown): JsonObject => {
  if (typeof value === 'string') return { __type: 'File', name: value };
  if (isObject(value) && value['__type'] === 'File' && value['name'] !== undefined) return value;
  throw invalid(value, 'File');
};

const parseUpload = (value: unknown): unknown => {
  if (isObject(value) || (typeof value === 'object' && value !== null)) return value;
  throw new GraphQLError('Upload value invalid.');
};

/** Parse Server's scalars, with its own words for what they refuse. */
export const SCALARS: { readonly [name: string]: GraphQLScalarType } = {
  Any: new GraphQLScalarType({
    name: 'Any',
    parseValue: (value) => value,
    serialize: (value) => value,
    parseLiteral: toJson,
  }),
  Object: scalar('Object', parseObject, (value) => value, [Kind.OBJECT]),
  Date: scalar('Date', parseDate, serializeDate, [Kind.STRING, Kind.OBJECT]),
  Bytes: scalar('Bytes', parseBytes, (value) => (isObject(value) ? value['base64'] : value), [
    Kind.STRING,
    Kind.OBJECT,
  ]),
  File: scalar('File', parseFile, (value) => (isObject(value) ? value['url'] : value), [Kind.STRING, Kind.OBJECT]),
  Upload: new GraphQLScalarType({
    name: 'Upload',
    parseValue: parseUpload,
    parseLiteral: (node) => {
      throw new GraphQLError('Upload literal unsupported.', { nodes: node });
    },
    serialize: () => {
      throw new GraphQLError('Upload serialization unsupported.');
    },
  }),
};
