import { createMockStore, type IMockStore, isRef } from '@graphql-tools/mock';
import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isLeafType,
  isObjectType,
  isScalarType,
  type ResponsePath,
  responsePathAsArray,
} from 'graphql';
import { createSeededRandom, type SeededRandom } from '../../operations/seeded-random.ts';
import type { MockFunction, MockRandom, Options } from '../../options/table.ts';
import { UserError } from '../../parse/user-error.ts';
import type { GraphQLContext } from '../context.ts';

type Mock = () => unknown;
type Resolver = GraphQLFieldResolver<unknown, GraphQLContext>;

const toMockRandom = (random: SeededRandom): MockRandom => {
  const integer = (least: number, most: number): number => least + Math.floor(random.fraction() * (most - least + 1));
  return {
    integer,
    pick: (items) => {
      const [item] = items.slice(integer(0, items.length - 1));
      if (item === undefined) throw new UserError('Failed to pick: there is nothing to pick from');
      return item;
    },
    list: (length, make) => {
      const count = typeof length === 'number' ? length : integer(length[0], length[1]);
      return Array.from({ length: count }, (_, index) => make?.(index));
    },
  };
};

/** What stands for a type of which the application says nothing. */
const defaultOf = (type: GraphQLNamedType, random: SeededRandom, schema: GraphQLSchema): Mock | undefined => {
  const { integer, pick } = toMockRandom(random);
  if (isEnumType(type)) return () => pick(type.getValues()).value;
  if (isAbstractType(type)) return () => ({ __typename: pick(schema.getPossibleTypes(type)).name });
  if (!isScalarType(type)) return undefined;
  const scalars: { readonly [name: string]: Mock } = {
    Int: () => integer(-100, 100),
    Float: () => integer(-10_000, 10_000) / 100,
    Boolean: () => random.fraction() < 0.5,
    ID: () => random.text(10),
    Bytes: () => 'SGVsbG8gV29ybGQ=',
    Date: () => '2026-01-01T00:00:00.000Z',
    File: () => 'hello.txt',
    Object: () => ({}),
  };
  return scalars[type.name] ?? (() => 'Hello World');
};

/** The answer to a field of an object, mock or real: the same whenever it is asked for. */
type Ask = (typeName: string, key: string, fieldName: string, args: { [name: string]: unknown }) => unknown;

/**
 * Mock values that follow from the seed and from their place: the object that has the field, the field and its arguments; where the
 * object is a mock itself, from the place that it was found at first. So they come out the same in every run, whatever else is asked
 * for, and in each fork.
 */
const createMocks = (schema: GraphQLSchema, { mocks = {}, deterministic = '' }: Options): Ask => {
  const field = createSeededRandom(`${deterministic}\nmock values`);
  const object = createSeededRandom(`${deterministic}\nmock objects`);
  const places = new Map<string, string>();
  let place = '';
  const remember = (value: unknown, at: string): void => {
    if (Array.isArray(value)) for (const [index, one] of value.entries()) remember(one, `${at} ${index}`);
    if (!isRef(value)) return;
    const name = `${value.$ref.typeName} ${value.$ref.key}`;
    if (!places.has(name)) places.set(name, at);
  };
  const toMock = (type: GraphQLNamedType, give: MockFunction): Mock => {
    if (isLeafType(type)) return () => give(toMockRandom(field));
    return () => {
      object.begin(`${type.name} ${place}`); // once for each field that is missing, and always alike
      return give(toMockRandom(object));
    };
  };
  const all = Object.values(schema.getTypeMap()).flatMap((type): [string, Mock][] => {
    const given = mocks[type.name];
    const mock = given ? toMock(type, given) : defaultOf(type, field, schema);
    return mock ? [[type.name, mock]] : [];
  });
  const store: IMockStore = createMockStore({
    schema,
    mocks: Object.fromEntries(all) as { [name: string]: () => never },
  });
  return (typeName, key, fieldName, args) => {
    const name = `${typeName} ${key}`;
    place = places.get(name) ?? name;
    const at = `${place} ${fieldName} ${JSON.stringify(args)}`;
    field.begin(at);
    const value: unknown = store.get({ typeName, key, fieldName, fieldArgs: args });
    remember(value, at);
    return value;
  };
};

const checkMocks = (schema: GraphQLSchema, { mocks = {} }: Options): void => {
  const unknown = Object.keys(mocks).find((name) => !schema.getType(name));
  if (unknown) throw new UserError(`Failed to extend the schema: mocks.${unknown} has no type`);
};

/** What tells a real object from others: a user's name, which a seed gives, or its id. */
const idOf = (source: unknown): string | undefined => {
  const record: unknown = typeof source === 'object' && source !== null ? Reflect.get(source, 'record') : undefined;
  if (typeof record !== 'object' || record === null) return undefined;
  const id: unknown = Reflect.get(record, 'username') ?? Reflect.get(record, 'objectId');
  return typeof id === 'string' ? id : undefined;
};

/** Where an object without a name stands in the answer: `plans.0`. */
const pathTo = (path: ResponsePath | undefined): string => responsePathAsArray(path).join('.');

/**
 * Lets mocks answer where nothing else does: fields without a resolver, and all that is below an object that is a mock itself.
 * (graphql-tools' own `preserveResolvers` runs the mocks beside every real resolver, and fails where there is none for a type.)
 * Throws for mocks of a type that is not there.
 */
export const fillWithMocks = (schema: GraphQLSchema, options: Options): void => {
  checkMocks(schema, options);
  const ask = createMocks(schema, options);
  const isRoot = (type: GraphQLObjectType): boolean =>
    type === schema.getQueryType() || type === schema.getMutationType();

  const mockOf = (type: GraphQLObjectType, { name }: GraphQLField<unknown, unknown>): Resolver => {
    return (source, args, context, info) => {
      const stands: unknown = isRef(source) ? undefined : defaultFieldResolver(source, args, context, info);
      if (stands !== undefined) return stands;
      if (isRef(source)) return ask(source.$ref.typeName, String(source.$ref.key), name, args);
      return ask(type.name, isRoot(type) ? 'ROOT' : (idOf(source) ?? pathTo(info.path.prev)), name, args);
    };
  };

  for (const [name, type] of Object.entries(schema.getTypeMap())) {
    if (isAbstractType(type)) {
      const real = type.resolveType;
      type.resolveType = (source, ...rest) => (isRef(source) ? source.$ref.typeName : real?.(source, ...rest));
    }
    if (name.startsWith('__') || !isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const [real, mock] = [field.resolve, mockOf(type, field)];
      field.resolve = real ? (source, ...rest) => (isRef(source) ? mock : real)(source, ...rest) : mock;
    }
  }
};
