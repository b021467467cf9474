import { ParseError, refusal } from '../../parse/error.ts';
import type { Json, ParseRecord } from '../../parse/record.ts';
import type { Context } from '../context.ts';
import { endSessions } from '../sessions/store.ts';
import { tellTrigger, withoutInternals } from '../triggers/run.ts';
import { unlocking } from './account-lockout.ts';
import { findUserBy } from './find-user.ts';
import { linkTo, requireMail, send } from './mail-links.ts';
import { expiryOf, findByToken, isInTime, newToken, RESET, withoutToken } from './one-time-tokens.ts';
import { checkHistory, checkPassword, passwordRecords } from './password-policy.ts';

// Whoever has no address can give the username, and gets the mail there.
const findRecipient = (email: string, context: Context): ParseRecord | undefined => {
  const byName = findUserBy('username', email, context);
  return findUserBy('email', email, context) ?? (byName?.['email'] === undefined ? byName : undefined);
};

const giveToken = (user: ParseRecord, context: Context): ParseRecord => {
  const policy = context.options.passwordPolicy;
  if (policy?.resetTokenReuseIfValid && isInTime(user, RESET, context)) return user;
  return context.store.transact((transaction) => {
    const after = { ...user, ...newToken(RESET, policy?.resetTokenValidityDuration, context) } as ParseRecord;
    transaction.put('_User', after);
    return after;
  });
};

// Whoever followed a link too late can ask for another by its token.
const emailOfExpired = (token: Json, context: Context): Json | undefined => {
  if (typeof token !== 'string') throw new ParseError('INVALID_VALUE', 'token must be a string');
  const user = findByToken(token, RESET, context.store);
  const expiry = user && expiryOf(user, RESET);
  return expiry !== undefined && expiry < context.clock.now() ? user?.['email'] : undefined;
};

/**
 * Mails a link that sets a new password to the user of an address, or of a link that has expired. Nothing tells whether the
 * address is known, unless the password policy's `resetPasswordSuccessOnInvalidEmail` is false: then an unknown one throws
 * 101. Throws 204 when neither is given, 125 for an address and 162 for a token that is not text.
 */
export const requestPasswordReset = async (
  { email: given, token }: { readonly email?: Json | undefined; readonly token?: Json | undefined },
  context: Context,
): Promise<void> => {
  requireMail(context);
  if (!given && !token) throw new ParseError('EMAIL_MISSING', 'you must provide an email');
  const email = (token && emailOfExpired(token, context)) || given;
  if (typeof email !== 'string') throw new ParseError('INVALID_EMAIL_ADDRESS', 'you must provide a valid email string');
  const found = findRecipient(email, context);
  if (!found) {
    if (context.options.passwordPolicy?.resetPasswordSuccessOnInvalidEmail === false) {
      throw refusal('userUnknown', 'OBJECT_NOT_FOUND', 'A user with that email does not exist.');
    }
    return;
  }
  await tellTrigger('beforePasswordResetRequest', '_User', withoutInternals(found), context);
  const user = giveToken(context.store.get('_User', found.objectId) ?? found, context);
  const to = String(user['email'] ?? user['username']);
  const { appName } = context.options;
  const link = linkTo('request_password_reset', String(user[RESET.token]), user, context);
  const text = [
    'Hello,',
    `somebody asked for a new password for you at ${appName}. If it was you, choose it here:`,
    link,
    'If it was not you, you need do nothing: your password stays as it is.',
  ];
  await send({ kind: 'resetPassword', to, subject: `Password Reset for ${appName}`, text, link }, context);
};

/** Why a link that resets a password is not good. */
export type ResetRefusal = 'invalid' | 'expired';

/** The user whose reset link this is, and who has the name, if one is given; or why the link is not good. */
export const checkResetToken = (token: string, context: Context, username?: string): ParseRecord | ResetRefusal => {
  const user = findByToken(token, RESET, context.store);
  if (!user || (username !== undefined && user['username'] !== username)) return 'invalid';
  const hasTerm = context.options.passwordPolicy?.resetTokenValidityDuration !== undefined;
  return hasTerm && !isInTime(user, RESET, context) ? 'expired' : user;
};

const REFUSALS: { readonly [refusal in ResetRefusal]: string } = {
  invalid: 'Failed to reset password: username / email / token is invalid',
  expired: 'The password reset link has expired',
};

const badLink = (why: ResetRefusal): ParseError =>
  refusal(why === 'expired' ? 'linkExpired' : 'linkInvalid', 'OTHER_CAUSE', REFUSALS[why]);

/**
 * Sets a new password by the token of a reset link, which is then used up, and ends all sessions of the user. Throws -1 for a
 * token that is not good, 142 for a password that the policy does not take (the token stays good).
 */
export const confirmPasswordReset = async (
  token: string,
  password: string,
  context: Context,
  username?: string,
): Promise<void> => {
  const user = checkResetToken(token, context, username);
  if (typeof user === 'string') throw badLink(user);
  checkPassword(password, user['username'], context);
  await checkHistory(password, user, context);
  const passwordHash = await context.passwords.hash(password, context.options.bcryptRounds);
  context.store.transact((transaction) => {
    const current = findByToken(token, RESET, transaction);
    if (!current) throw badLink('invalid');
    const written = {
      ...withoutToken(current, RESET),
      ...passwordRecords(current, context),
      ...unlocking(context),
      _hashed_password: passwordHash,
    };
    const kept = Object.fromEntries(Object.entries(written).filter(([, value]) => value !== null));
    transaction.put('_User', { ...kept, updatedAt: context.clock.stamp(current.updatedAt) } as ParseRecord);
    if (context.options.revokeSessionOnPasswordReset) endSessions(current.objectId, transaction);
  });
};
