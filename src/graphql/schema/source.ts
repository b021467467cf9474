import { type GraphQLSchema, printSchema } from 'graphql';
import type { Log } from '../../operations/context.ts';
import type { Schemas } from '../../operations/schemas.ts';
import type { Options } from '../../options/table.ts';
import type { ClassSchema } from '../../parse/classes/schema.ts';
import type { GraphQLConfig } from '../../parse/graphql-config.ts';
import { described } from '../descriptions/describe.ts';
import { createSchema, namesTaken, promisedOf } from './schema.ts';

/** The GraphQL schema of the present classes. */
export interface SchemaSource {
  /** The same object until a class changes. */
  get(): GraphQLSchema;
  /** Waits for a function of the application that makes the schema; undefined when there is nothing to wait for. Rejects with what it fails with. */
  ready(): Promise<void> | undefined;
  /**
   * The schema without sessions, until the first one was opened: Parse Server does not know the class before. The emulator
   * does, so that code generators find it, but does not suggest it to a client who mistypes a name.
   */
  getLean(): GraphQLSchema | undefined;
  /** The classes of the last schema, for another emulator of the same options. */
  shown(): readonly ClassSchema[] | undefined;
  /** The schema in the schema definition language. */
  print(): string;
}

/** So many schemas are kept: tests make one emulator after the other, of the same classes. */
const MOST_SCHEMAS = 12;

const built = new Map<string, GraphQLSchema>();

/** What a schema is made of beside its classes. */
type Making = { readonly functions: readonly string[]; readonly config: GraphQLConfig; readonly options: Options };

// All that a schema depends on, unless the application extends it by functions of its own.
const keyOf = (classes: readonly ClassSchema[], { functions, config, options }: Making): string =>
  JSON.stringify([options.legacyForms, config, functions, classes.map(({ className, fields }) => [className, fields])]);

/** The schema of these classes, the same object for the same classes: it holds nothing of an emulator. */
const schemaOf = (classes: readonly ClassSchema[], making: Making): GraphQLSchema => {
  const { functions, config, options } = making;
  if (options.typeDefs) return createSchema(classes, functions, config, options);
  const key = keyOf(classes, making);
  const schema = built.get(key) ?? createSchema(classes, functions, config, options);
  built.delete(key);
  built.set(key, schema);
  if (built.size > MOST_SCHEMAS) built.delete(built.keys().next().value ?? '');
  return schema;
};

/** What is wrong with a schema of these classes, if anything. */
const problemOf = (classes: readonly ClassSchema[], { config, options }: Making): string | undefined => {
  try {
    createSchema(classes, [], config, options);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

/**
 * The classes as far as they go with the application's own SDL: one that takes a name of it, as a new class or by a new field, stays
 * as it was before, or out, so that the rest of GraphQL goes on.
 */
const fitting = (
  classes: readonly ClassSchema[],
  before: readonly ClassSchema[],
  making: Making,
  log: Log,
): readonly ClassSchema[] => {
  let kept = before.filter((old) => classes.some(({ className }) => className === old.className));
  for (const one of classes) {
    if (kept.some((old) => keyOf([old], making) === keyOf([one], making))) continue;
    const tried = [...kept.filter(({ className }) => className !== one.className), one];
    const problem = problemOf(tried, making);
    if (problem === undefined) kept = tried;
    else log('error', `Failed to show the class ${one.className} in GraphQL as it is now: ${problem}`);
  }
  return kept;
};

// A test suite makes an emulator for each test, of the same classes.
const told = new Set<string>();

const tellOnce = (line: string, log: Log): void => {
  if (told.has(line)) return;
  told.add(line);
  log('warn', line);
};

/**
 * Builds the schema when it is first asked for, and again when a class has changed. `shown` are the classes that another emulator of
 * the same options has shown; without them, the first schema throws when its classes and `typeDefs` take the same names.
 */
export const createSchemaSource = (
  schemas: Schemas,
  options: Options,
  hasSessions: () => boolean,
  log: Log,
  functionNames: () => readonly string[],
  readConfig: () => GraphQLConfig,
  shown?: readonly ClassSchema[],
): SchemaSource => {
  let making: Making = { functions: [], config: {}, options };
  let schema: GraphQLSchema | undefined;
  let classes = shown;
  let version = -1;
  const build = (): GraphQLSchema => {
    const present = schemas.list();
    making = { functions: functionNames(), config: readConfig(), options };
    try {
      const built = schemaOf(present, making);
      classes = present;
      return built;
    } catch (error) {
      if (!classes) throw error;
      classes = fitting(present, classes, making, log);
      return schemaOf(classes, making);
    }
  };
  const get = (): GraphQLSchema => {
    const isPresent =
      version === schemas.version && making.functions === functionNames() && making.config === readConfig();
    if (!schema || !isPresent) {
      schema = build();
      version = schemas.version;
      for (const line of namesTaken(schema)) tellOnce(line, log);
    }
    return schema;
  };
  const ready = (): Promise<void> | undefined => {
    const present = get();
    return promisedOf(present)?.then((made) => {
      if (schema === present) schema = made;
    });
  };
  const getLean = (): GraphQLSchema | undefined => {
    if (hasSessions()) return undefined;
    get();
    return schemaOf(classes?.filter(({ className }) => className !== '_Session') ?? [], making);
  };
  return { get, ready, getLean, shown: () => classes, print: () => printSchema(described(get())) };
};
