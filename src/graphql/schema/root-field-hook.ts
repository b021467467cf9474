import {
  defaultFieldResolver,
  defaultTypeResolver,
  type GraphQLAbstractType,
  type GraphQLField,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
} from 'graphql';
import { isObjectOrList } from '../../parse/record.ts';
import type { GraphQLContext } from '../context.ts';
import { isObjectNode } from '../resolvers/object-node.ts';

type Field = GraphQLField<unknown, GraphQLContext>;

/** Answers that came from outside: their members are read by name, in the form that a client sees. */
const plain = new WeakSet<object>();

// What was spread over a copy of such an object stands before what the object itself has.
const isSpread = (source: object, name: string): boolean =>
  isObjectNode(source) && Object.hasOwn(source, name) && name !== 'record' && name !== 'className';

const markPlain = (value: unknown): unknown => {
  if (Array.isArray(value)) value.forEach(markPlain);
  else if (isObjectOrList(value) && !isObjectNode(value)) plain.add(value);
  return value;
};

const readPlain = (field: Field): void => {
  const { resolve = defaultFieldResolver, name } = field;
  field.resolve = (source, args, who, about) =>
    isObjectOrList(source) && (plain.has(source) || isSpread(source, name))
      ? markPlain(Reflect.get(source, name))
      : resolve(source, args, who, about);
};

/** What stands for one of several types says which. */
const readPlainType = (type: GraphQLAbstractType): void => {
  const resolveType = type.resolveType ?? defaultTypeResolver;
  type.resolveType = (value, ...rest) => {
    const named = isObjectOrList(value) && plain.has(value) ? Reflect.get(value, '__typename') : undefined;
    return typeof named === 'string' ? named : resolveType(value, ...rest);
  };
};

const hookRootField = (field: Field): void => {
  const { resolve = defaultFieldResolver, name } = field;
  field.resolve = async (source, args, who, about) => {
    if (!who.rootFieldHook) return resolve(source, args, who, about);
    let own: unknown;
    const proceed = async (): Promise<unknown> => {
      own = await resolve(source, args, who, about);
      return own;
    };
    const answer = await who.rootFieldHook({ field: name, args, proceed }, who);
    return answer === own ? answer : markPlain(answer);
  };
};

/** A function of the application may hand over one schema again and again. */
const hooked = new WeakSet<GraphQLSchema>();

/**
 * Makes the root fields of a schema ask the `rootFieldHook` of the context before they answer. It belongs to the making of a schema:
 * one that is in use stays as it is.
 */
export const addRootFieldHooks = (schema: GraphQLSchema): void => {
  if (hooked.has(schema)) return;
  hooked.add(schema);
  const roots = [schema.getQueryType(), schema.getMutationType()];
  for (const type of Object.values(schema.getTypeMap())) {
    if (isAbstractType(type)) readPlainType(type);
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const hook = roots.includes(type) ? hookRootField : readPlain;
    for (const field of Object.values(type.getFields())) hook(field);
  }
};
