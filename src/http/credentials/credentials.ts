import type { Options } from '../../options/table.ts';
import { isObject } from '../../parse/record.ts';
import type { HttpRequest } from '../wire/message.ts';

/** What a request shows of itself, before any of it is believed. */
export type Credentials = {
  readonly appId: string | undefined;
  readonly sessionToken: string | undefined;
  readonly masterKey: string | undefined;
  readonly maintenanceKey: string | undefined;
  readonly installationId: string | undefined;
  readonly clientKey: string | undefined;
  readonly javascriptKey: string | undefined;
  readonly dotNetKey: string | undefined;
  readonly restAPIKey: string | undefined;
};

/** Compares in a time that does not tell how much of the secret is right. */
export const isSecret = (given: string | undefined, secret: string): boolean => {
  if (given === undefined) return false;
  let difference = given.length ^ secret.length;
  for (let place = 0; place < secret.length; place++) difference |= given.charCodeAt(place) ^ secret.charCodeAt(place);
  return difference === 0;
};

const decodeBase64 = (text: string): string => {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
  } catch {
    return '';
  }
};

const KEY_PREFIX = 'javascript-key=';

/** Basic authentication: the application id as user name, and as password the master key or `javascript-key=…`. */
const fromBasic = (header: string | undefined, appId: string): Partial<Credentials> => {
  if (header?.slice(0, 6).toLowerCase() !== 'basic ') return {};
  const [name, password, ...rest] = decodeBase64(header.slice(6)).split(':');
  if (name !== appId || password === undefined || rest.length > 0) return {};
  if (password === '') return { appId };
  return password.startsWith(KEY_PREFIX)
    ? { appId, javascriptKey: password.slice(KEY_PREFIX.length) }
    : { appId, masterKey: password };
};

/** The credentials in the headers. */
export const fromHeaders = (headers: HttpRequest['headers'], { appId }: Options): Credentials => {
  const own = {
    appId: headers['x-parse-application-id'],
    sessionToken: headers['x-parse-session-token'],
    masterKey: headers['x-parse-master-key'],
    maintenanceKey: headers['x-parse-maintenance-key'],
    installationId: headers['x-parse-installation-id'],
    clientKey: headers['x-parse-client-key'],
    javascriptKey: headers['x-parse-javascript-key'],
    dotNetKey: headers['x-parse-windows-key'],
    restAPIKey: headers['x-parse-rest-api-key'],
  };
  return headers['authorization'] === undefined ? own : { ...own, ...fromBasic(headers['authorization'], appId) };
};

/** A body of the JavaScript SDK, taken apart. */
export type SdkBody = {
  readonly credentials: Credentials;
  readonly body: { readonly [name: string]: unknown };
  readonly cloudContext: unknown;
  readonly contentType: string | undefined;
};

const isTextOrNothing = (value: unknown): value is string | undefined | null | false | 0 =>
  !value || typeof value === 'string';

/**
 * The credentials that the JavaScript SDK puts into the body to spare browsers a preflight; they count only when the headers
 * name no application. Undefined when the body names none either.
 */
export const fromBody = (sent: unknown, headers: Credentials, { appId, masterKey }: Options): SdkBody | undefined => {
  if (!isObject(sent)) return undefined;
  const {
    _ApplicationId,
    _JavaScriptKey,
    _ClientVersion,
    _InstallationId,
    _SessionToken,
    _MasterKey,
    _ContentType,
    _context,
    _RevocableSession,
    ...body
  } = sent;
  if (_ApplicationId !== appId || (headers.masterKey && !isSecret(headers.masterKey, masterKey))) return undefined;
  if (![_InstallationId, _SessionToken, _MasterKey, _ContentType].every(isTextOrNothing)) return undefined;
  const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
  return {
    credentials: {
      ...headers,
      appId,
      javascriptKey: text(_JavaScriptKey),
      installationId: text(_InstallationId) ?? headers.installationId,
      sessionToken: text(_SessionToken) ?? headers.sessionToken,
      masterKey: text(_MasterKey) ?? headers.masterKey,
    },
    body,
    cloudContext: _context,
    contentType: text(_ContentType),
  };
};
