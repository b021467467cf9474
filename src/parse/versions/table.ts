import type { Behaviour } from './behaviour.ts';

/*
 * The one table of what differs between versions. It reads as a history: each row is a version, and says what it does otherwise
 * than the one before it. A new version is a new row.
 */

const CLOUD_CONFIG = [
  ...['Query.cloudConfig', 'Mutation.updateCloudConfig'],
  ...['ConfigValue', 'UpdateCloudConfigInput', 'UpdateCloudConfigPayload'],
];

const AUTH_ADAPTERS = [
  ...['Mutation.challenge', 'ChallengeInput', 'ChallengePayload'],
  ...['LogInInput.authData', 'User.authDataResponse'],
];

const CONFIRMATION = ['Mutation.confirmResetPassword', 'ConfirmResetPasswordInput', 'ConfirmResetPasswordPayload'];

const CREDENTIALS = ['CreateUserFieldsInput.username', 'CreateUserFieldsInput.password'];

const REFUSALS = [
  ...[
    'masterKeyMissing',
    'keyReadOnly',
    'classClosed',
    'classFixed',
    'fieldProtected',
    'logInMissing',
    'sessionMissing',
  ],
  ...['selfHidden', '206'],
];
const PLAIN_REFUSALS = Object.fromEntries(
  REFUSALS.map((reason) => [reason, 'words that say what was refused; today it is "Permission denied"']),
);

const BEFORE_9 = {
  whereUnreadable: 'the status 500 for a where that is not JSON; today it is 107',
};

const BEFORE_8 = {
  ...PLAIN_REFUSALS,
  205: 'this error for an address that nobody has; today the request succeeds',
  emailVerified: 'this error for an address that is verified; today the request succeeds',
  GRAPHQL_VALIDATION_FAILED: 'the names of all types in such errors, and suggestions, and its own schema',
  ...BEFORE_9,
  batchedGet: 'this failure for a GET of objects in a batch; today it is answered',
  routeAbsent: 'no such route; today there is one',
};

const BEFORE_7_5 = {
  252: 'this error for authData without an id; today it makes a user',
};

const BY_NODE_ENV = {
  INTROSPECTION_DISABLED: 'this error for everybody in production; today the master key may ask for the schema',
};

const YOGA = {
  BAD_USER_INPUT: 'the status 200 for variables that do not fit, and no code',
  GRAPHQL_PARSE_FAILED: 'a status in place of the code GRAPHQL_PARSE_FAILED',
  queryMissing: "the words of GraphQL Yoga here; today they are Apollo Server's",
};

const v4_10: Behaviour = {
  patch: '4.10.20',
  ownAnswers: {
    ...{ ...BEFORE_8, ...BEFORE_7_5 },
    providerUnknown: 'a failure here, which says nothing; today it is 252',
  },
  defaults: {
    enforcePrivateUsers: false,
    allowClientClassCreation: true,
    emailVerifySuccessOnInvalidEmail: false,
    enableSanitizedErrorResponse: false,
    allowExpiredAuthDataToken: true,
    masterKeyIps: ['0.0.0.0/0', '::0'],
  },
  schema: {
    lacks: [...CLOUD_CONFIG, ...AUTH_ADAPTERS, ...CONFIRMATION],
    requires: CREDENTIALS,
    adds: ['FileInput.unlink: Boolean'],
  },
  graphQLServer: 'apollo2',
  unreadBody: 'isEmpty',
  graphQLCors: 'open',
  introspection: 'open',
  typeNamesInErrors: 'all',
  showsExceptions: true,
  protectedFieldsCount: 'atTopLevel',
  unknownProvider: 'asFailure',
  takesAuthData: 'eachWithId',
  emptyAuthDataMakesUsers: true,
  logInTakesAuthData: false,
  logInShowsOldAuthData: true,
  identityOfAnother: 'isShared',
  knownAuthDataIsChecked: 'never',
  tellsAuthDataResponse: false,
  meIsTyped: true,
  hasRestrictedSessions: true,
  absentRoutes: ['POST /verifyPassword', 'POST /loginAs', 'POST /challenge'],
  batchedGetsNeedBodies: true,
  badWhere: 'isFailure',
  masterKeyFromElsewhere: 'isRefused',
  uploads: { isPublic: true, refused: 'nothing' },
  mailLinks: 'leadByUsername',
  verifiesWithoutBeingAsked: 'goesOn',
  resetsByUsername: true,
};

