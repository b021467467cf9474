import type { GraphQLFieldResolver, GraphQLScalarType, GraphQLTypeResolver } from 'graphql';
import {
  buildASTSchema,
  type DocumentNode,
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

/**
 * Builds a schema from its definitions and puts the resolvers in place. graphql-tools' `makeExecutableSchema` does the same with
 * many checks, at several times the cost, which every start and every change of a class would pay.
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
    else if (isObjectType(type)) {
      const fields = type.getFields();
      for (const [name, resolve] of Object.entries(given)) {
        const field = fields[name];
        if (field) field.resolve = resolve as GraphQLFieldResolver<Loose, Loose>;
      }
    }
  }
  return schema;
};
