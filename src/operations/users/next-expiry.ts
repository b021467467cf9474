import { fromDate, isPointer, type ParseRecord } from '../../parse/record.ts';
import type { Context } from '../context.ts';
import { expiryOf, RESET, VERIFICATION } from './one-time-tokens.ts';

/** What ends by time. */
export type Expiry = {
  /** A session, the link of a mail, a lock, or how long a password counts. */
  readonly kind: 'session' | 'verifyEmail' | 'resetPassword' | 'lock' | 'password';
  /** When it ends, in milliseconds since 1970. */
  readonly at: number;
  /** The object id of the user. */
  readonly userId: string;
};

const DAY = 86_400_000;

const ofSession = (session: ParseRecord): Expiry[] => {
  const at = fromDate(session['expiresAt']);
  const { user } = session;
  return at !== undefined && isPointer(user) ? [{ kind: 'session', at, userId: user.objectId }] : [];
};

const passwordEnd = (user: ParseRecord, days: number | undefined): number | undefined => {
  const since = fromDate(user['_password_changed_at']);
  return days && since !== undefined ? since + days * DAY : undefined;
};

const ofUser = (user: ParseRecord, { options }: Context): Expiry[] => {
  const { objectId: userId } = user;
  const ends: readonly (readonly [Expiry['kind'], number | undefined])[] = [
    ['verifyEmail', expiryOf(user, VERIFICATION)],
    ['resetPassword', expiryOf(user, RESET)],
    ['lock', fromDate(user['_account_lockout_expires_at'])],
    ['password', passwordEnd(user, options.passwordPolicy?.maxPasswordAge)],
  ];
  return ends.flatMap(([kind, at]) => (at === undefined ? [] : [{ kind, at, userId }]));
};

/** The next of all that ends by time; undefined when nothing will. */
export const nextExpiry = (context: Context): Expiry | undefined => {
  const { store, clock } = context;
  const now = clock.now();
  let next: Expiry | undefined;
  const look = (ends: readonly Expiry[]): void => {
    for (const end of ends) if (end.at > now && (!next || end.at < next.at)) next = end;
  };
  for (const session of store.all('_Session')) look(ofSession(session));
  for (const user of store.all('_User')) look(ofUser(user, context));
  return next;
};
