import type { Auth, RequestFacts } from '../operations/context.ts';
import { authenticate, type Claims } from '../operations/sessions/sessions.ts';
import { ERROR_CODES, ParseError } from '../parse/error.ts';
import { isObject } from '../parse/record.ts';
import { behaviourOf } from '../parse/versions/versions.ts';
import type { Credentials } from './credentials/credentials.ts';
import { isSecret } from './credentials/credentials.ts';
import { mayUseKey } from './credentials/master-key.ts';
import type { Parts, RequestScope } from './parts.ts';
import { json, type Refused, unauthorized } from './wire/answers.ts';
import type { HttpRequest, HttpResponse } from './wire/message.ts';
import type { Target } from './wire/target.ts';

/**
 * Where the request goes below its mount path: log-in and one route of sessions treat the token in their own way. And the request
 * itself, which tells whether the master key counts in these hands.
 */
export type RequestedRoute = {
  readonly method: string;
  readonly path: string;
  readonly request: HttpRequest;
  readonly target: Target;
  /** Counts the request, once its keys are known; the answer where it is one too many. */
  readonly count?: (isMaster: boolean) => HttpResponse | undefined;
};

const KEYS = ['clientKey', 'javascriptKey', 'dotNetKey', 'restAPIKey'] as const;

/** Client keys are asked for only when some are set, and one right key is enough. */
const hasClientKey = (credentials: Credentials, { options }: Parts): boolean => {
  const set = KEYS.filter((key) => options[key] !== undefined);
  return set.length === 0 || set.some((key) => isSecret(credentials[key], options[key] ?? ''));
};

const isRoute = (path: string, route: string): boolean =>
  path.length - route.length <= 1 && path.replace(/\/$/, '').toLowerCase() === route;

/**
 * The cloud context of a request: an object in the header X-Parse-Cloud-Context or in the SDK's `_context`, as JSON or as it is. An
 * empty one where there is none; undefined for what is not an object.
 */
export const toCloudContext = (value: unknown): RequestFacts['cloudContext'] | undefined => {
  if (value === undefined) return {};
  try {
    const context: unknown = typeof value === 'string' ? JSON.parse(value) : value;
    return isObject(context) ? { ...context } : undefined;
  } catch {
    return undefined;
  }
};

/** The refusal of a cloud context that is not an object. It comes before all others. */
export const badCloudContext = (): Refused => ({
  refused: json(400, { code: ERROR_CODES.INVALID_JSON, error: 'Invalid object for context.' }),
  reason: 'cloudContext',
});

/** A token in place of one that is taken for revoked: there is no session that has it. */
const withoutSession = ({ sessionToken }: Credentials): string | undefined => sessionToken && 'r:revoked';

/** Whether an option has this key; one that is not set is nobody's. */
const isKey = (given: string | undefined, secret: string | undefined): boolean =>
  secret !== undefined && secret !== '' && isSecret(given, secret);

/** Which of the keys came that need no user. The maintenance key is looked at first. */
const keyOf = ({ masterKey, maintenanceKey }: Credentials, { options }: Parts): Claims['key'] => {
  if (isKey(maintenanceKey, options.maintenanceKey)) return 'maintenance';
  if (isSecret(masterKey, options.masterKey)) return 'master';
  return isKey(masterKey, options.readOnlyMasterKey) ? 'readOnly' : undefined;
};

/** Who asks; or the answer to one who may not. The application id was looked at before. */
export const toAuth = (
  credentials: Credentials,
  { method, path, request, target, count }: RequestedRoute,
  parts: Parts,
  { store, session }: RequestScope,
): Auth | Refused => {
  const { installationId } = credentials;
  const sessionToken = session === 'revoked' ? withoutSession(credentials) : credentials.sessionToken;
  const found = keyOf(credentials, parts);
  const counts = !found || mayUseKey(found, request, target, parts.options);
  if (!counts && behaviourOf(parts.options).masterKeyFromElsewhere !== 'isIgnored')
    return unauthorized('keyFromElsewhere');
  const key = counts ? found : undefined;
  if (!key && !hasClientKey(credentials, parts)) return unauthorized('clientKey');
  const refusal = count?.(key === 'master' || key === 'readOnly');
  if (refusal) return { refused: refusal, reason: 'rateLimit' };
  // This one route tells by itself what is wrong with a token.
  if (!key && sessionToken && method === 'GET' && isRoute(path, '/sessions/me')) {
    return { isMaster: false, sessionToken, ...(installationId && { installationId }) };
  }
  try {
    const isStale = !key && isRoute(path, '/login');
    const claims = { key, installationId, sessionToken: isStale ? undefined : sessionToken };
    return authenticate({ ...claims, isExpired: session === 'expired' }, { ...parts, store });
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return { refused: json(400, { code: error.code, error: error.message }), reason: error.reason };
  }
};
