import { didYouMean } from '../parse/did-you-mean.ts';
import { graphQLConfigProblem } from '../parse/graphql-config.ts';
import { behaviourOf, DEFAULT_VERSION, PARSE_VERSIONS } from '../parse/versions/versions.ts';
import { toBytes } from './byte-size.ts';
import { toIpRange } from './ip-ranges.ts';
import { originsOf, withOrigins } from './origins.ts';
import { checkPathsDiffer, isPath } from './paths.ts';
import {
  address,
  anyOf,
  type Check,
  callable,
  flag,
  listOf,
  mapOf,
  matching,
  number,
  oneOf,
  refuse,
  shape,
  text,
  withMethods,
} from './shape.ts';
import { type EmulatorOptions, OPTIONS, type OptionKind, type OptionName, type Options } from './table.ts';

const FIELD_TYPES = 'String Number Boolean Date Array Object GeoPoint File Bytes Polygon Pointer Relation ACL'.split(
  ' ',
);

const texts = listOf(text);
const seconds = number({ above: 0 });

const isPattern = (value: unknown): boolean => {
  if (value instanceof RegExp) return true;
  try {
    return typeof value === 'string' && new RegExp(value) instanceof RegExp;
  } catch {
    return false;
  }
};

const complexityLimit = matching(
  'a whole number above 0, or -1 for no limit',
  (value) => Number.isInteger(value) && (value === -1 || Number(value) > 0),
);

const isIpRange = (value: unknown): boolean => typeof value === 'string' && toIpRange(value) !== undefined;

const fieldSchema = shape(
  { type: oneOf(FIELD_TYPES), targetClass: text, required: flag, defaultValue: () => undefined },
  { needed: ['type'], open: true },
);

const classSchema = shape(
  { className: text, fields: mapOf(fieldSchema), classLevelPermissions: mapOf(() => undefined) },
  { needed: ['className'], open: true },
);

const WRITING = 'beforeSave afterSave beforeDelete afterDelete';
const READING = 'beforeFind afterFind beforeLogin afterLogin afterLogout beforePasswordResetRequest';

const callables = (names: string): { [name: string]: Check } =>
  Object.fromEntries(names.split(' ').map((name) => [name, callable]));

// Real providers have settings of their own, which the emulator lets stand.
const providerSettings = shape(
  {
    enabled: flag,
    accessTokens: texts,
    options: texts,
    digits: number({ whole: true, min: 1 }),
    period: seconds,
    algorithm: text,
    sendSMS: callable,
  },
  { open: true },
);

const isCode = (setting: unknown): boolean =>
  typeof setting === 'object' &&
  setting !== null &&
  ('module' in setting || 'validateAuthData' in setting || 'validateSetUp' in setting);

/** An adapter of the application's own has whatever settings it wants. */
const provider: Check = (value, place) => {
  if (!isCode(value)) oneOf([true, false], providerSettings)(value, place);
};

const passwordPolicy = shape({
  validatorPattern: matching('a regular expression', isPattern),
  validatorCallback: callable,
  validationError: text,
  doNotAllowUsername: flag,
  maxPasswordAge: number({ min: 0 }),
  maxPasswordHistory: number({ whole: true, min: 0, max: 20 }),
  resetTokenValidityDuration: seconds,
  resetTokenReuseIfValid: flag,
  resetPasswordSuccessOnInvalidEmail: flag,
});

const pattern = matching('a regular expression', (value) => typeof value === 'string' && isPattern(value));

const keyword = shape({
  key: pattern,
  value: anyOf(
    pattern,
    matching(
      'text, a number, a flag or null',
      (value) => value === null || ['number', 'boolean'].includes(typeof value),
    ),
  ),
});

const rateLimit = shape(
  {
    requestPath: text,
    requestCount: number({ whole: true, min: 0 }),
    requestTimeWindow: number({ above: 0 }),
    errorResponseMessage: text,
    requestMethods: anyOf(texts, pattern),
    includeMasterKey: flag,
    includeInternalRequests: flag,
    zone: oneOf(['ip', 'session', 'user', 'global']),
  },
  { needed: ['requestPath', 'requestCount', 'requestTimeWindow'] },
);

const isSchema = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && typeof Reflect.get(value, 'getTypeMap') === 'function';

const condition = matching('true, false or a function', (value) => ['boolean', 'function'].includes(typeof value));

