import { GraphQLError, GraphQLScalarType, Kind, type ObjectValueNode, type ValueNode } from 'graphql';
import { fromDate, isObject, type Json, type JsonObject } from '../../parse/record.ts';

// A plain error: graphql-js puts the type and the value before it.
const invalid = (value: unknown, typeName: string): TypeError =>
  new TypeError(`${String(value)} is not a valid ${typeName}`);

// A variable inside of a literal is lost, as in Parse Server: its scalars are not told the values of variables.
const toJson = (node: ValueNode): Json => {
  switch (node.kind) {
    case Kind.NULL:
    case Kind.VARIABLE:
      return null;
    case Kind.INT:
    case Kind.FLOAT:
      return Number(node.value);
    case Kind.LIST:
      return node.values.map(toJson);
    case Kind.OBJECT:
      return Object.fromEntries(node.fields.map((field) => [field.name.value, toJson(field.value)]));
    default:
      return node.value;
  }
};

const fieldOf = (node: ObjectValueNode, name: string): ValueNode | undefined =>
  node.fields.find((field) => field.name.value === name)?.value;

// As it stands in the document, be it text, a number or the name of an enum's value.
const wordOf = (node: ValueNode | undefined): string | boolean | undefined =>
  node && 'value' in node ? node.value : undefined;

type ReadObject<Value> = (node: ObjectValueNode) => Value | undefined;

/** A scalar that takes text, or an object of Parse's own; any other literal is refused by the name of its kind. */
const parseLiteral =
  <Value>(typeName: string, parse: (value: unknown) => Value, readObject: ReadObject<Value>) =>
  (node: ValueNode): Value => {
    if (node.kind === Kind.STRING) return parse(node.value);
    const value = node.kind === Kind.OBJECT ? readObject(node) : undefined;
    if (value === undefined) throw invalid(node.kind, typeName);
    return value;
  };

type DateValue = { readonly __type: 'Date'; readonly iso: string };

const toDateValue = (value: unknown): DateValue => {
  const at = typeof value === 'string' || value instanceof Date ? new Date(value) : undefined;
  if (!at || Number.isNaN(at.getTime())) throw invalid(value, 'Date');
  return { __type: 'Date', iso: at.toISOString() };
};

const parseDate = (value: unknown): DateValue =>
  toDateValue(isObject(value) && value['__type'] === 'Date' && value['iso'] ? value['iso'] : value);

const readDate: ReadObject<DateValue> = (node) => {
  const iso = fieldOf(node, 'iso');
  if (!iso || wordOf(fieldOf(node, '__type')) !== 'Date') return undefined;
  if (iso.kind !== Kind.STRING) throw invalid(iso.kind, 'Date');
  return toDateValue(iso.value);
};

const serializeDate = (value: unknown): string => {
  if (typeof value === 'string') return value;
  const at = value instanceof Date ? value.getTime() : fromDate(value);
  if (at === undefined) throw invalid(value, 'Date');
  return new Date(at).toISOString();
};

type BytesValue = { readonly __type: 'Bytes'; readonly base64: string };

const parseBytes = (value: unknown): BytesValue => {
  const base64 = isObject(value) && value['__type'] === 'Bytes' ? value['base64'] : value;
  if (typeof base64 !== 'string') throw invalid(value, 'Bytes');
  return { __type: 'Bytes', base64 };
};

const readBytes: ReadObject<BytesValue> = (node) => {
  const base64 = wordOf(fieldOf(node, 'base64'));
  const isBytes = wordOf(fieldOf(node, '__type')) === 'Bytes';
  return isBytes && typeof base64 === 'string' ? parseBytes(base64) : undefined;
};

const parseFile = (value: unknown): JsonObject => {
  if (typeof value === 'string') return { __type: 'File', name: value };
  const isFile = isObject(value) && value['__type'] === 'File' && typeof value['name'] === 'string';
  if (isFile && (value['url'] === undefined || typeof value['url'] === 'string')) return value;
  throw invalid(value, 'File');
};

const readFile: ReadObject<JsonObject> = (node) => {
  const [__type, name, url] = ['__type', 'name', 'url'].map((field) => wordOf(fieldOf(node, field)));
  if (!fieldOf(node, '__type') || !fieldOf(node, 'name')) return undefined;
  return parseFile({ __type, name, ...(url !== undefined && { url }) });
};

const parseObject = (value: unknown): object => {
  if (typeof value === 'object' && value !== null) return value;
  throw invalid(value, 'Object');
};

const parseUpload = (value: unknown): unknown => {
  if (typeof value === 'object' && value !== null && Reflect.get(value, 'bytes') instanceof Uint8Array) return value;
  throw new GraphQLError('Upload value invalid.');
};

/** Parse Server's scalars, with its own words for what they refuse. */
export const SCALARS: { readonly [name: string]: GraphQLScalarType } = {
  Any: new GraphQLScalarType({
    name: 'Any',
    parseValue: (value) => value,
    serialize: (value) => value,
    parseLiteral: (node) => toJson(node),
  }),
  Object: new GraphQLScalarType<unknown>({
    name: 'Object',
    parseValue: parseObject,
    serialize: parseObject,
    parseLiteral: (node) => {
      if (node.kind !== Kind.OBJECT) throw invalid(node.kind, 'Object');
      return toJson(node);
    },
  }),
  Date: new GraphQLScalarType({
    name: 'Date',
    parseValue: parseDate,
    serialize: serializeDate,
    parseLiteral: parseLiteral('Date', toDateValue, readDate),
  }),
  Bytes: new GraphQLScalarType({
    name: 'Bytes',
    parseValue: parseBytes,
    serialize: (value) => parseBytes(value).base64,
    parseLiteral: parseLiteral('Bytes', parseBytes, readBytes),
  }),
  File: new GraphQLScalarType({
    name: 'File',
    parseValue: parseFile,
    serialize: (value) => parseFile(value)['name'],
    parseLiteral: parseLiteral('File', parseFile, readFile),
  }),
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
