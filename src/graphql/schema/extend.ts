import { type IExecutableSchemaDefinition, makeExecutableSchema } from '@graphql-tools/schema';
import {
  type DocumentNode,
  defaultFieldResolver,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  graphql,
  isInputObjectType,
  isObjectType,
  isTypeDefinitionNode,
  Kind,
  parse,
  validateSchema,
} from 'graphql';
import { thrownBy } from '../../operations/thrown.ts';
import { showSelf } from '../../operations/users/log-in.ts';
import type { CustomResolver, CustomResolvers, Options } from '../../options/table.ts';
import { UserError } from '../../parse/user-error.ts';
import { copy } from '../../store/frozen.ts';
import type { GraphQLContext } from '../context.ts';
import { toExecutionError, withoutReason } from '../errors.ts';
import type { GraphQLClass } from '../graphql-class.ts';
import { isObjectNode } from '../resolvers/object-node.ts';
import type { Resolvers } from './attach.ts';
import { byDirective, DIRECTIVES } from './directives.ts';
import { fillWithMocks } from './mocks.ts';
import { type IsOwn, readOwnObjects } from './own-objects.ts';

type IResolvers = NonNullable<IExecutableSchemaDefinition['resolvers']>;
type Resolver = GraphQLFieldResolver<unknown, GraphQLContext>;

type Who = Parameters<CustomResolver>[2];

/** Asks by the same context, of which a mutation in the question changes a copy. */
const asker =
  ({ context, headers }: GraphQLContext, schema: GraphQLSchema): Who['ask'] =>
  async (source, variableValues = {}) => {
    const { data, errors } = await graphql({
      schema,
      source,
      variableValues,
      contextValue: { context: { ...context }, ...(headers && { headers }) },
    });
    const told = errors?.map((error) => withoutReason(toExecutionError(error, context)));
    return { ...(data !== undefined && { data }), ...(told && { errors: told as NonNullable<Answer['errors']> }) };
  };

type Answer = Awaited<ReturnType<Who['ask']>>;

const fromCaller =
  (resolve: CustomResolver): Resolver =>
  (source, args, graphQL, info) => {
    const { context } = graphQL;
    const { isMaster, user, sessionToken } = context.auth;
    const self = user && showSelf(user, context); // the record holds secrets, such as the hash of the password
    const who = { isMaster, user: self, sessionToken, ask: asker(graphQL, info.schema) } as Who;
    const refuse = (error: unknown): never => {
      throw thrownBy(error, `the resolver of ${info.parentType.name}.${info.fieldName}`);
    };
    try {
      // the other fields of the object are still to be read
      const answer = resolve(isObjectNode(source) ? copy(source.record) : source, args, who, info);
      return answer instanceof Promise ? answer.catch(refuse) : answer;
    } catch (error) {
      return refuse(error);
    }
  };

// What the emulator leaves unsaid is null, and no mock's affair.
const asItStands: Resolver = (source, args, context, info) => defaultFieldResolver(source, args, context, info) ?? null;

/** Gives every field a resolver that is the emulator's own, or that the application says something of. */
const settle = (schema: GraphQLSchema, own: GraphQLSchema, resolvers: CustomResolvers): void => {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const before = own.getType(type.name);
    const known = isObjectType(before) ? before.getFields() : {};
    for (const field of Object.values(type.getFields())) {
      const given = resolvers[type.name]?.[field.name];
      if (Object.hasOwn(known, field.name)) field.resolve ??= asItStands;
      else if (given) field.resolve = fromCaller(given);
      else {
        const directed = byDirective(schema, field);
        if (directed) field.resolve = directed;
      }
    }
  }
};

// graphql-tools would merge types and fields of the same name without a word, and mock subscriptions.
const checkDefinitions = (typeDefs: string, own: GraphQLSchema): void => {
  for (const node of parse(typeDefs).definitions) {
    if (node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION)
      throw new UserError('schema: the roots are Query and Mutation, as Parse Server has them');
    const name = 'name' in node ? node.name?.value : undefined;
    if (
      node.kind === Kind.DIRECTIVE_DEFINITION &&
      (own.getDirective(node.name.value) || ['mock', 'resolve'].includes(node.name.value))
    )
      throw new UserError(`@${name} is the emulator's own directive`);
    const type = name === undefined ? undefined : own.getType(name);
    if (name === 'Subscription') throw new UserError('Subscription: the API of Parse Server has no subscriptions');
    if (type && isTypeDefinitionNode(node))
      throw new UserError(`${name} is the emulator's own: extend it (extend … ${name})`);
    if (isInputObjectType(type))
      throw new UserError(`${name}: nobody would read what is added to an input of the emulator's own`);
    if (!isObjectType(type) || !('fields' in node)) continue;
    const taken = node.fields?.find(({ name }) => Object.hasOwn(type.getFields(), name.value));
    if (taken) throw new UserError(`${type.name}.${taken.name.value} is the emulator's own field`);
  }
};

const checkResolvers = (schema: GraphQLSchema, own: GraphQLSchema, resolvers: CustomResolvers): void => {
  for (const [typeName, fields] of Object.entries(resolvers)) {
    const type = schema.getType(typeName);
    const before = own.getType(typeName);
    for (const name of Object.keys(fields)) {
      if (!isObjectType(type) || !type.getFields()[name])
        throw new UserError(`Failed to extend the schema: resolvers.${typeName}.${name} has no field in typeDefs`);
      if (isObjectType(before) && before.getFields()[name])
        throw new UserError(`Failed to extend the schema: ${typeName}.${name} is the emulator's own field`);
    }
  }
};

/** What is wrong, and in which line of the application's SDL, where that is known. */
const problemOf = (error: unknown): string => {
  if (!(error instanceof GraphQLError)) return error instanceof Error ? error.message : String(error);
  const [place] = error.locations ?? [];
  return place ? `${error.message} (line ${place.line}, column ${place.column})` : error.message;
};

const build = (typeDefs: DocumentNode, more: string, resolvers: Resolvers, own: GraphQLSchema): GraphQLSchema => {
  try {
    checkDefinitions(more, own);
    const schema = makeExecutableSchema({
      typeDefs: [typeDefs, DIRECTIVES, more],
      resolvers: { ...resolvers } as IResolvers,
    });
    const [invalid] = validateSchema(schema);
    if (invalid) throw invalid;
    return schema;
  } catch (error) {
    throw new UserError(`Failed to extend the schema: typeDefs: ${problemOf(error)}`, { cause: error });
  }
};

/**
 * The schema with the application's own SDL added to it. Its fields answer by their resolver, by the function that `@resolve`
 * names, with what `@mock(with:)` says, or with mock values; every field of the emulator's own stays as it is.
 * Throws for SDL that does not fit.
 */
export const extendSchema = (
  typeDefs: DocumentNode,
  resolvers: Resolvers,
  own: GraphQLSchema,
  options: Options & { readonly typeDefs: string },
  classes: readonly GraphQLClass[],
): GraphQLSchema => {
  const schema = build(typeDefs, options.typeDefs, resolvers, own);
  const given = options.resolvers ?? {};
  checkResolvers(schema, own, given);
  settle(schema, own, given);
  fillWithMocks(schema, options);
  const isOwn: IsOwn = ({ name }, typeName) => {
    const before = own.getType(typeName);
    return isObjectType(before) && Object.hasOwn(before.getFields(), name);
  };
  readOwnObjects(schema, isOwn, classes);
  return schema;
};
