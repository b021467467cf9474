import type { GraphQLFieldResolver, GraphQLResolveInfo } from 'graphql';
import type { Context } from '../../operations/context.ts';
import { createObject, deleteObject, updateObject } from '../../operations/objects/objects.ts';
import { getObject } from '../../operations/queries/queries.ts';
import { ParseError } from '../../parse/error.ts';
import { isObject, type JsonObject } from '../../parse/record.ts';
import type { GraphQLContext } from '../context.ts';
import type { FindClass, GraphQLClass } from '../graphql-class.ts';
import { findConnection, type ListArguments } from './connection.ts';
import { fromFieldsInput } from './fields-input.ts';
import { toObjectId } from './global-id.ts';
import { type ObjectNode, toNode } from './object-node.ts';
import { type Selected, selectedAt, selectedBelow } from './selection.ts';
import { wanted, wantedOf } from './wanted.ts';
import { fromWhereInput } from './where-input.ts';

/** A resolver of a query or a mutation. */
export type RootResolver<Arguments> = GraphQLFieldResolver<unknown, GraphQLContext, Arguments>;

/** The one argument of a mutation. */
export type Input<Fields = object> = { readonly input: Fields & { readonly clientMutationId?: string | null } };

type Writing = { readonly id: string; readonly fields?: JsonObject | null };

const read = (className: string, objectId: string, selected: Selected, context: Context): Promise<JsonObject> =>
  getObject(className, objectId, wantedOf(className, selected, context), context);

/** One object of a class by its id, with what is selected below it followed. */
export const resolveObject = async (
  className: string,
  objectId: string,
  info: GraphQLResolveInfo,
  context: Context,
): Promise<ObjectNode> => ({
  className,
  record: await read(className, objectId, selectedBelow(info), context),
});

// What the client took away is null for it, whatever else is known.
const withoutRemoved = (fields: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, isObject(value) && value['__op'] === 'Delete' ? null : value]),
  );

// With authData among them, Parse Server makes no list of fields, and a delete then shows none.
const showsMoreThanIds = (selected: Selected): boolean =>
  wanted(selected).keys?.some((path) => path !== 'objectId') === true;

// Parse Server reads by the id that the answer to the write has.
const createdId = ({ objectId }: JsonObject): string => {
  if (typeof objectId !== 'string') throw new ParseError('OBJECT_NOT_FOUND', 'Object not found.');
  return objectId;
};

/** The queries of a class. */
export const classQueryResolvers = (
  graphQLClass: GraphQLClass,
  find: FindClass,
): { [field: string]: RootResolver<never> } => {
  const { className, getQuery, findQuery } = graphQLClass;
  const findOne: RootResolver<{ id: string }> = async (_, { id }, { context }, info) =>
    toNode(graphQLClass, await read(className, toObjectId(id, className), selectedBelow(info), context));
  const findMany: RootResolver<ListArguments> = (_, args, { context }, info) =>
    findConnection(graphQLClass, fromWhereInput(args.where, graphQLClass, find), args, info, context);
  return {
    ...(getQuery !== undefined && { [getQuery]: findOne }),
    ...(findQuery !== undefined && { [findQuery]: findMany }),
  };
};

/**
 * The mutations of a class. What was written is read back, which takes the right to read; what the write itself says fills in
 * what the reader may not see.
 */
export const classMutationResolvers = (
  graphQLClass: GraphQLClass,
  find: FindClass,
): { [field: string]: RootResolver<never> } => {
  const { className, one, mutations } = graphQLClass;

  const create: RootResolver<Input<Omit<Writing, 'id'>>> = async (_, { input }, { context }, info) => {
    const fields = await fromFieldsInput(input.fields ?? {}, graphQLClass, { find, context });
    const created = await createObject(className, fields, context);
    const selected = selectedAt(selectedBelow(info), one);
    const { answer } = created;
    const known = { ...answer, updatedAt: answer['createdAt'] ?? '', ...withoutRemoved(fields) };
    const seen = await read(className, createdId(answer), selected, context);
    return { [one]: toNode(graphQLClass, { ...known, ...seen }), clientMutationId: input.clientMutationId };
  };

  const update: RootResolver<Input<Writing>> = async (_, { input }, { context }, info) => {
    const objectId = toObjectId(input.id, className);
    const fields = await fromFieldsInput(input.fields ?? {}, graphQLClass, { find, context });
    const updated = await updateObject(className, objectId, fields, context);
    const selected = selectedAt(selectedBelow(info), one);
    const seen = await read(className, objectId, selected, context);
    const record = { objectId, ...updated, ...withoutRemoved(fields), ...seen };
    return { [one]: toNode(graphQLClass, record), clientMutationId: input.clientMutationId };
  };

  const remove: RootResolver<Input<Writing>> = async (_, { input }, { context }, info) => {
    const objectId = toObjectId(input.id, className);
    const selected = selectedAt(selectedBelow(info), one);
    const record = showsMoreThanIds(selected) ? await read(className, objectId, selected, context) : { objectId };
    await deleteObject(className, objectId, context);
    return { [one]: toNode(graphQLClass, record), clientMutationId: input.clientMutationId };
  };

  const resolvers = { Create: create, Update: update, Delete: remove };
  return Object.fromEntries(
    mutations.flatMap(({ verb, name }) => (name === undefined ? [] : [[name, resolvers[verb]]])),
  );
};