const v5_6: Behaviour = {
  ...v4_10,
  patch: '5.6.0',
  schema: { lacks: [...CLOUD_CONFIG, ...AUTH_ADAPTERS], requires: CREDENTIALS, adds: [] },
  graphQLServer: 'yoga2',
  ownAnswers: { ...v4_10.ownAnswers, ...YOGA },
  showsExceptions: false,
  hasRestrictedSessions: false,
  absentRoutes: ['POST /verifyPassword', 'POST /challenge'],
  uploads: { isPublic: false, refused: 'html' },
  verifiesWithoutBeingAsked: 'isInvalid',
};

const v6_5: Behaviour = {
  ...v5_6,
  patch: '6.5.11',
  defaults: { ...v5_6.defaults, enforcePrivateUsers: true, masterKeyIps: ['127.0.0.1', '::1'] },
  schema: { lacks: CLOUD_CONFIG, requires: [], adds: [] },
  ownAnswers: {
    ...v5_6.ownAnswers,
    providerUnknown: 'the words of a TypeError here, and 141; today it is 252',
  },
  unknownProvider: 'asTypeError',
  takesAuthData: 'someWithId',
  logInTakesAuthData: true,
  knownAuthDataIsChecked: 'unlessExpiredIsAllowed',
  tellsAuthDataResponse: true,
  absentRoutes: ['POST /verifyPassword'],
  masterKeyFromElsewhere: 'isIgnored',
};

const v7_5: Behaviour = {
  ...v6_5,
  patch: '7.5.4',
  defaults: { ...v6_5.defaults, allowClientClassCreation: false, allowExpiredAuthDataToken: false },
  graphQLServer: 'apollo4',
  ownAnswers: {
    ...{ ...BEFORE_8, ...BY_NODE_ENV },
    BAD_USER_INPUT: 'the status 200 for variables that do not fit',
  },
  introspection: 'byNodeEnv',
  unknownProvider: 'asUnsupported',
  takesAuthData: 'someWithFields',
  absentRoutes: [],
  masterKeyFromElsewhere: 'isRefused',
};

const v8_6: Behaviour = {
  ...v7_5,
  patch: '8.6.94',
  defaults: { ...v7_5.defaults, emailVerifySuccessOnInvalidEmail: true, enableSanitizedErrorResponse: true },
  schema: { lacks: [], requires: [], adds: [] },
  ownAnswers: {
    208: 'this error for a log-in, too, where 9.10 has 137',
    BAD_USER_INPUT: 'the status 200 for variables that do not fit',
    GRAPHQL_VALIDATION_FAILED: 'the names of built-in types in such errors',
    ...{ ...BEFORE_9, ...BY_NODE_ENV },
    contentType: 'this failure for every request without a body in JSON, be it a GET',
  },
  unreadBody: 'isFatal', // Express 5 leaves the body undefined
  graphQLCors: 'asRest',
  typeNamesInErrors: 'builtInAndWritten',
  protectedFieldsCount: 'everywhere',
  emptyAuthDataMakesUsers: false,
  logInShowsOldAuthData: false,
  identityOfAnother: 'isRefused',
  knownAuthDataIsChecked: 'always',
  meIsTyped: false,
  batchedGetsNeedBodies: false,
  uploads: { isPublic: false, refused: 'runnable' },
  mailLinks: 'lead',
  resetsByUsername: false,
};

const v9_10: Behaviour = {
  ...v8_6,
  patch: '9.10.0',
  graphQLServer: 'apollo5',
  ownAnswers: {},
  unreadBody: 'isEmpty',
  introspection: 'forMasterKey',
  typeNamesInErrors: 'written',
  identityOfAnother: 'isDuplicate',
  badWhere: 'isRefused',
  mailLinks: 'showPages',
};

const v9Next: Behaviour = {
  ...v9_10,
  patch: '9.10.1-alpha.13',
  ownAnswers: {
    208: 'this error for a log-in, too, where 9.10 has 137',
    GRAPHQL_VALIDATION_FAILED: 'the names of built-in types in such errors',
  },
  typeNamesInErrors: 'builtInAndWritten',
  identityOfAnother: 'isRefused',
};

/** A version of Parse Server that can be emulated. */
export type ParseVersion = '4.10' | '5.6' | '6.5' | '7.5' | '8.6' | '9.10' | '9-next';

/** The versions by their names, the oldest first. */
export const VERSIONS: { readonly [Version in ParseVersion]: Behaviour } = {
  '4.10': v4_10,
  '5.6': v5_6,
  '6.5': v6_5,
  '7.5': v7_5,
  '8.6': v8_6,
  '9.10': v9_10,
  '9-next': v9Next,
};

/** The version that is emulated when nobody says which. */
export const DEFAULT_VERSION: ParseVersion = '9.10';
