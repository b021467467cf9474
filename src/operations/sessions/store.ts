import { isPointer, type Json, type ParseRecord, toDate, toPointer } from '../../parse/record.ts';
import { behaviourOf } from '../../parse/versions/versions.ts';
import type { Transaction } from '../../store/store.ts';
import { announce } from '../announce.ts';
import type { Context } from '../context.ts';
import { newObjectId, newSessionToken } from '../random.ts';

/** How a session came about, as Parse keeps it: `{ action: 'login', authProvider: 'password' }`. */
export type CreatedWith = {
  readonly action: 'signup' | 'login' | 'create' | 'upgrade';
  readonly authProvider?: string;
};

type NewSession = {
  /** Whose it is: the session has an object id of its own. */
  readonly userId: string;
  readonly createdWith?: CreatedWith;
  /** The device; a new session ends the earlier ones of the same user there. */
  readonly installationId?: string | undefined;
  readonly fields?: { readonly [name: string]: Json };
};

/** When a session that is opened or used at that time ends. */
export const sessionExpiry = (now: number, { options }: Pick<Context, 'options'>): Json =>
  toDate(now + options.sessionLength * 1000);

/** Ends the earlier sessions of the same user at the same installation. */
export const endOtherSessionsAt = ({ objectId, user, installationId }: ParseRecord, transaction: Transaction): void => {
  if (!isPointer(user) || !installationId) return;
  for (const session of transaction.lookUp('_Session', 'user', user.objectId)) {
    const isOther = session['installationId'] === installationId && session.objectId !== objectId;
    if (isOther) transaction.delete('_Session', session.objectId);
  }
};

/** Whether it is Parse's own Cloud Code that asks: whom it signs up or logs in by authData gets no session. */
export const isForCloud = ({ auth }: Context): boolean => auth.isCloud === true || auth.installationId === 'cloud';

// After the transaction: it may still fail, and then there is no such session.
const announceOpened = (session: ParseRecord, context: Context): void => {
  if (context.store.get('_Session', session.objectId) !== session) return;
  announce({ className: '_Session', before: undefined, after: session, written: {} }, context);
};

/** Opens a session and ends the earlier ones of the same user at the same installation. */
export const openSession = (
  { userId, createdWith, installationId, fields }: NewSession,
  transaction: Transaction,
  context: Context,
): ParseRecord => {
  const at = context.clock.stamp();
  const session = {
    objectId: newObjectId(context),
    createdAt: at,
    updatedAt: at,
    sessionToken: newSessionToken(context.random),
    user: toPointer('_User', userId),
    ...(createdWith && { createdWith }),
    ...(behaviourOf(context.options).hasRestrictedSessions && { restricted: false }),
    ...(installationId && { installationId }),
    ...(context.options.expireInactiveSessions && { expiresAt: sessionExpiry(Date.parse(at), context) }),
    ...fields,
  } as ParseRecord;
  transaction.put('_Session', session);
  endOtherSessionsAt(session, transaction);
  if (context.live?.isLive('_Session')) queueMicrotask(() => announceOpened(session, context));
  return session;
};

/** Ends all sessions of a user. */
export const endSessions = (objectId: string, transaction: Transaction): void => {
  for (const session of transaction.lookUp('_Session', 'user', objectId))
    transaction.delete('_Session', session.objectId);
};

/** The token of a session record. */
export const tokenOf = (session: ParseRecord): string => String(session['sessionToken']);
