import { DEFAULT_VERSION, PARSE_VERSIONS, type ParseVersion } from '../../parse/versions/versions.ts';

/** What is the emulator's own: Parse Server knows none of these. */
export const EMULATOR = {
  /** The version of Parse Server whose answers, defaults and schema these are; docs/versions.md says what differs. @default '9.10' */
  parseVersion: {
    group: 'emulator',
    kind: 'parseVersion',
    default: DEFAULT_VERSION as ParseVersion,
    text: `The version of Parse Server to be: ${PARSE_VERSIONS.join(', ')}` as string,
  },
  /** A text from which ids, tokens and salts follow; the clock stands at 2026-01-01 until it is advanced. */
  deterministic: { group: 'emulator', kind: 'text', text: 'A text that fixes ids, tokens and dates' },
  /** Whether errors carry their cause and a hint: GraphQL's in `extensions.emulator`, REST's in `emulator`. @default false */
  explain: {
    group: 'emulator',
    kind: 'flag',
    default: false,
    text: 'Errors carry their cause and a hint',
  },
  /** Further application ids, each with a state of its own that begins with the seed; 'any' takes whatever id comes. */
  apps: {
    group: 'emulator',
    kind: 'apps',
    text: 'Further application ids, each with a state of its own; any takes all',
  },
  /** Whether webhooks (`/hooks`) are called that are not on this machine. @default false */
  remoteWebhooks: {
    group: 'emulator',
    kind: 'flag',
    default: false,
    text: 'Call webhooks that are not on this machine, too',
  },
  /** The older forms of the GraphQL guide beside today's. @default true */
  legacyForms: {
    group: 'emulator',
    kind: 'flag',
    default: true,
    text: "The older forms of the GraphQL guide beside today's: userFields, logOut's viewer",
  },
  /** What extends the GraphQL schema, as Parse Server's `graphQLCustomTypeDefs`: SDL, a `GraphQLSchema`, or a function that makes it out of the emulator's own. */
  typeDefs: {
    group: 'emulator',
    kind: 'typeDefs',
    text: 'GraphQL SDL that extends the schema (a file, on the command line), a GraphQLSchema, or a function',
  },
  /** Mock values for the fields of `typeDefs`, by type name. */
  mocks: { group: 'emulator', kind: 'mocks', text: 'Mock values for the fields of typeDefs, by type name' },
  /** Resolvers for the fields of `typeDefs`, by type name and field name. */
  resolvers: {
    group: 'emulator',
    kind: 'resolvers',
    text: 'Resolvers for the fields of typeDefs, by type and field name',
  },
  /** The base-2 logarithm of the cost of a password hash, 4 to 31. @default 10 */
  bcryptRounds: {
    group: 'emulator',
    kind: 'rounds',
    default: 10,
    text: 'The cost of a password hash, 4 (quick) to 31',
  },
  /** Fixtures to begin with, unless the persistence holds objects already; `reset` comes back to them. A mistake rejects `ready`. */
  seed: { group: 'emulator', kind: 'seed', text: 'Fixtures to begin with, unless there is data already' },
  /** Where the state is kept; in memory if not given. */
  persistence: { group: 'emulator', kind: 'persistence', text: 'Where the state is kept; in memory if not given' },
  /** Makes and compares password hashes; bcryptjs does, on the calling thread, if not given. */
  passwordHasher: { group: 'emulator', kind: 'passwordHasher', text: 'Makes and compares password hashes' },
  /** The files of the playground by their names, and those of the console by `console/` and their names; the server brings its own. */
  playgroundAssets: {
    group: 'emulator',
    kind: 'playgroundAssets',
    text: 'The files of the playground and of the console; the server brings its own',
  },
} as const;
