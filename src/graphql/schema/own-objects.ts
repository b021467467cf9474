import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLNamedType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isObjectType,
} from 'graphql';
import type { Context } from '../../operations/context.ts';
import { followPointers, getObject } from '../../operations/queries/queries.ts';
import { isObject, isPointer, type Json, type JsonObject, toDate } from '../../parse/record.ts';
import type { GraphQLContext } from '../context.ts';
import type { GraphQLClass } from '../graphql-class.ts';
import { toObjectId } from '../resolvers/global-id.ts';
import { isObjectNode, type ObjectNode } from '../resolvers/object-node.ts';
import { leafPaths, type Selected, selectedBelow } from '../resolvers/selection.ts';

type Resolver = GraphQLFieldResolver<unknown, GraphQLContext>;

const DATES: ReadonlySet<string> = new Set(['createdAt', 'updatedAt']);

const toJson = (name: string, value: Json | Date): Json => {
  if (!(value instanceof Date)) return value;
  return DATES.has(name) ? value.toISOString() : toDate(value.getTime());
};

// Objects of the JavaScript SDK know how they look in REST.
const plainOf = (value: object): object => {
  const asJson: unknown = Reflect.get(value, 'toJSON');
  const plain: unknown = typeof asJson === 'function' ? asJson.call(value) : value;
  return typeof plain === 'object' && plain !== null ? plain : value;
};

/** What was given for an object, as the record of it: in REST form, or by the names that GraphQL has, `id` for one. */
const toRecord = (given: object, className: string): JsonObject => {
  const entries = Object.entries(plainOf(given)).filter(
    ([name]) => !['__type', '__typename', 'className'].includes(name),
  );
  const record = Object.fromEntries(entries.map(([name, value]) => [name, toJson(name, value)]));
  const { id, objectId } = record;
  return objectId === undefined && typeof id === 'string' ? { ...record, objectId: toObjectId(id, className) } : record;
};

/** The names of classes by those of their types. */
type ClassNames = ReadonlyMap<string, string>;

// Of an interface or a union the object says itself what it is, by GraphQL's name or by Parse's.
const classNameOf = (value: object, type: GraphQLNamedType, classNames: ClassNames): string | undefined => {
  if (!isAbstractType(type)) return classNames.get(type.name);
  const [typeName, className] = [Reflect.get(value, '__typename'), Reflect.get(value, 'className')];
  if (typeof typeName === 'string') return classNames.get(typeName);
  return typeof className === 'string' && [...classNames.values()].includes(className) ? className : undefined;
};

const toObject = async (
  value: object,
  className: string,
  selected: Selected,
  context: Context,
): Promise<ObjectNode> => {
  const include = leafPaths(selected);
  const record = isPointer(value)
    ? await getObject(className, value.objectId, { include }, context)
    : await followPointers(className, toRecord(value, className), include, context);
  return { className, record };
};

/** Reads what the application gave for a field: objects of classes where it is of such a type, anything else as it is. */
const read = (
  value: unknown,
  classNames: ClassNames,
  info: GraphQLResolveInfo,
  { context }: GraphQLContext,
): unknown => {
  if (value instanceof Promise) return value.then((settled) => read(settled, classNames, info, { context }));
  if (Array.isArray(value)) return value.map((member) => read(member, classNames, info, { context }));
  // A reference is a mock's, whose fields are mocks, too.
  if (typeof value !== 'object' || value === null || isObjectNode(value) || '$ref' in value) return value;
  const className = classNameOf(value, getNamedType(info.returnType), classNames);
  return className === undefined ? value : toObject(value, className, selectedBelow(info), context);
};

/** Whether a field of a type is the emulator's own, and not the application's. */
export type IsOwn = (field: GraphQLField<unknown, GraphQLContext>, typeName: string) => boolean;

/**
 * Lets the application give objects of classes wherever a field of its own is of their type: a user by `me: User`, several by
 * `[User!]!`, some of them below an object of its own, or the very object that a resolver was given.
 */
export const readOwnObjects = (schema: GraphQLSchema, isOwn: IsOwn, classes: readonly GraphQLClass[]): void => {
  const classNames: ClassNames = new Map(
    classes.flatMap(({ className, types }) => (types.object === undefined ? [] : [[types.object, className] as const])),
  );
  const typeNames = new Map([...classNames].map(([typeName, className]) => [className, typeName]));
  for (const type of Object.values(schema.getTypeMap())) {
    if (isAbstractType(type)) {
      const known = type.resolveType;
      type.resolveType = (source: unknown, ...rest) => {
        if (isObjectNode(source)) return typeNames.get(source.className);
        const typeName = isObject(source) ? source['__typename'] : undefined;
        return typeof typeName === 'string' ? typeName : known?.(source, ...rest);
      };
    }
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const named = getNamedType(field.type);
      const isForObjects = classNames.has(named.name) || isAbstractType(named);
      if (isOwn(field, type.name) || !isForObjects) continue;
      const resolve: Resolver = field.resolve ?? defaultFieldResolver;
      field.resolve = (source, args, context: GraphQLContext, info) =>
        read(resolve(source, args, context, info), classNames, info, context);
    }
  }
};
