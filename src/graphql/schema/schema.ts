import { concatAST, type DocumentNode, type GraphQLSchema, parse } from 'graphql';
import type { Options } from '../../options/table.ts';
import type { ClassSchema } from '../../parse/classes/schema.ts';
import type { FindClass, GraphQLClass } from '../graphql-class.ts';
import { APPLICATION_MUTATIONS, APPLICATION_QUERIES, CLOUD_CODE_MUTATION } from '../resolvers/application.ts';
import { CLASS_ADMIN_MUTATIONS, CLASS_ADMIN_QUERIES, toSchemaFieldType } from '../resolvers/class-admin.ts';
import { classMutationResolvers, classQueryResolvers } from '../resolvers/classes.ts';
import { objectResolvers } from '../resolvers/objects.ts';
import { resolveViewer, viewerMutationResolvers } from '../resolvers/viewer.ts';
import { attachResolvers, type Resolvers } from './attach.ts';
import { BASE_SDL, viewerSdl } from './base-sdl.ts';
import { classMutations, classQueries, classSdl, inputType } from './class-sdl.ts';
import { extendSchema } from './extend.ts';
import { type OwnNames, toGraphQLClasses } from './naming.ts';
import { SCALARS } from './scalars.ts';

const CREDENTIALS: readonly string[] = ['username', 'password', 'authData'];

// A third party tells who the user is; everything else of a new user can be said beside it.
const logInWithSdl = (users: GraphQLClass | undefined, find: FindClass): string => {
  const fields = (users?.fields ?? []).filter(([name]) => !CREDENTIALS.includes(name));
  return `input UserLoginWithInput {\n  ACL: ACLInput\n  ${fields.map(([name, field]) => `${name}: ${inputType(field, find)}`).join('\n  ')}\n}`;
};

// Parse Server leaves out functions whose names cannot be GraphQL's; REST calls them still.
const isEnumValue = (name: string): boolean =>
  /^[_a-zA-Z][_a-zA-Z0-9]*$/.test(name) && !['true', 'false', 'null'].includes(name);

const cloudCodeSdl = (names: readonly string[]): string =>
  names.length === 0
    ? ''
    : `enum CloudCodeFunction { ${names.join(' ')} }
input CallCloudCodeInput { functionName: CloudCodeFunction! params: Object clientMutationId: String }
type CallCloudCodePayload { result: Any clientMutationId: String }`;

const rootSdl = (classes: readonly GraphQLClass[], functions: readonly string[]): string => `
union ArrayResult = ${['Element', ...classes.flatMap(({ types }) => types.object ?? [])].join(' | ')}

type Query {
  node(id: ID!): Node
  ${classes.flatMap(classQueries).join('\n  ')}
  health: Boolean!
  viewer: Viewer!
  class(name: String!): Class!
  classes: [Class!]!
  cloudConfig(paramName: String!): ConfigValue!
}

type Mutation {
  ${classes.flatMap(classMutations).join('\n  ')}
  createFile(input: CreateFileInput!): CreateFilePayload
  signUp(input: SignUpInput!): SignUpPayload
  logInWith(input: LogInWithInput!): LogInWithPayload
  logIn(input: LogInInput!): LogInPayload
  logOut(input: LogOutInput!): LogOutPayload
  resetPassword(input: ResetPasswordInput!): ResetPasswordPayload
  confirmResetPassword(input: ConfirmResetPasswordInput!): ConfirmResetPasswordPayload
  sendVerificationEmail(input: SendVerificationEmailInput!): SendVerificationEmailPayload
  challenge(input: ChallengeInput!): ChallengePayload
  ${functions.length > 0 ? 'callCloudCode(input: CallCloudCodeInput!): CallCloudCodePayload' : ''}
  createClass(input: CreateClassInput!): CreateClassPayload
  updateClass(input: UpdateClassInput!): UpdateClassPayload
  deleteClass(input: DeleteClassInput!): DeleteClassPayload
  updateCloudConfig(input: UpdateCloudConfigInput!): UpdateCloudConfigPayload
}
`;

