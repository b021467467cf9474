import { concatAST, type DocumentNode, GraphQLError, type GraphQLSchema, parse } from 'graphql';
import type { Options } from '../../options/table.ts';
import type { ClassSchema } from '../../parse/classes/schema.ts';
import type { GraphQLConfig } from '../../parse/graphql-config.ts';
import { once } from '../../parse/once.ts';
import { behaviourOf } from '../../parse/versions/versions.ts';
import { describeSchema } from '../descriptions/describe.ts';
import type { FindClass, GraphQLClass } from '../graphql-class.ts';
import { APPLICATION_MUTATIONS, APPLICATION_QUERIES, CLOUD_CODE_MUTATION } from '../resolvers/application.ts';
import { CLASS_ADMIN_MUTATIONS, CLASS_ADMIN_QUERIES, toSchemaFieldType } from '../resolvers/class-admin.ts';
import { classMutationResolvers, classQueryResolvers } from '../resolvers/classes.ts';
import { objectResolvers } from '../resolvers/objects.ts';
import { resolveViewer, viewerMutationResolvers } from '../resolvers/viewer.ts';
import { ACCOUNT_MUTATIONS, accountSdl } from './account-sdl.ts';
import { withApplicationSchema } from './application-schema.ts';
import { attachResolvers, type Resolvers } from './attach.ts';
import { BASE_SDL } from './base-sdl.ts';
import { classMutations, classQueries, classSdl } from './classes/class-sdl.ts';
import { type OwnNames, toGraphQLClasses } from './classes/naming.ts';
import { extendSchema } from './extend.ts';
import { isOfToday, toOlderResolvers, toOlderSchema } from './older-schema.ts';
import { addRootFieldHooks } from './root-field-hook.ts';
import { SCALARS } from './scalars.ts';

// Parse Server leaves out functions whose names cannot be GraphQL's; REST calls them still.
const isEnumValue = (name: string): boolean =>
  /^[_a-zA-Z][_a-zA-Z0-9]*$/.test(name) && !['true', 'false', 'null'].includes(name);

const cloudCodeSdl = (names: readonly string[]): string =>
  names.length === 0
    ? ''
    : `enum CloudCodeFunction { ${names.join(' ')} }
input CallCloudCodeInput { functionName: CloudCodeFunction! params: Object clientMutationId: String }
type CallCloudCodePayload { result: Any clientMutationId: String }`;

const rootSdl = (classes: readonly GraphQLClass[], functions: readonly string[], hasUsers: boolean): string => `
union ArrayResult = ${['Element', ...classes.flatMap(({ types }) => types.object ?? [])].join(' | ')}

type Query {
  node(id: ID!): Node
  ${classes.flatMap(classQueries).join('\n  ')}
  health: Boolean!
  ${hasUsers ? 'viewer: Viewer!' : ''}
  class(name: String!): Class!
  classes: [Class!]!
  cloudConfig(paramName: String!): ConfigValue!
}

type Mutation {
  ${classes.flatMap(classMutations).join('\n  ')}
  createFile(input: CreateFileInput!): CreateFilePayload
  ${hasUsers ? ACCOUNT_MUTATIONS : ''}
  ${functions.length > 0 ? 'callCloudCode(input: CallCloudCodeInput!): CallCloudCodePayload' : ''}
  createClass(input: CreateClassInput!): CreateClassPayload
  updateClass(input: UpdateClassInput!): UpdateClassPayload
  deleteClass(input: DeleteClassInput!): DeleteClassPayload
  updateCloudConfig(input: UpdateCloudConfigInput!): UpdateCloudConfigPayload
}
`;

const resolversOf = (classes: readonly GraphQLClass[], find: FindClass, hasFunctions: boolean): Resolvers => {
  const hasUsers = find('_User') !== undefined;
  const typeNames = new Map(classes.map(({ className, types }) => [className, types.object]));
  const memberType = ({ className }: { className?: string }): string =>
    (className === undefined ? undefined : typeNames.get(className)) ?? 'Element';
  const nodeType = ({ className = '' }: { className?: string }): string | undefined => {
    if (typeNames.has(className)) return typeNames.get(className);
    // Parse Server stumbles over a class that its schema does not show.
    throw new GraphQLError("Cannot read properties of undefined (reading 'classGraphQLOutputType')");
  };
  return {
    ...SCALARS,
    ...Object.fromEntries(
      classes.flatMap((graphQLClass) => {
        const { object } = graphQLClass.types;
        return object === undefined ? [] : [[object, objectResolvers(graphQLClass, find)]];
      }),
    ),
    Node: { __resolveType: nodeType },
    ParseObject: { __resolveType: nodeType },
    ArrayResult: { __resolveType: memberType },
    SchemaField: { __resolveType: toSchemaFieldType },
    Query: {
      ...Object.assign({}, ...classes.map((graphQLClass) => classQueryResolvers(graphQLClass, find))),
      ...APPLICATION_QUERIES,
      ...CLASS_ADMIN_QUERIES,
      ...(hasUsers && { viewer: resolveViewer }),
    },
    Mutation: {
      ...Object.assign({}, ...classes.map((graphQLClass) => classMutationResolvers(graphQLClass, find))),
      ...APPLICATION_MUTATIONS,
      ...(hasFunctions && CLOUD_CODE_MUTATION),
      ...CLASS_ADMIN_MUTATIONS,
      ...(hasUsers && viewerMutationResolvers(find)),
    },
  };
};