const KINDS: { readonly [Kind in OptionKind]: Check } = {
  text,
  address,
  path: matching('a path such as "/parse", and none below /emulator', isPath),
  size: matching(
    'a number of bytes or text such as "20mb"',
    (value) => typeof value === 'string' && toBytes(value) !== undefined,
  ),
  count: number({ whole: true, min: 1 }),
  seconds,
  rounds: number({ whole: true, min: 4, max: 31 }),
  flag,
  condition,
  mailCondition: condition,
  texts,
  origins: anyOf(texts, text),
  ips: listOf(matching('an address or a range such as "10.0.1.0/24"', isIpRange)),
  apps: anyOf(
    texts,
    matching('"any" or a list of application ids', (value) => value === 'any'),
  ),
  auth: mapOf(provider),
  passwordPolicy,
  accountLockout: shape(
    {
      duration: number({ above: 0, max: 99999 }),
      threshold: number({ whole: true, min: 1, max: 999 }),
      unlockOnPasswordReset: flag,
    },
    { needed: ['duration', 'threshold'] },
  ),
  pages: shape({ forceRedirect: flag, customUrls: mapOf(text), encodePageParamHeaders: flag }),
  complexity: shape({
    allowRegex: flag,
    batchRequestLimit: complexityLimit,
    graphQLDepth: complexityLimit,
    graphQLFields: complexityLimit,
    includeCount: complexityLimit,
    includeDepth: complexityLimit,
    queryDepth: complexityLimit,
    subqueryDepth: complexityLimit,
    subqueryLimit: complexityLimit,
  }),
  fileUpload: shape({
    enableForPublic: flag,
    enableForAnonymousUser: flag,
    enableForAuthenticatedUser: flag,
    fileExtensions: texts,
  }),
  keywords: listOf(keyword),
  idempotency: shape({ paths: listOf(pattern), ttl: seconds }),
  rateLimit: (value, place) => (Array.isArray(value) ? listOf(rateLimit) : rateLimit)(value, place),
  liveQuery: shape({ classNames: listOf(matching('a regular expression', isPattern)) }, { needed: ['classNames'] }),
  liveQueryServer: shape({ keyPairs: mapOf(text) }),
  schema: shape({ definitions: listOf(classSchema), strict: flag, lockSchemas: flag }),
  protectedFields: mapOf(mapOf(texts)),
  emailAdapter: matching('false or a function', (value) => value === false || typeof value === 'function'),
  functions: mapOf(callable),
  cloud: matching(
    'the path of a file, or a function',
    (value) => typeof value === 'function' || (typeof value === 'string' && value !== ''),
  ),
  triggers: mapOf(shape(callables(`${WRITING} ${READING}`))),
  fileTriggers: shape(callables(WRITING)),
  typeDefs: matching(
    'SDL, a GraphQLSchema or a function',
    (value) => (typeof value === 'string' && value !== '') || typeof value === 'function' || isSchema(value),
  ),
  graphQLConfig: (value, place) => {
    const problem = graphQLConfigProblem(value);
    if (problem !== undefined) refuse(`${place}: ${problem}`);
  },
  mocks: mapOf(callable),
  resolvers: mapOf(mapOf(callable)),
  seed: matching('an object with lists by class name', (value) => typeof value === 'object' && value !== null),
  persistence: withMethods('read', 'append', 'replace'),
  passwordHasher: withMethods('hash', 'compare'),
  playgroundAssets: callable,
  parseVersion: oneOf(PARSE_VERSIONS),
};

const NAMES: readonly string[] = Object.keys(OPTIONS);

/** Whether an option has this name. */
export const isOptionName = (name: string): name is OptionName => Object.hasOwn(OPTIONS, name);

/** Refuses a value that the option cannot have; `place` is how the person wrote it: `appId`, `--app-id`. */
export const checkOption = (name: OptionName, value: unknown, place: string): void =>
  KINDS[OPTIONS[name].kind](value, place);

/** Refuses options that do not go together, as Parse Server does. */
const checkTogether = (given: EmulatorOptions, source: string): void => {
  const { emailVerifyTokenReuseIfValid, emailVerifyTokenValidityDuration, passwordPolicy } = given;
  for (const name of ['readOnlyMasterKey', 'maintenanceKey'] as const) {
    if (given[name] !== undefined && given[name] === (given.masterKey ?? OPTIONS.masterKey.default)) {
      refuse(`${source}masterKey and ${name} must be different`);
    }
  }
  checkPathsDiffer(given, source);
  if (given.resolvers !== undefined && given.typeDefs !== undefined && typeof given.typeDefs !== 'string') {
    refuse(`${source}resolvers go with typeDefs that are SDL: a GraphQLSchema brings its own`);
  }
  if (emailVerifyTokenReuseIfValid && emailVerifyTokenValidityDuration === undefined) {
    refuse(`${source}emailVerifyTokenReuseIfValid needs emailVerifyTokenValidityDuration beside it`);
  }
  if (passwordPolicy?.resetTokenReuseIfValid && passwordPolicy.resetTokenValidityDuration === undefined) {
    refuse(`${source}passwordPolicy.resetTokenReuseIfValid needs resetTokenValidityDuration beside it`);
  }
};

/**
 * Refuses unknown options, values of a wrong kind and options that do not go together, with an error that names the
 * place. `source` is where they stand, such as the name of a file.
 */
export function checkOptions(given: unknown, source?: string): asserts given is EmulatorOptions {
  const before = source === undefined ? '' : `${source}: `;
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return refuse(`${before}the options must be an object`);
  for (const [name, value] of Object.entries(given)) {
    if (!isOptionName(name)) return refuse(`${before}there is no option "${name}".${didYouMean(name, NAMES)}`);
    if (value !== undefined) checkOption(name, value, `${before}${name}`);
  }
  checkTogether(given, before);
}

/** The options with their defaults filled in; those of a wrong name or value are refused. */
export const resolveOptions = (given: EmulatorOptions = {}): Options => {
  checkOptions(given);
  const defaults = Object.fromEntries(
    Object.entries(OPTIONS).flatMap(([name, row]) => ('default' in row ? [[name, row.default]] : [])),
  );
  const chosen = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const ofVersion = behaviourOf({ parseVersion: given.parseVersion ?? DEFAULT_VERSION }).defaults;
  const { serverURL, mountPath } = OPTIONS;
  const derived = { serverURL: serverURL.default.replace(mountPath.default, given.mountPath ?? mountPath.default) };
  const options = { ...defaults, ...ofVersion, ...derived, ...chosen } as Options; // every name with a default is there, and the others may be missing
  const byProgram = Object.fromEntries(Object.keys(chosen).map((name) => [name, 'options']));
  return withOrigins(options, { ...byProgram, ...originsOf(given) });
};
