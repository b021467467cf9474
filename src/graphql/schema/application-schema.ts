import {
  assertSchema,
  type DocumentNode,
  defaultFieldResolver,
  GraphQLError,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  isObjectType,
  parse,
} from 'graphql';
import type { Options } from '../../options/table.ts';
import { once } from '../../parse/once.ts';
import { UserError } from '../../parse/user-error.ts';
import { copy } from '../../store/frozen.ts';
import type { GraphQLContext } from '../context.ts';
import type { GraphQLClass } from '../graphql-class.ts';
import { withParseNames } from '../parse-context.ts';
import { isObjectNode } from '../resolvers/object-node.ts';
import { byDirective, DIRECTIVES } from './directives.ts';
import { mergeInto } from './merge.ts';
import { type IsOwn, readOwnObjects } from './own-objects.ts';

type Field = GraphQLField<unknown, GraphQLContext>;
type Resolver = GraphQLFieldResolver<unknown, GraphQLContext>;

const eachField = (schema: GraphQLSchema, visit: (field: Field, typeName: string) => void): void => {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) visit(field, type.name);
  }
};

/** Tells the fields that are still the emulator's own from those that the application has put in their place, or beside them. */
const rememberOwn = (schema: GraphQLSchema): IsOwn => {
  const own = new Map<string, unknown>();
  eachField(schema, ({ name, resolve }, typeName) => own.set(`${typeName}.${name}`, resolve));
  return ({ name, resolve }, typeName) => {
    const place = `${typeName}.${name}`;
    return own.has(place) && own.get(place) === resolve;
  };
};

// The application reads an object as REST has it; the emulator's own resolvers, which it may call, find theirs beside that.
const toSource = (source: unknown): unknown =>
  isObjectNode(source)
    ? Object.defineProperties(copy(source.record), {
        className: { value: source.className },
        record: { value: source.record },
      })
    : source;

// Parse Server hands on the message of what the application throws, and not its code.
const asThrown = (error: unknown): GraphQLError => {
  if (error instanceof GraphQLError) return error;
  return new GraphQLError(error instanceof Error ? error.message : `Unexpected error value: ${JSON.stringify(error)}`);
};

const byApplication =
  (resolve: Resolver): Resolver =>
  async (source, args, who, info) => {
    try {
      return await resolve(toSource(source), args, withParseNames(who), info);
    } catch (error) {
      throw asThrown(error);
    }
  };

/** Puts the fields of the application's own in place. */
const settle = (schema: GraphQLSchema, isOwn: IsOwn, classes: readonly GraphQLClass[]): GraphQLSchema => {
  const given = new Set<Field>();
  eachField(schema, (field, typeName) => {
    if (isOwn(field, typeName)) return;
    field.resolve = byApplication(field.resolve ?? defaultFieldResolver);
    given.add(field);
  });
  // Objects of a class whose fields are answered by others, as in a stitched schema, are theirs to read.
  const readable = classes.filter(({ types }) => {
    const type = types.object === undefined ? undefined : schema.getType(types.object);
    const { objectId } = isObjectType(type) ? type.getFields() : {};
    return objectId !== undefined && !given.has(objectId);
  });
  readOwnObjects(schema, (field) => !given.has(field), readable);
  return schema;
};

const withDirectives = (schema: GraphQLSchema): GraphQLSchema => {
  eachField(schema, (field) => {
    const resolve = byDirective(schema, field);
    if (resolve) field.resolve = resolve;
  });
  return schema;
};

const directiveDefinitions = once((): DocumentNode => parse(DIRECTIVES));

type Custom = Exclude<NonNullable<Options['typeDefs']>, string>;

const checked = (schema: unknown): GraphQLSchema => {
  try {
    return assertSchema(schema);
  } catch (cause) {
    throw new UserError(`Failed to extend the schema: typeDefs: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  }
};

/**
 * The schema with that of the application in it, or as a function of the application makes it of the emulator's own. Throws for what
 * is not a schema.
 */
export const withApplicationSchema = (
  own: GraphQLSchema,
  custom: Custom,
  classes: readonly GraphQLClass[],
): GraphQLSchema | Promise<GraphQLSchema> => {
  const isOwn = rememberOwn(own);
  if (typeof custom !== 'function') {
    mergeInto(own, checked(custom));
    return settle(own, isOwn, classes);
  }
  const made: unknown = custom({
    autoSchema: own,
    directivesDefinitionsSchema: directiveDefinitions(),
    graphQLSchemaDirectives: withDirectives,
  });
  const finish = (schema: unknown): GraphQLSchema => settle(checked(schema), isOwn, classes);
  return made instanceof Promise ? made.then(finish) : finish(made);
};
