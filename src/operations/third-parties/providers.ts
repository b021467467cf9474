import type { AuthProviderOptions } from '../../options/table.ts';
import { refusal } from '../../parse/error.ts';
import { isObject, type Json, type JsonObject } from '../../parse/record.ts';
import { UserError } from '../../parse/user-error.ts';
import type { Context } from '../context.ts';
import { type AdapterSettings, createAdapterProvider, hasModule, PLAIN_LENDER } from './adapter.ts';
import { createMfaProvider } from './mfa.ts';
import type { AuthProvider } from './provider.ts';
import { type Refusal, refusalOf } from './unconfigured.ts';

const anonymous: AuthProvider = { policy: 'default', validate: () => ({}) };

const isId = (id: Json | undefined): boolean => typeof id === 'string' && id !== '';

const acceptAny = (name: string): AuthProvider => ({
  policy: 'default',
  validate: ({ id }) => {
    if (isId(id)) return {};
    throw refusal('authDataUnknown', 'OBJECT_NOT_FOUND', `${name} auth is invalid for this user.`);
  },
});

const acceptTokens = (accessTokens: readonly string[]): AuthProvider => ({
  policy: 'default',
  validate: ({ access_token: token }) => {
    if (typeof token === 'string' && accessTokens.includes(token)) return {};
    throw refusal('authDataUnknown', 'OBJECT_NOT_FOUND', 'fake auth is invalid for this user.');
  },
});

type PlainOptions = Exclude<AuthProviderOptions, { readonly module: unknown }>;

const fromOptions = (name: string, given: PlainOptions): AuthProvider | undefined => {
  if (given === false || (given !== true && 'enabled' in given && given.enabled === false)) return undefined;
  if (name === 'mfa') return createMfaProvider(given !== true && 'options' in given ? given : { options: ['TOTP'] });
  return given !== true && 'accessTokens' in given && given.accessTokens
    ? acceptTokens(given.accessTokens)
    : acceptAny(name);
};

// Whoever forgot to configure a provider reads on the console what to do; the client sees Parse Server's own answer.
const unconfigured = (name: string, { toError, isBroken }: Refusal): AuthProvider => ({
  policy: 'default',
  ...(isBroken && {
    beforeSearch: () => {
      throw new UserError(`Failed to ask ${name}: it is not configured. Say auth: { ${name}: true }.`);
    },
  }),
  validate: (given) => {
    throw toError(given);
  },
  beforeChallenge: () => {
    if (isBroken) throw toError({});
  },
});

/** A provider by code of the application. Cloud code has loaded its module by the path, and lends it the SDK. */
const fromModule = (name: string, settings: AdapterSettings, { adapters }: Context): AuthProvider => {
  const lent = adapters?.find(name);
  const own = Object.hasOwn(settings, 'module') ? settings.module : settings;
  return createAdapterProvider(name, lent?.module ?? own, settings, lent?.lender ?? PLAIN_LENDER);
};

/** The provider of a name, as the options have it; undefined when the application does not know it. */
export const providerOf = (name: string, context: Context): AuthProvider | undefined => {
  const { options } = context;
  const given = options.auth && Object.hasOwn(options.auth, name) ? options.auth[name] : undefined;
  if (hasModule(given)) return given['enabled'] === false ? undefined : fromModule(name, given, context);
  if (given !== undefined) return fromOptions(name, given as PlainOptions);
  if (name === 'anonymous') return options.enableAnonymousUsers ? anonymous : undefined;
  const refusal = refusalOf(name);
  return refusal && unconfigured(name, refusal);
};

/** What a provider is needed for at the log-in of a user who has it. */
export const policyOf = ({ policy }: AuthProvider, stored: JsonObject, context: Context): unknown =>
  typeof policy === 'function' ? policy(stored, context) : policy;

/** authData as it is shown to its owner or to the master key: what a provider keeps secret is left out. */
export const showAuthData = (authData: Json | undefined, context: Context): Json | undefined =>
  isObject(authData)
    ? Object.fromEntries(
        Object.entries(authData).map(([name, stored]) => {
          const provider = isObject(stored) ? providerOf(name, context) : undefined;
          const isShown = provider?.show && (provider.isShownToMaster || !context.auth.isMaster);
          return [name, isShown && isObject(stored) ? (provider.show?.(stored, context) ?? stored) : stored];
        }),
      )
    : authData;
