import { type GraphQLSchema, printSchema } from 'graphql';
import type { Schemas } from '../operations/schemas.ts';
import type { Options } from '../options.ts';
import type { ClassSchema } from '../parse/class-schema.ts';
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

/** So many schemas are kept: tests make one emulator after the other, of the same classes. */
const MOST_SCHEMAS = 12;

const built = new Map<string, GraphQLSchema>();

// All that a schema depends on, unless the application extends it by functions of its own.
const keyOf = (classes: readonly ClassSchema[], { legacyForms, functions }: Options): string =>
  JSON.stringify([
    legacyForms,
    Object.keys(functions ?? {}),
    classes.map(({ className, fields }) => [className, fields]),
  ]);

/** The schema of these classes, the same object for the same classes: it holds nothing of an emulator. */
const schemaOf = (classes: readonly ClassSchema[], options: Options): GraphQLSchema => {
  if (options.typeDefs) return createSchema(classes, options);
  const key = keyOf(classes, options);
  const schema = built.get(key) ?? createSchema(classes, options);
  built.delete(key);
  built.set(key, schema);
  if (built.size > MOST_SCHEMAS) built.delete(built.keys().next().value ?? '');
  return schema;
};

/** Builds the schema when it is first asked for, and again when a class has changed. */
export const createSchemaSource = (schemas: Schemas, options: Options, hasSessions: () => boolean): SchemaSource => {
  let schema: GraphQLSchema | undefined;
  let version = -1;
  const get = (): GraphQLSchema => {
    if (!schema || version !== schemas.version) {
      version = schemas.version;
      schema = schemaOf(schemas.list(), options);
    }
    return schema;
  };
  const getLean = (): GraphQLSchema | undefined => {
    if (hasSessions()) return undefined;
    const classes = schemas.list().filter(({ className }) => className !== '_Session');
    return schemaOf(classes, options);
  };
  return { get, getLean, print: () => printSchema(get()) };
};