const resolversOf = (classes: readonly GraphQLClass[], find: FindClass, hasFunctions: boolean): Resolvers => {
  const typeNames = new Map(classes.map(({ className, types }) => [className, types.object]));
  const typeOf = ({ className }: { className?: string }): string | undefined =>
    className === undefined ? 'Element' : typeNames.get(className);
  return {
    ...SCALARS,
    ...Object.fromEntries(
      classes.flatMap((graphQLClass) => {
        const { object } = graphQLClass.types;
        return object === undefined ? [] : [[object, objectResolvers(graphQLClass, find)]];
      }),
    ),
    Node: { __resolveType: typeOf },
    ParseObject: { __resolveType: typeOf },
    ArrayResult: { __resolveType: typeOf },
    SchemaField: { __resolveType: toSchemaFieldType },
    Query: {
      ...Object.assign({}, ...classes.map((graphQLClass) => classQueryResolvers(graphQLClass, find))),
      ...APPLICATION_QUERIES,
      ...CLASS_ADMIN_QUERIES,
      viewer: resolveViewer,
    },
    Mutation: {
      ...Object.assign({}, ...classes.map((graphQLClass) => classMutationResolvers(graphQLClass, find))),
      ...APPLICATION_MUTATIONS,
      ...(hasFunctions && CLOUD_CODE_MUTATION),
      ...CLASS_ADMIN_MUTATIONS,
      ...viewerMutationResolvers(find),
    },
  };
};

const namesIn = (sdl: string): readonly string[] =>
  [...sdl.matchAll(/^(?:type|input|enum|scalar|union|interface) (\w+)/gm)].flatMap(([, name]) => name ?? []);

const rootFieldsIn = (sdl: string, root: string): readonly string[] => {
  const [, body = ''] = sdl.match(new RegExp(`^type ${root} \\{([^}]*)\\}`, 'm')) ?? [];
  return [...body.matchAll(/^ +(\w+)/gm)].flatMap(([, name]) => name ?? []);
};

let own: OwnNames | undefined;

// What is there whatever classes there are: no class can have these names.
const ownNames = (): OwnNames => {
  const roots = rootSdl([], ['any']);
  const texts = [BASE_SDL, viewerSdl(true), logInWithSdl(undefined, () => undefined), cloudCodeSdl(['any']), roots];
  own ??= {
    types: [...texts.flatMap(namesIn), 'Subscription', 'String', 'Int', 'Float', 'Boolean', 'ID'],
    queries: rootFieldsIn(roots, 'Query'),
    mutations: rootFieldsIn(roots, 'Mutation'),
  };
  return own;
};

let base: DocumentNode | undefined;

// Read when it is first needed, and only once.
const baseDefinitions = (): DocumentNode => {
  base ??= parse(BASE_SDL, { noLocation: true });
  return base;
};

const taken = new WeakMap<GraphQLSchema, readonly string[]>();

/** What the classes of a schema go without, a line for each class: names that others had before. */
export const namesTaken = (schema: GraphQLSchema): readonly string[] => taken.get(schema) ?? [];

const toLine = ({ className, taken: names }: GraphQLClass): string =>
  `The class ${className} goes without some of its names in GraphQL, since they are taken: ${names.join(', ')}`;

/**
 * The GraphQL schema that Parse Server has for these classes and functions, with what the options add to it. Throws for `typeDefs`
 * that do not fit.
 */
export const createSchema = (
  schemas: readonly ClassSchema[],
  functionNames: readonly string[],
  options: Options,
): GraphQLSchema => {
  const classes = toGraphQLClasses(schemas, ownNames());
  const byName = new Map(classes.map((graphQLClass) => [graphQLClass.className, graphQLClass]));
  const find: FindClass = (className) => (className === undefined ? undefined : byName.get(className));
  const functions = functionNames.filter(isEnumValue);
  const typeDefs = [
    viewerSdl(options.legacyForms),
    logInWithSdl(byName.get('_User'), find),
    cloudCodeSdl(functions),
    ...classes.map((graphQLClass) => classSdl(graphQLClass, find)),
    rootSdl(classes, functions),
  ].join('\n\n');
  const resolvers = resolversOf(classes, find, functions.length > 0);
  const definitions = concatAST([baseDefinitions(), parse(typeDefs, { noLocation: true })]);
  const schema = attachResolvers(definitions, resolvers);
  const extended = options.typeDefs ? extendSchema(definitions, resolvers, schema, options, classes) : schema;
  taken.set(extended, classes.filter((graphQLClass) => graphQLClass.taken.length > 0).map(toLine));
  return extended;
};