const namesIn = (sdl: string): readonly string[] =>
  [...sdl.matchAll(/^(?:type|input|enum|scalar|union|interface) (\w+)/gm)].flatMap(([, name]) => name ?? []);

const rootFieldsIn = (sdl: string, root: string): readonly string[] => {
  const [, body = ''] = sdl.match(new RegExp(`^type ${root} \\{([^}]*)\\}`, 'm')) ?? [];
  return [...body.matchAll(/^ +(\w+)/gm)].flatMap(([, name]) => name ?? []);
};

// What is there whatever classes there are: no class can have these names.
const ownNames = once((): OwnNames => {
  const roots = rootSdl([], ['any'], true);
  const texts = [BASE_SDL, accountSdl(undefined, () => undefined, true), cloudCodeSdl(['any']), roots];
  return {
    types: [...texts.flatMap(namesIn), 'Subscription', 'String', 'Int', 'Float', 'Boolean', 'ID'],
    queries: rootFieldsIn(roots, 'Query'),
    mutations: rootFieldsIn(roots, 'Mutation'),
  };
});

const baseDefinitions = once((): DocumentNode => parse(BASE_SDL, { noLocation: true }));

/** A schema as it was made. Nobody changes it: emulators of the same classes share it. */
export type MadeSchema = {
  readonly schema: GraphQLSchema;
  /** What the classes go without, a line for each class: names that others had before. */
  readonly namesTaken: readonly string[];
  /** What a function of the application has promised to make of it; `schema` stands for it until then. */
  readonly promised?: Promise<GraphQLSchema>;
};

/** What some who ask want of a schema, and for which others need not pay. */
export type Look = {
  /** Whether root fields ask the `rootFieldHook` of the context before they answer. */
  readonly isHooked: boolean;
  /** Whether types, fields and arguments have their descriptions. */
  readonly isDescribed: boolean;
};

/** What a schema is made of. */
export type SchemaParts = {
  readonly classes: readonly ClassSchema[];
  readonly functions: readonly string[];
  readonly config: GraphQLConfig;
  readonly options: Options;
} & Look;

const toLine = ({ className, taken: names }: GraphQLClass): string =>
  `The class ${className} goes without some of its names in GraphQL, since they are taken: ${names.join(', ')}`;

/** Sessions had a field more, that nobody ever set. */
const withRestricted = (schema: ClassSchema): ClassSchema =>
  schema.className === '_Session'
    ? { ...schema, fields: { ...schema.fields, restricted: { type: 'Boolean' } } }
    : schema;

type Made = {
  readonly definitions: DocumentNode;
  readonly resolvers: Resolvers;
  readonly classes: readonly GraphQLClass[];
  readonly options: Options;
};

const extend = (
  schema: GraphQLSchema,
  { definitions, resolvers, classes, options }: Made,
): { readonly schema: GraphQLSchema; readonly promised?: Promise<GraphQLSchema> } => {
  const { typeDefs } = options;
  if (typeDefs === undefined) return { schema };
  if (typeof typeDefs === 'string') {
    return { schema: extendSchema(definitions, resolvers, schema, { ...options, typeDefs }, classes) };
  }
  const made = withApplicationSchema(schema, typeDefs, classes);
  return made instanceof Promise ? { schema, promised: made } : { schema: made };
};

/**
 * The GraphQL schema that Parse Server has for these classes and functions as `config` shows them, with what the options add to it.
 * Throws for `typeDefs` that do not fit, and for names in `config` that GraphQL cannot have.
 */
export const createSchema = ({
  classes: schemas,
  functions: functionNames,
  config,
  options,
  isHooked,
  isDescribed,
}: SchemaParts): MadeSchema => {
  const behaviour = behaviourOf(options);
  const { schema: change } = behaviour;
  const shown = behaviour.hasRestrictedSessions ? schemas.map(withRestricted) : schemas;
  const classes = toGraphQLClasses(shown, ownNames(), config);
  const byName = new Map(classes.map((graphQLClass) => [graphQLClass.className, graphQLClass]));
  const find: FindClass = (className) => (className === undefined ? undefined : byName.get(className));
  const users = byName.get('_User');
  const functions = functionNames.filter(isEnumValue);
  const typeDefs = [
    ...(users ? [accountSdl(users, find, options.legacyForms)] : []),
    cloudCodeSdl(functions),
    ...classes.map((graphQLClass) => classSdl(graphQLClass, find)),
    rootSdl(classes, functions, users !== undefined),
  ].join('\n\n');
  const todaysResolvers = resolversOf(classes, find, functions.length > 0);
  const todays = concatAST([baseDefinitions(), parse(typeDefs, { noLocation: true })]);
  const isToday = isOfToday(change);
  const definitions = isToday ? todays : toOlderSchema(todays, change);
  const resolvers = isToday ? todaysResolvers : toOlderResolvers(todaysResolvers, change);
  const schema = attachResolvers(definitions, resolvers);
  const { schema: extended, promised } = extend(schema, { definitions, resolvers, classes, options });
  const namesTaken = classes.filter(({ taken }) => taken.length > 0).map(toLine);
  const finish = (made: GraphQLSchema): GraphQLSchema => {
    if (isHooked) addRootFieldHooks(made);
    if (isDescribed) describeSchema(made, classes);
    return made;
  };
  return promised
    ? { schema: extended, namesTaken, promised: promised.then(finish) }
    : { schema: finish(extended), namesTaken };
};
