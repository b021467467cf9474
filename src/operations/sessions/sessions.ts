import { INVALID_TOKEN, type ParseError, permissionDenied, refusal } from '../../parse/error.ts';
import type { SessionReason } from '../../parse/reason.ts';
import { fromDate, isPointer, type JsonObject, type ParseRecord } from '../../parse/record.ts';
import type { Store } from '../../store/store.ts';
import { announce } from '../announce.ts';
import type { Auth, Context } from '../context.ts';
import { tellTrigger } from '../triggers/run.ts';
import { sessionExpiry } from './store.ts';

/** Who a request says it comes from, once its keys were checked. */
export type Claims = {
  /** The key that needs no user, if one came: the master key, the one that only reads, or the maintenance key. */
  readonly key?: 'master' | 'readOnly' | 'maintenance' | undefined;
  readonly sessionToken?: string | undefined;
  readonly installationId?: string | undefined;
  /** Whether the session is taken for one whose time is over. */
  readonly isExpired?: boolean;
};

type Surroundings = Omit<Context, 'auth' | 'request'>;

const RIGHTS = {
  master: { isMaster: true },
  readOnly: { isMaster: true, isReadOnly: true },
  maintenance: { isMaster: false, isMaintenance: true },
} as const;

const invalid = (reason: SessionReason, message: string): ParseError =>
  refusal(reason, 'INVALID_SESSION_TOKEN', message);

/** The session of a token, expired or not. */
const findSession = (sessionToken: string, store: Store): ParseRecord | undefined =>
  store.lookUp('_Session', 'sessionToken', sessionToken)[0];

const userOf = (session: ParseRecord, store: Store): ParseRecord | undefined => {
  const { user } = session;
  return isPointer(user) ? store.get('_User', user.objectId) : undefined;
};

/** Why there is no live session of a token. */
const whyNone = (sessionToken: string, { store, endedSessions }: Surroundings): SessionReason =>
  findSession(sessionToken, store) ? 'sessionOfNobody' : (endedSessions?.find(sessionToken) ?? 'sessionUnknown');

/** Prolongs a session that is used after half of its life, once it is asked for. */
const prolong = (session: ParseRecord, context: Surroundings): void => {
  const { clock, options, store } = context;
  if (!options.extendSessionOnUse || !options.expireInactiveSessions) return;
  const now = clock.now();
  if (now - Date.parse(session.updatedAt) < (options.sessionLength * 1000) / 2) return;
  store.transact((transaction) =>
    transaction.put('_Session', {
      ...session,
      updatedAt: clock.stamp(session.updatedAt),
      expiresAt: sessionExpiry(now, context),
    }),
  );
};

const isExpired = (session: ParseRecord, now: number): boolean => {
  const expiry = fromDate(session['expiresAt']);
  return expiry !== undefined && expiry < now;
};

/**
 * Turns claims into who asks. Throws 209 when the token is not of a live session of a user that is there; a key that
 * needs no session is enough, and what token comes with it is not looked at.
 */
export const authenticate = (claims: Claims, context: Surroundings): Auth => {
  const { key, sessionToken, installationId } = claims;
  const device = installationId ? { installationId } : {};
  if (key) return { ...RIGHTS[key], ...device, ...(sessionToken && { sessionToken }) };
  if (!sessionToken) return { isMaster: false, ...device };
  const session = findSession(sessionToken, context.store);
  const user = session && userOf(session, context.store);
  if (!session || !user) throw invalid(whyNone(sessionToken, context), 'Invalid session token');
  if (claims.isExpired || isExpired(session, context.clock.now())) {
    throw invalid('sessionExpired', 'Session token is expired.');
  }
  prolong(session, context);
  return { isMaster: false, user, sessionToken, ...device };
};

/** The object id of the user of a token; undefined when it is of no session. */
export const userIdOf = (sessionToken: string, store: Store): string | undefined => {
  const session = findSession(sessionToken, store);
  return session && userOf(session, store)?.objectId;
};

/** The user of a live session, without prolonging it; undefined when there is none. */
export const findUserByToken = (
  sessionToken: string,
  { store, clock }: Pick<Context, 'store' | 'clock'>,
): ParseRecord | undefined => {
  const session = findSession(sessionToken, store);
  return session && !isExpired(session, clock.now()) ? userOf(session, store) : undefined;
};

const shown = (session: ParseRecord): JsonObject =>
  Object.fromEntries(Object.entries(session).filter(([name]) => !name.startsWith('_')));

/** The session of the asking token. Throws 209 without one, or when it is of no session. */
export const currentSession = (context: Context): JsonObject => {
  const { sessionToken } = context.auth;
  if (!sessionToken) throw invalid('sessionMissing', 'Session token required.');
  const session = findSession(sessionToken, context.store);
  if (!session) throw invalid(whyNone(sessionToken, context), 'Session token not found.');
  return shown(session);
};

/** Ends the session of the asking token; without one there is nothing to end. What `afterLogout` throws undoes nothing. */
export const logOut = async (context: Context): Promise<void> => {
  const { sessionToken } = context.auth;
  const session = sessionToken ? findSession(sessionToken, context.store) : undefined;
  if (!session) return;
  context.store.transact((transaction) => transaction.delete('_Session', session.objectId));
  const asMaster = { ...context, auth: { isMaster: true } };
  announce({ className: '_Session', before: session, after: undefined, written: {} }, asMaster);
  await tellTrigger('afterLogout', '_Session', shown(session), context);
};

/** The user of the asking token. Throws 209 when nobody asks. */
export const requireUser = (context: Context): ParseRecord => {
  const { sessionToken } = context.auth;
  const session = sessionToken ? findSession(sessionToken, context.store) : undefined;
  const user = session && userOf(session, context.store);
  if (user) return user;
  const reason = sessionToken ? whyNone(sessionToken, context) : 'sessionMissing';
  throw permissionDenied(INVALID_TOKEN, 'INVALID_SESSION_TOKEN', reason);
};
