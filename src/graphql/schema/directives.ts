import {
  type FieldDefinitionNode,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  getDirectiveValues,
} from 'graphql';
import { callFunction } from '../../operations/functions/functions.ts';
import type { Json } from '../../parse/record.ts';
import type { GraphQLContext } from '../context.ts';

type Resolver = GraphQLFieldResolver<unknown, GraphQLContext>;

/** Parse Server's own directives for fields that an application adds. */
export const DIRECTIVES = `
directive @resolve(to: String) on FIELD_DEFINITION
directive @mock(with: Any!) on FIELD_DEFINITION
`;

const byFunction =
  (name: string): Resolver =>
  async (_, args, { context }) =>
    (await callFunction(name, args as Json, context)).result;

const directiveOf = (
  schema: GraphQLSchema,
  name: string,
  node: FieldDefinitionNode,
): { [argument: string]: unknown } | undefined => {
  const directive = schema.getDirective(name);
  return directive ? getDirectiveValues(directive, node) : undefined;
};

/** How a field answers of which a directive says so: by the function that `@resolve` names, or by what `@mock` says. */
export const byDirective = (
  schema: GraphQLSchema,
  field: GraphQLField<unknown, GraphQLContext>,
): Resolver | undefined => {
  if (!field.astNode) return undefined;
  const mock = directiveOf(schema, 'mock', field.astNode);
  if (mock) return () => mock['with'];
  const resolve = directiveOf(schema, 'resolve', field.astNode);
  return resolve && byFunction(typeof resolve['to'] === 'string' ? resolve['to'] : field.name);
};
