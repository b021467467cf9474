import { type GraphQLSchema, printSchema } from 'graphql';
import type { Log } from '../../operations/context.ts';
import type { Schemas } from '../../operations/schemas.ts';
import type { Options } from '../../options/table.ts';
import type { ClassSchema } from '../../parse/classes/schema.ts';
import type { GraphQLConfig } from '../../parse/graphql-config.ts';
import { behaviourOf } from '../../parse/versions/versions.ts';
import { createSchema, type Look, type MadeSchema, type SchemaParts } from './schema.ts';

/** What an emulator has shown of its schema. */
export type Shown = {
  /** The classes of the last schema; undefined before the first. */
  readonly classes: readonly ClassSchema[] | undefined;
  /** The warnings that were given: nobody wants to read one twice. */
  readonly warnings: readonly string[];
};

/** The GraphQL schema of the present classes. */
export interface SchemaSource {
  /** The same object for the same look, until a class changes. */
  get(look?: Look): GraphQLSchema;
  /** Waits for a function of the application that makes the schema; undefined when there is nothing to wait for. Rejects with what it fails with. */
  ready(): Promise<void> | undefined;
  /**
   * The schema without sessions, until the first one was opened: Parse Server does not know the class before. The emulator
   * does, so that code generators find it, but does not suggest it to a client who mistypes a name.
   */
  getLean(): GraphQLSchema | undefined;
  /** What has been shown, for another emulator of the same options. */
  shown(): Shown;
  /** The schema in the schema definition language. */
  print(): string;
}

/** So many schemas are kept: tests make one emulator after the other, of the same classes. */
const MOST_SCHEMAS = 24;

const built = new Map<string, MadeSchema>();

const PLAIN: Look = { isHooked: false, isDescribed: false };
const WHOLE: Look = { isHooked: true, isDescribed: true };

/** What a schema is made of beside its classes. */
type Making = Omit<SchemaParts, 'classes'>;

// All that a schema depends on, unless the application extends it by functions of its own.
const keyOf = (
  classes: readonly ClassSchema[],
  { functions, config, options, isHooked, isDescribed }: Making,
): string =>
  JSON.stringify([
    options.legacyForms,
    behaviourOf(options).schema,
    isHooked,
    isDescribed,
    config,
    functions,
    classes.map(({ className, fields }) => [className, fields]),
  ]);

/** The schema of these classes, the same object for the same classes: it holds nothing of an emulator. */
const schemaOf = (classes: readonly ClassSchema[], making: Making): MadeSchema => {
  const parts = { ...making, classes };
  if (making.options.typeDefs) return createSchema(parts);
  const key = keyOf(classes, making);
  const schema = built.get(key) ?? createSchema(parts);
  built.delete(key);
  built.set(key, schema);
  if (built.size > MOST_SCHEMAS) built.delete(built.keys().next().value ?? '');
  return schema;
};

/** What is wrong with a schema of these classes, if anything. */
const problemOf = (classes: readonly ClassSchema[], making: Making): string | undefined => {
  try {
    createSchema({ ...making, classes, functions: [] });
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

/** The schema of the present classes, or of as many as fit when there was one before. */
const buildAnew = (
  present: readonly ClassSchema[],
  before: readonly ClassSchema[] | undefined,
  making: Making,
  log: Log,
): { readonly schema: MadeSchema; readonly classes: readonly ClassSchema[] } => {
  try {
    return { schema: schemaOf(present, making), classes: present };
  } catch (error) {
    if (!before) throw error;
    const classes = fitting(present, before, making, log);
    return { schema: schemaOf(classes, making), classes };
  }
};

/** Gives each warning once. */
const createWarnings = (log: Log, given: readonly string[] = []) => {
  const lines = new Set(given);
  return {
    tell: (all: readonly string[]): void => {
      for (const line of all) {
        if (!lines.has(line)) log('warn', line);
        lines.add(line);
      }
    },
    list: (): readonly string[] => [...lines],
  };
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
  shown?: Shown,
): SchemaSource => {
  // The application's own SDL makes a schema of this emulator alone, with mocks that keep what they have answered: one is enough.
  const isOwn = options.typeDefs !== undefined;
  const look = isOwn ? WHOLE : PLAIN;
  let making: Making = { functions: [], config: {}, options, ...look };
  let schema: GraphQLSchema | undefined;
  let promised: Promise<GraphQLSchema> | undefined;
  let classes = shown?.classes;
  const warnings = createWarnings(log, shown?.warnings);
  let version = -1;
  const get = (): GraphQLSchema => {
    const isPresent =
      version === schemas.version && making.functions === functionNames() && making.config === readConfig();
    if (!schema || !isPresent) {
      making = { functions: functionNames(), config: readConfig(), options, ...look };
      const made = buildAnew(schemas.list(), classes, making, log);
      ({ classes } = made);
      ({ schema, promised } = made.schema);
      version = schemas.version;
      warnings.tell(made.schema.namesTaken);
    }
    return schema;
  };
  const ready = (): Promise<void> | undefined => {
    const present = get();
    return promised?.then((made) => {
      if (schema === present) schema = made;
    });
  };
  const getLean = (): GraphQLSchema | undefined => {
    if (hasSessions()) return undefined;
    get();
    return schemaOf(classes?.filter(({ className }) => className !== '_Session') ?? [], making).schema;
  };
  const lookAt = (look: Look): GraphQLSchema => {
    const present = get();
    if (isOwn || !classes || !(look.isHooked || look.isDescribed)) return present;
    return schemaOf(classes, { ...making, ...look }).schema;
  };
  return {
    get: (look = PLAIN) => lookAt(look),
    ready,
    getLean,
    shown: () => ({ classes, warnings: warnings.list() }),
    print: () => printSchema(lookAt({ isHooked: false, isDescribed: true })),
  };
};
