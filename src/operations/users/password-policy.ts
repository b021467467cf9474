import type { PasswordPolicy } from '../../options/table.ts';
import { type ParseError, refusal } from '../../parse/error.ts';
import { fromDate, type Json, type ParseRecord, toDate } from '../../parse/record.ts';
import { compilePattern } from '../../parse/regex/regex.ts';
import type { Context } from '../context.ts';

const DAY = 24 * 60 * 60 * 1000;

const refused = (message: string): ParseError => refusal('passwordPolicy', 'VALIDATION_ERROR', message);

// Passwords come from strangers, so that a test may not take for ever; what our own patterns do not know, the platform's do.
const compile = (pattern: string | RegExp): { readonly test: (text: string) => boolean } => {
  const { source, flags } = new RegExp(pattern);
  try {
    return compilePattern(source, flags);
  } catch {
    return new RegExp(source, flags.replace(/[gy]/g, ''));
  }
};

const isAccepted = (password: string, { validatorPattern, validatorCallback }: PasswordPolicy): boolean =>
  (validatorPattern === undefined || compile(validatorPattern).test(password)) &&
  (validatorCallback === undefined || validatorCallback(password));

/**
 * Throws 142 when the policy does not take the password: its pattern or its callback, in the words of `validationError`, or the
 * username in it, in Parse's own.
 */
export const checkPassword = (password: string, username: Json | undefined, { options }: Context): void => {
  const policy = options.passwordPolicy;
  if (!policy) return;
  if (!isAccepted(password, policy)) {
    throw refused(policy.validationError ?? 'Password does not meet the Password Policy requirements.');
  }
  if (policy.doNotAllowUsername && typeof username === 'string' && username !== '' && password.includes(username)) {
    throw refused('Password cannot contain your username.');
  }
};

const hashesOf = (user: ParseRecord): readonly string[] => {
  const history = user['_password_history'];
  return Array.isArray(history) ? history.filter((hash): hash is string => typeof hash === 'string') : [];
};

/** Throws 142 when the password is one of the user's last ones, the present one included. */
export const checkHistory = async (password: string, user: ParseRecord, context: Context): Promise<void> => {
  const length = context.options.passwordPolicy?.maxPasswordHistory;
  if (!length || password === '') return;
  const hashes = [...hashesOf(user).slice(-(length - 1) || undefined), user['_hashed_password']];
  const recent = length === 1 ? hashes.slice(-1) : hashes;
  for (const hash of recent) {
    if (typeof hash === 'string' && (await context.passwords.compare(password, hash))) {
      throw refused(`New password should not be the same as last ${length} passwords.`);
    }
  }
};

/** What the policy keeps beside a new password: when it was set, and those before it. */
export const passwordRecords = (user: ParseRecord | undefined, context: Context): { [name: string]: Json } => {
  const { maxPasswordAge, maxPasswordHistory } = context.options.passwordPolicy ?? {};
  const past = user?.['_hashed_password'];
  const history = user && typeof past === 'string' ? [...hashesOf(user), past] : [];
  return {
    ...(maxPasswordAge && { _password_changed_at: toDate(context.clock.now()) }),
    ...(maxPasswordHistory &&
      user && { _password_history: maxPasswordHistory > 1 ? history.slice(-(maxPasswordHistory - 1)) : [] }),
  };
};

/**
 * Throws 101 when the password was right but is too old. A user who is older than the policy, or was seeded, has no date: it is
 * as if it set the password at this log-in.
 */
export const checkPasswordAge = (user: ParseRecord, context: Context): void => {
  const { maxPasswordAge } = context.options.passwordPolicy ?? {};
  if (!maxPasswordAge) return;
  const now = context.clock.now();
  const changed = fromDate(user['_password_changed_at']);
  if (changed === undefined) {
    context.store.transact((transaction) => {
      const present = transaction.get('_User', user.objectId);
      if (present) transaction.put('_User', { ...present, _password_changed_at: toDate(now) } as ParseRecord);
    });
  } else if (now > changed + maxPasswordAge * DAY) {
    throw refusal('passwordExpired', 'OBJECT_NOT_FOUND', 'Your password has expired. Please reset your password.');
  }
};
