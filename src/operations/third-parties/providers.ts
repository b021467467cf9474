import type { AuthProviderOptions } from '../../options/table.ts';
import { ParseError } from '../../parse/error.ts';
import { isObject, type Json, type JsonObject } from '../../parse/record.ts';
import type { Context } from '../context.ts';
import { createMfaProvider } from './mfa.ts';
import { type Refusal, refusalOf } from './unconfigured.ts';

/** Why authData is looked at: to be stored for the first time, to be changed by its owner, or to log in. */
export type AuthStep = 'setUp' | 'update' | 'logIn';

/** What a provider makes of authData: what to store in place of it, what to tell the client, or that nothing is to be stored. */
export type AuthVerdict = { readonly save?: JsonObject; readonly response?: JsonObject; readonly isNotSaved?: boolean };

/** A third party, emulated. */
export type AuthProvider = {
  /** `additional`: a user who has it must bring it along with whatever else logs in. */
  readonly policy: 'default' | 'additional';
  /** Before users are looked for by authData; throws where Parse Server itself breaks down. */
  beforeSearch?(): void;
  /** Before challenges are asked for. */
  beforeChallenge?(): void;
  /** Throws when the authData is not good. `stored` is what the user has of this provider. */
  validate(given: JsonObject, step: AuthStep, stored: JsonObject | undefined, context: Context): AuthVerdict;
  /** What the owner is shown of what is stored. */
  show?(stored: JsonObject): JsonObject;
};

const anonymous: AuthProvider = { policy: 'default', validate: () => ({}) };

const isId = (id: Json | undefined): boolean => typeof id === 'string' && id !== '';

const acceptAny = (name: string): AuthProvider => ({
  policy: 'default',
  validate: ({ id }) => {
    if (isId(id)) return {};
    throw new ParseError('OBJECT_NOT_FOUND', `${name} auth is invalid for this user.`);
  },
});

const acceptTokens = (accessTokens: readonly string[]): AuthProvider => ({
  policy: 'default',
  validate: ({ access_token: token }) => {
    if (typeof token === 'string' && accessTokens.includes(token)) return {};
    throw new ParseError('OBJECT_NOT_FOUND', 'fake auth is invalid for this user.');
  },
});

const fromOptions = (name: string, given: AuthProviderOptions): AuthProvider | undefined => {
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
      throw new Error(`Failed to ask ${name}: it is not configured. Say auth: { ${name}: true }.`);
    },
  }),
  validate: (given) => {
    throw toError(given);
  },
  beforeChallenge: () => {
    if (isBroken) throw toError({});
  },
});

/** The provider of a name, as the options have it; undefined when the application does not know it. */
export const providerOf = (name: string, { options }: Context): AuthProvider | undefined => {
  const given = options.auth && Object.hasOwn(options.auth, name) ? options.auth[name] : undefined;
  if (given !== undefined) return fromOptions(name, given);
  if (name === 'anonymous') return options.enableAnonymousUsers ? anonymous : undefined;
  const refusal = refusalOf(name);
  return refusal && unconfigured(name, refusal);
};

/** authData as its owner is shown it: what a provider keeps secret is left out. */
export const showAuthData = (authData: Json | undefined, context: Context): Json | undefined =>
  isObject(authData)
    ? Object.fromEntries(
        Object.entries(authData).map(([name, stored]) => {
          const provider = providerOf(name, context);
          return [name, provider?.show && isObject(stored) ? provider.show(stored) : stored];
        }),
      )
    : authData;
