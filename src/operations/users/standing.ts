import { fromDate, isObject, type ParseRecord } from '../../parse/record.ts';
import type { Reader } from '../../store/store.ts';

/** Until when an account is locked, in milliseconds since 1970; undefined for one that is not. */
export const lockedUntil = (user: ParseRecord, now: number): number | undefined => {
  const until = fromDate(user['_account_lockout_expires_at']);
  return until !== undefined && until > now ? until : undefined;
};

/** The third parties that a user is linked to, and `mfa` for a second factor. */
export const providersOf = (user: ParseRecord): string[] => {
  const { authData } = user;
  return isObject(authData) ? Object.keys(authData).filter((name) => authData[name] !== null) : [];
};

/** What a table of users tells of one beside its fields. */
export type UserStanding = {
  /** Until when the account is locked: ISO text in UTC. */
  readonly lockedUntil?: string;
  /** The third parties that it is linked to, and `mfa` for a second factor. */
  readonly providers: readonly string[];
  /** How many sessions it has. */
  readonly sessions: number;
};

/** How a user stands. */
export const standingOf = (user: ParseRecord, now: number, reader: Reader): UserStanding => {
  const until = lockedUntil(user, now);
  return {
    ...(until !== undefined && { lockedUntil: new Date(until).toISOString() }),
    providers: providersOf(user),
    sessions: reader.lookUp('_Session', 'user', user.objectId).length,
  };
};

type Keeps = (user: ParseRecord, now: number) => boolean;

/** The kinds of users that a list can be narrowed to. */
export const USER_FILTERS: { readonly [name: string]: Keeps } = {
  verified: (user) => user['emailVerified'] === true,
  unverified: (user) => user['email'] !== undefined && user['emailVerified'] !== true,
  locked: (user, now) => lockedUntil(user, now) !== undefined,
  linked: (user) => providersOf(user).some((name) => name !== 'mfa'),
  mfa: (user) => providersOf(user).includes('mfa'),
  anonymous: (user) => providersOf(user).includes('anonymous'),
};
