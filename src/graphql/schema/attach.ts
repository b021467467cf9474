import type { GraphQLFieldResolver, GraphQLScalarType, GraphQLTypeResolver } from 'graphql';
import {
  buildASTSchema,
  type DocumentNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
  isScalarType,
} from 'graphql';
import type { GraphQLContext } from '../context.ts';

// biome-ignore lint/suspicious/noExplicitAny: graphql-js leaves sources and arguments to the schema
type Loose = any;

/** Resolvers by type name: of the fields of a type, of what an interface or a union stands for, and scalars as they are. */
export type Resolvers = {
  readonly [typeName: string]:
    | GraphQLScalarType
    | { readonly [field: string]: GraphQLFieldResolver<Loose, GraphQLContext, Loose> }
    | { readonly __resolveType: GraphQLTypeResolver<Loose, GraphQLContext> };
};

/** Where some fields of a type have resolvers, one without would answer null. */
const checkFields = (type: GraphQLObjectType): void => {
  const unresolved = Object.values(type.getFields()).find(({ resolve }) => !resolve);
  if (unresolved) throw new Error(`Failed to build the schema: ${type.name}.${unresolved.name} has no resolver`);
};

const attachFields = (type: GraphQLObjectType, resolvers: object): void => {
  const fields = type.getFields();
  for (const [name, resolve] of Object.entries(resolvers)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field) throw new Error(`Failed to build the schema: ${type.name}.${name} has a resolver, and no definition`);
    field.resolve = resolve as GraphQLFieldResolver<Loose, Loose>;
  }
  checkFields(type);
};

/**
 * Builds a schema from its definitions and puts the resolvers in place. graphql-tools' `makeExecutableSchema` does the same with
 * many checks, at several times the cost, which every start and every change of a class would pay. Throws when a resolver has no
 * definition, or a field no resolver, of the roots or of a type of which others have one: a misspelled name would else answer null for ever.
 */
export const attachResolvers = (definitions: DocumentNode, resolvers: Resolvers): GraphQLSchema => {
  const schema = buildASTSchema(definitions, { assumeValid: true, assumeValidSDL: true });
  for (const [typeName, given] of Object.entries(resolvers)) {
    const type = schema.getType(typeName);
    if (isScalarType(type) && isScalarType(given)) {
      Object.assign(type, {
        serialize: given.serialize,
        parseValue: given.parseValue,
        parseLiteral: given.parseLiteral,
      });
      // graphql 17 calls these by other names
      const { coerceOutputValue, coerceInputValue, coerceInputLiteral } = given as Loose;
      if (coerceInputValue) Object.assign(type, { coerceOutputValue, coerceInputValue, coerceInputLiteral });
    } else if (isAbstractType(type) && '__resolveType' in given)
      type.resolveType = given.__resolveType as GraphQLTypeResolver<Loose, Loose>;
    else if (isObjectType(type)) attachFields(type, given);
    else throw new Error(`Failed to build the schema: there are resolvers for ${typeName}, which it does not define`);
  }
  for (const type of [schema.getQueryType(), schema.getMutationType()]) if (type) checkFields(type);
  return schema;
};
