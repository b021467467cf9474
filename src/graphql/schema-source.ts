import { type GraphQLSchema, printSchema } from 'graphql';
import type { Schemas } from '../operations/schemas.ts';
import type { Options } from '../options.ts';
import { createSchema } from './schema.ts';

/** The GraphQL schema of the present classes. */
export interface SchemaSource {
  /** The same object until a class changes. */
  get(): GraphQLSchema;
  /**
   * The schema without sessions, until the first one was opened: Parse Server does not know the class before. The emulator
   * does, so that code generators find it, but does not suggest it to a client who mistypes a name.
   */
  getLean(): GraphQLSchema | undefined;
  /** The schema in the schema definition language. */
  print(): string;
}

/** Builds the schema when it is first asked for, and again when a class has changed. */
export const createSchemaSource = (schemas: Schemas, options: Options, hasSessions: () => boolean): SchemaSource => {
  let schema: GraphQLSchema | undefined;
  let version = -1;
  const get = (): GraphQLSchema => {
    if (!schema || version !== schemas.version) {
      version = schemas.version;
      schema = createSchema(schemas.list(), options);
    }
    return schema;
  };
  const getLean = (): GraphQLSchema | undefined => {
    if (hasSessions()) return undefined;
    const classes = schemas.list().filter(({ className }) => className !== '_Session');
    return createSchema(classes, options);
  };
  return { get, getLean, print: () => printSchema(get()) };
};
