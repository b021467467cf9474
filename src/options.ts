import type { OptionKinds } from './option-kinds.ts';

export type {
  AccountLockout,
  AuthProviderOptions,
  CloudFunction,
  CustomResolver,
  CustomResolvers,
  PasswordPolicy,
  PlaygroundAssets,
  SchemaOptions,
} from './option-kinds.ts';

/** What kind of value an option takes. */
export type OptionKind = keyof OptionKinds;

/** Where an option stands in `--help` and in the README. */
export type OptionGroup = 'keys' | 'server' | 'users' | 'mail' | 'passwords' | 'sessions' | 'classes' | 'emulator';

/** One row of the table of options. */
export type OptionRow = {
  readonly group: OptionGroup;
  readonly kind: OptionKind;
  /** One sentence, for `--help`, the README and the editor. */
  readonly text: string;
  /** What holds when the option is not given; absent: nothing is set. */
  readonly default?: string | number | boolean;
};

/**
 * Every option, once: its type, the flag (the name in kebab-case), the README's row and the check of a config come from here.
 * Names and defaults are Parse Server's; the last group is the emulator's own.
 */
export const OPTIONS = {
  /** The application id that every request must bring. @default 'APPLICATION_ID' */
  appId: {
    group: 'keys',
    kind: 'text',
    default: 'APPLICATION_ID',
    text: 'The application id that every request must bring',
  },
  /** The key that may do everything. @default 'MASTER_KEY' */
  masterKey: { group: 'keys', kind: 'text', default: 'MASTER_KEY', text: 'The key that may do everything' },
  /** The name of the application, as mails show it. @default 'parse-users-emulator' */
  appName: {
    group: 'keys',
    kind: 'text',
    default: 'parse-users-emulator',
    text: 'The name of the application, as mails show it',
  },
  /** A key that clients must send, once it is set. */
  clientKey: { group: 'keys', kind: 'text', text: 'A key that clients must send, once it is set (X-Parse-Client-Key)' },
  /** A key that clients must send, once it is set. */
  javascriptKey: {
    group: 'keys',
    kind: 'text',
    text: 'A key that clients must send, once it is set (X-Parse-Javascript-Key)',
  },
  /** A key that clients must send, once it is set. */
  restAPIKey: {
    group: 'keys',
    kind: 'text',
    text: 'A key that clients must send, once it is set (X-Parse-REST-API-Key)',
  },
  /** A key that clients must send, once it is set. */
  dotNetKey: {
    group: 'keys',
    kind: 'text',
    text: 'A key that clients must send, once it is set (X-Parse-Windows-Key)',
  },
  /** The address of the REST API; the server fills in its own. @default 'http://localhost:1337/parse' */
  serverURL: {
    group: 'server',
    kind: 'address',
    default: 'http://localhost:1337/parse',
    text: 'The address of the REST API; the server fills in its own',
  },
  /** The address that mail links and files carry; the same as serverURL if not given. */
  publicServerURL: {
    group: 'server',
    kind: 'address',
    text: 'The address that links in mails and of files carry; serverURL if not given',
  },
  /** The origins that browsers may ask from; the first is named to all others. @default '*' */
  allowOrigin: { group: 'server', kind: 'origins', default: '*', text: 'The origins that browsers may ask from' },
  /** Headers that browsers may send beside Parse's own. */
  allowHeaders: { group: 'server', kind: 'texts', text: "Headers that browsers may send beside Parse's own" },
  /** Whether anybody may ask for the GraphQL schema; else it takes the master key. @default false */
  graphQLPublicIntrospection: {
    group: 'server',
    kind: 'flag',
    default: false,
    text: 'Let anybody ask for the GraphQL schema, not the master key alone',
  },
  /** The largest body that is read, in bytes or as text such as '20mb'. @default '20mb' */
  maxUploadSize: { group: 'server', kind: 'size', default: '20mb', text: 'The largest REST body that is read' },
  /** Who may upload files: users who are logged in, and no files that a browser would run, if not given. */
  fileUpload: {
    group: 'server',
    kind: 'fileUpload',
    text: 'Who may upload files, and which: enableForPublic, fileExtensions',
  },
  /** The most objects that one query answers with. */
  maxLimit: { group: 'server', kind: 'count', text: 'The most objects that one query answers with' },
  /** Whether only the user itself and the master key may read a user. @default true */
  enforcePrivateUsers: {
    group: 'users',
    kind: 'flag',
    default: true,
    text: 'New users can be read by themselves alone',
  },
  /** Fields that are hidden from those who are not named. @default { _User: { '*': ['email'] } } */
  protectedFields: {
    group: 'users',
    kind: 'protectedFields',
    text: 'Fields that are hidden, by class and by who asks',
  },
  /** Whether a user sees its own protected fields. @default true */
  protectedFieldsOwnerExempt: {
    group: 'users',
    kind: 'flag',
    default: true,
    text: 'Users see their own protected fields',
  },
  /** Whether clients may make users without a name. @default true */
  enableAnonymousUsers: { group: 'users', kind: 'flag', default: true, text: 'Clients may make users without a name' },
  /** Third-party log-in, by provider. */
  auth: { group: 'users', kind: 'auth', text: 'Third-party log-in, by provider: true, or { "accessTokens": [...] }' },
  /** Taken, and without effect: since version 9 Parse Server asks the provider at every log-in. @default false */
  allowExpiredAuthDataToken: {
    group: 'users',
    kind: 'flag',
    default: false,
    text: 'No effect: Parse Server 9 asks the provider at every log-in, whatever this says',
  },
  /** Whether addresses are verified by mail. @default false */
  verifyUserEmails: { group: 'mail', kind: 'flag', default: false, text: 'Verify addresses by mail' },
  /** Whether a user must verify its address before logging in. @default false */
  preventLoginWithUnverifiedEmail: {
    group: 'mail',
    kind: 'flag',
    default: false,
    text: 'Refuse log-in until the address is verified; a sign-up opens no session',
  },
  /** Whether a sign-up is refused until the address is verified, beside preventLoginWithUnverifiedEmail. @default false */
  preventSignupWithUnverifiedEmail: {
    group: 'mail',
    kind: 'flag',
    default: false,
    text: 'Refuse sign-up as well, once the mail is sent',
  },
  /** Whether the verification mail is sent. @default true */
  sendUserEmailVerification: {
    group: 'mail',
    kind: 'flag',
    default: true,
    text: 'Send the mail that verifies an address',
  },
  /** How long a verification link holds, in seconds. */
  emailVerifyTokenValidityDuration: {
    group: 'mail',
    kind: 'seconds',
    text: 'How long a verification link holds, in seconds; for ever if not given',
  },
  /** Whether a verification link that still holds is sent again in place of a new one. @default false */
  emailVerifyTokenReuseIfValid: {
    group: 'mail',
    kind: 'flag',
    default: false,
    text: 'Send a verification link again while it holds',
  },
  /** Whether a request for a verification mail succeeds for an unknown address. @default true */
  emailVerifySuccessOnInvalidEmail: {
    group: 'mail',
    kind: 'flag',
    default: true,
    text: 'A request for a verification mail never tells whether the address is known',
  },
  /** Where mail goes in place of the outbox; `false`: mail cannot be sent. */
  emailAdapter: { group: 'mail', kind: 'emailAdapter', text: 'A function that sends mail; false: no mail can be sent' },
  /** The pages behind the links in mails. */
  pages: { group: 'mail', kind: 'pages', text: 'The pages behind the links in mails: forceRedirect, customUrls' },
  /** What a password must be like, and how long reset links hold. */
  passwordPolicy: {
    group: 'passwords',
    kind: 'passwordPolicy',
    text: 'What a password must be like, and how long reset links hold',
  },
  /** When wrong passwords lock an account, and for how many minutes. */
  accountLockout: {
    group: 'passwords',
    kind: 'accountLockout',
    text: 'When wrong passwords lock an account, and for how many minutes',
  },
  /** Whether a change of password ends the sessions. @default true */
  revokeSessionOnPasswordReset: {
    group: 'passwords',
    kind: 'flag',
    default: true,
    text: 'A change of password ends the sessions of the user',
  },
  /** How long a session lives, in seconds. @default 31536000 */
  sessionLength: {
    group: 'sessions',
    kind: 'seconds',
    default: 31536000,
    text: 'How long a session lives, in seconds',
  },
  /** Whether sessions expire. @default true */
  expireInactiveSessions: { group: 'sessions', kind: 'flag', default: true, text: 'Sessions expire' },
  /** Whether the use of a session prolongs it. @default false */
  extendSessionOnUse: { group: 'sessions', kind: 'flag', default: false, text: 'The use of a session prolongs it' },
  /** Whether clients may make classes by writing into them. @default false */
  allowClientClassCreation: {
    group: 'classes',
    kind: 'flag',
    default: false,
    text: 'Clients may make classes by writing into them',
  },
  /** Whether clients may choose object ids. @default false */
  allowCustomObjectId: { group: 'classes', kind: 'flag', default: false, text: 'Clients may choose object ids' },
  /** The classes and fields of the application, as REST `/schemas` has them. */
  schema: {
    group: 'classes',
    kind: 'schema',
    text: "The application's classes and fields, as REST /schemas gives them",
  },
  /** Functions that `callCloudCode` and `/functions/:name` answer with. */
  functions: { group: 'classes', kind: 'functions', text: 'Functions for callCloudCode and /functions/:name' },
  /** A text from which ids, tokens and salts follow; the clock stands at 2026-01-01 until it is advanced. */
  deterministic: { group: 'emulator', kind: 'text', text: 'A text that fixes ids, tokens and dates' },
  /** Whether GraphQL errors tell cause and mend in `extensions.emulator`. @default false */
  explain: {
    group: 'emulator',
    kind: 'flag',
    default: false,
    text: 'Errors of GraphQL tell their cause and what mends it',
  },
  /** Further application ids, each with a state of its own that begins with the seed; 'any' takes whatever id comes. */
  apps: {
    group: 'emulator',
    kind: 'apps',
    text: 'Further application ids, each with a state of its own; any takes all',
  },
  /** The older forms of the GraphQL guide beside today's. @default true */
  legacyForms: {
    group: 'emulator',
    kind: 'flag',
    default: true,
    text: "The older forms of the GraphQL guide beside today's: userFields, logOut's viewer",
  },
  /** GraphQL SDL that extends the schema. */
  typeDefs: {
    group: 'emulator',
    kind: 'typeDefs',
    text: 'GraphQL SDL that extends the schema (a file, on the command line)',
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
  /** Where the state is kept. */
  persistence: { group: 'emulator', kind: 'persistence', text: 'Where the state is kept; in memory if not given' },
  /** Makes and compares password hashes. */
  passwordHasher: { group: 'emulator', kind: 'passwordHasher', text: 'Makes and compares password hashes' },
  /** The files of the page at `/playground`; the server brings its own. */
  playgroundAssets: {
    group: 'emulator',
    kind: 'playgroundAssets',
    text: 'The files of the page at /playground; the server brings its own',
  },
} as const;

// apart from the constant, whose type must be plain for the build of the declarations
OPTIONS satisfies { readonly [name: string]: OptionRow };

/** The name of an option. */
export type OptionName = keyof typeof OPTIONS;

/** What `createEmulator` takes: every option may be left out. */
export type EmulatorOptions = { readonly [Name in keyof typeof OPTIONS]?: OptionKinds[(typeof OPTIONS)[Name]['kind']] };

/** The options with their defaults filled in. */
export type Options = {
  readonly [Name in OptionName]: (typeof OPTIONS)[Name] extends { default: unknown }
    ? OptionKinds[(typeof OPTIONS)[Name]['kind']]
    : OptionKinds[(typeof OPTIONS)[Name]['kind']] | undefined;
};
