import { refusal } from '../../parse/error.ts';
import { fromDate, type Json, type ParseRecord, toDate } from '../../parse/record.ts';
import { UserError } from '../../parse/user-error.ts';
import type { Context } from '../context.ts';

const MINUTE = 60 * 1000;

const failuresOf = (user: ParseRecord): number => {
  const count = user['_failed_login_count'];
  return typeof count === 'number' ? count : 0;
};

const isLocked = (user: ParseRecord, threshold: number, context: Context): boolean => {
  const until = fromDate(user['_account_lockout_expires_at']);
  return until !== undefined && until > context.clock.now() && failuresOf(user) >= threshold;
};

/**
 * Takes note of an attempt to log in. Throws 101 while the account is locked, when even the right password does not count.
 * The count outlives the lock: after it one wrong attempt locks again, and is told so.
 */
export const noteAttempt = (objectId: string, isRight: boolean, context: Context): void => {
  const lockout = context.options.accountLockout;
  if (!lockout) return;
  const { threshold, duration } = lockout;
  const isRefused = context.store.transact((transaction) => {
    const user = transaction.get('_User', objectId);
    if (!user) return false;
    if (isLocked(user, threshold, context)) return true;
    const count = isRight ? 0 : failuresOf(user) + 1;
    if (count === failuresOf(user)) return false;
    const expiry =
      count >= threshold ? { _account_lockout_expires_at: toDate(context.clock.now() + duration * MINUTE) } : {};
    transaction.put('_User', { ...user, _failed_login_count: count, ...expiry } as ParseRecord);
    return count > threshold;
  });
  if (isRefused) {
    throw refusal(
      'accountLocked',
      'OBJECT_NOT_FOUND',
      `Your account is locked due to multiple failed login attempts. Please try again after ${duration} minute(s)`,
    );
  }
};

/**
 * Locks an account as so many wrong passwords would, or opens it. Throws where the option `accountLockout` is not set, since a lock
 * would count for nothing.
 */
export const setLock = (user: ParseRecord, isLocked: boolean, { store, options, clock }: Context): void => {
  const lockout = options.accountLockout;
  if (!lockout) {
    throw new UserError(
      'Failed to lock the account: the option accountLockout is not set, and without it no lock counts',
    );
  }
  const { _account_lockout_expires_at: _, _failed_login_count: __, ...rest } = user;
  const until = toDate(clock.now() + lockout.duration * MINUTE);
  const lock = isLocked ? { _failed_login_count: lockout.threshold, _account_lockout_expires_at: until } : {};
  store.transact((transaction) => transaction.put('_User', { ...rest, ...lock } as ParseRecord));
};

/** The internal fields that a reset of the password sets, when it opens a locked account. */
export const unlocking = ({ options }: Context): { [name: string]: Json } =>
  options.accountLockout?.unlockOnPasswordReset ? { _failed_login_count: 0, _account_lockout_expires_at: null } : {};
