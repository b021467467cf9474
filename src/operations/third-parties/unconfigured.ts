import { ERROR_CODES, type ErrorName, type ParseError, refusal } from '../../parse/error.ts';
import type { JsonObject } from '../../parse/record.ts';

/** How Parse refuses a third party that it knows, but that the application has not configured. */
export type Refusal = {
  /** What it says when it looks at the authData. */
  readonly toError: (given: JsonObject) => ParseError;
  /** Whether it breaks down before that, when it looks for the user. */
  readonly isBroken: boolean;
};

// to a person the provider is missing, whatever code Parse Server stumbles over
const UNSUPPORTED = ERROR_CODES.UNSUPPORTED_SERVICE;

const saying = (code: ErrorName, message: string): Refusal => ({
  toError: () => refusal(UNSUPPORTED, code, message),
  isBroken: false,
});

const missing = (message: string): Refusal => saying('OBJECT_NOT_FOUND', message);

const broken = (message: string): Refusal => ({ ...saying('SCRIPT_FAILED', message), isBroken: true });

const keycloak: Refusal = {
  toError: ({ id, access_token: token }) =>
    refusal(
      UNSUPPORTED,
      'OBJECT_NOT_FOUND',
      id && token ? 'Missing keycloak configuration' : 'Missing access token and/or User id',
    ),
  isBroken: false,
};

/** Each one's own words, as a Parse Server 9.10 without configuration says them. */
const REFUSALS: ReadonlyMap<string, Refusal> = new Map([
  ['apple', missing('Apple auth is not configured.')],
  ['facebook', missing('Facebook auth is not configured.')],
  ['gcenter', broken('Game center auth options are required.')],
  ['github', broken('GitHub options are required.')],
  ['google', missing('Google auth is not configured.')],
  ['gpgames', broken('gpgames options are required.')],
  ['instagram', broken('Instagram options are required.')],
  ['janraincapture', saying('SCRIPT_FAILED', "Cannot read properties of undefined (reading 'janrain_capture_host')")],
  ['janrainengage', saying('INTERNAL_SERVER_ERROR', 'janrainengage adapter only works with enableInsecureAuth: true')],
  ['keycloak', keycloak],
  ['ldap', saying('INTERNAL_SERVER_ERROR', 'LDAP auth configuration missing')],
  ['line', broken('Line options are required.')],
  ['linkedin', broken('LinkedIn options are required.')],
  ['meetup', saying('OTHER_CAUSE', 'Meetup only works with enableInsecureAuth: true')],
  ['mfa', broken("Cannot read properties of undefined (reading 'options')")],
  ['microsoft', broken('Microsoft options are required.')],
  ['phantauth', saying('INTERNAL_SERVER_ERROR', 'PhantAuth only works with enableInsecureAuth: true')],
  ['qq', broken('qq options are required.')],
  ['spotify', broken('spotify options are required.')],
  ['twitter', broken('Twitter auth options are required.')],
  ['vkontakte', saying('OTHER_CAUSE', 'Vk only works with enableInsecureAuth: true')],
  ['wechat', broken('WeChat options are required.')],
  ['weibo', broken('Weibo options are required.')],
]);

/** How a provider that is not configured is refused; undefined for one that Parse has never heard of. */
export const refusalOf = (name: string): Refusal | undefined => REFUSALS.get(name);
