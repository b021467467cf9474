import type { AuthProviderOptions } from '../options.ts';
import { ParseError } from '../parse/error.ts';
import { isObject, type Json, type JsonObject } from '../parse/record.ts';
import type { Context } from './context.ts';
import { createMfaProvider } from './mfa.ts';

/** Why authData is looked at: to be stored for the first time, to be changed by its owner, or to log in. */
export type AuthStep = 'setUp' | 'update' | 'logIn';

/** What a provider makes of authData: what to store in place of it, what to tell the client, or that nothing is to be stored. */
export type AuthVerdict = { readonly save?: JsonObject; readonly response?: JsonObject; readonly isNotSaved?: boolean };

/** A third party, emulated. */
export type AuthProvider = {
  /** `additional`: a user who has it must bring it along with whatever else logs in. */
  readonly policy: 'default' | 'additional';
  /** Throws when the authData is not good. `stored` is what the user has of this provider. */
  validate(given: JsonObject, step: AuthStep, stored: JsonObject | undefined, context: Context): AuthVerdict;
  /** What the owner is shown of what is stored. */
  show?(stored: JsonObject): JsonObject;
};

const anonymous: AuthProvider = { policy: 'default', validate: () => ({}) };

const acceptAny: AuthProvider = { policy: 'default', validate: () => ({}) };

const acceptTokens = (accessTokens: readonly string[]): AuthProvider => ({
  policy: 'default',
  validate: ({ access_token: token }) => {
    if (typeof token === 'string' && accessTokens.includes(token)) return {};
    throw new ParseError('OBJECT_NOT_FOUND', 'fake auth is invalid for this user.');
  },
});

const fromOptions = (name: string, given: AuthProviderOptions): AuthProvider | undefined => {
  if (given === false) return undefined;
  if (given === true) return acceptAny;
  if ('options' in given) return name === 'mfa' ? createMfaProvider(given) : acceptAny;
  if (given.enabled === false) return undefined;
  return given.accessTokens ? acceptTokens(given.accessTokens) : acceptAny;
};

// Third parties that Parse knows, so that it says what is missing; the others that it knows crash without options.
const UNCONFIGURED: ReadonlyMap<string, string> = new Map([
  ['apple', 'Apple auth is not configured.'],
  ['facebook', 'Facebook auth is not configured.'],
  ['google', 'Google auth is not configured.'],
  ['keycloak', 'Keycloak auth is not configured. Missing client-id.'],
  ['vkontakte', 'Vk auth is not configured. Missing appIds or appSecret.'],
]);

const refuseAll = (message: string): AuthProvider => ({
  policy: 'default',
  validate: () => {
    throw new ParseError('OBJECT_NOT_FOUND', message);
  },
});

/** The provider of a name, as the options have it; undefined when the application does not know it. */
export const providerOf = (name: string, { options }: Context): AuthProvider | undefined => {
  const given = options.auth && Object.hasOwn(options.auth, name) ? options.auth[name] : undefined;
  if (given !== undefined) return fromOptions(name, given);
  if (name === 'anonymous') return options.enableAnonymousUsers ? anonymous : undefined;
  const message = UNCONFIGURED.get(name);
  return message === undefined ? undefined : refuseAll(message);
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
