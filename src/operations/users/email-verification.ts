import { ParseError, refusal } from '../../parse/error.ts';
import type { Json, JsonObject, ParseRecord } from '../../parse/record.ts';
import { foldCase } from '../../store/indexes.ts';
import type { Context } from '../context.ts';
import { updateObject } from '../objects/objects.ts';
import { getObject } from '../queries/queries.ts';
import { findUserBy } from './find-user.ts';
import { linkTo, requireMail, send } from './mail-links.ts';
import { findByToken, isInTime, newToken, VERIFICATION } from './one-time-tokens.ts';
import { sendsVerification, wantsVerification } from './verification-conditions.ts';

const newVerification = (context: Context): JsonObject =>
  newToken(VERIFICATION, context.options.emailVerifyTokenValidityDuration, context);

/** The internal fields that a user gets with a new address, which is unverified until its link is followed. */
export const unverified = (context: Context): { fields: JsonObject; hidden: { [name: string]: Json } } => ({
  fields: { emailVerified: false },
  hidden: { ...newVerification(context) },
});

/** Mails the user the link of its present token. */
export const mailVerification = async (user: ParseRecord, context: Context): Promise<void> => {
  if (!context.options.verifyUserEmails || !(await sendsVerification(user, context))) return;
  const { appName } = context.options;
  const link = linkTo('verify_email', String(user[VERIFICATION.token]), user, context);
  const to = String(user['email']);
  const text = [
    'Hello,',
    `please confirm that ${to} is your address at ${appName}:`,
    link,
    'If you did not sign up there, you need do nothing.',
  ];
  await send({ kind: 'verifyEmail', to, subject: `Please verify your e-mail for ${appName}`, text, link }, context);
};

const renewToken = (user: ParseRecord, context: Context): ParseRecord =>
  context.store.transact((transaction) => {
    const after = { ...user, ...newVerification(context) } as ParseRecord;
    transaction.put('_User', after);
    return after;
  });

const findByExactEmail = (email: string, context: Context): ParseRecord | undefined =>
  context.store.lookUp('_User', 'email', foldCase(email)).find((user) => user['email'] === email);

/**
 * Sends the verification mail again. Nothing tells whether the address is known, unless `emailVerifySuccessOnInvalidEmail`
 * is off. Throws 204 without an address, 125 for what is not text, 205 for an unknown and -1 for a verified one.
 */
export const requestVerificationEmail = async (email: Json | undefined, context: Context): Promise<void> => {
  requireMail(context);
  if (email === undefined || email === null || email === '')
    throw new ParseError('EMAIL_MISSING', 'you must provide an email');
  if (typeof email !== 'string') throw new ParseError('INVALID_EMAIL_ADDRESS', 'you must provide a valid email string');
  const user = findByExactEmail(email, context);
  const tells = !context.options.emailVerifySuccessOnInvalidEmail;
  if (!user) {
    if (tells) throw new ParseError('EMAIL_NOT_FOUND', `No user found with email ${email}`);
    return;
  }
  if (user['emailVerified']) {
    if (tells) throw refusal('emailVerified', 'OTHER_CAUSE', `Email ${email} is already verified.`);
    return;
  }
  const isKept = context.options.emailVerifyTokenReuseIfValid && isInTime(user, VERIFICATION, context);
  if (isKept) return mailVerification(user, context);
  if (!(await wantsVerification({ user, resendRequest: true }, context))) return;
  await mailVerification(renewToken(user, context), context);
};

const REMOVED = { __op: 'Delete' };
const VERIFIED = { emailVerified: true, [VERIFICATION.token]: REMOVED, [VERIFICATION.expiresAt]: REMOVED };

// It is the server that verifies, with every right, and yet triggers are told that nobody asks.
const asServer = (context: Context): Context => ({ ...context, auth: { isMaster: false, isMaintenance: true } });

/** Marks the address of a user as verified, and the link that says so as used up. Throws what triggers refuse with. */
export const markVerified = async (user: ParseRecord, given: Context): Promise<void> => {
  const { objectId } = user;
  const context = asServer(given);
  await getObject('_User', objectId, {}, context); // the triggers of finding want to know
  const isUnused = (record: ParseRecord): boolean => record[VERIFICATION.token] === user[VERIFICATION.token];
  await updateObject('_User', objectId, VERIFIED, context, isUnused);
};

/** Whether the address of a user of this name is verified already. */
export const isVerified = (username: string, context: Context): boolean =>
  findUserBy('username', username, context)?.['emailVerified'] === true;

/** Follows a verification link. Returns whether it verified a user: it may not be good, or no longer, or be refused by a trigger. */
export const verifyEmail = async (token: string, context: Context, username?: string): Promise<boolean> => {
  const user = findByToken(token, VERIFICATION, context.store);
  if (username !== undefined && user?.['username'] !== username) return false;
  const { verifyUserEmails, emailVerifyTokenValidityDuration } = context.options;
  if (!user || !verifyUserEmails) return false;
  if (emailVerifyTokenValidityDuration && !isInTime(user, VERIFICATION, context)) return false;
  try {
    await markVerified(user, context);
    return true;
  } catch (error) {
    if (error instanceof ParseError) return false;
    throw error;
  }
};

/**
 * Sends a new link to the user of a username, or of an old token; a link that still holds is not sent again, whatever
 * `emailVerifyTokenReuseIfValid` says. Returns whether there was a user who waits for one.
 */
export const resendVerification = async (
  by: { username?: string; token?: string },
  context: Context,
): Promise<boolean> => {
  const byToken = findByToken(by.token ?? '', VERIFICATION, context.store);
  const byName = by.username ? findUserBy('username', by.username, context) : undefined;
  const user = byToken ?? byName;
  if (!user || user['emailVerified']) return false;
  const isWanted =
    typeof user['email'] === 'string' && (await wantsVerification({ user, resendRequest: true }, context));
  if (isWanted) await mailVerification(renewToken(user, context), context);
  return true;
};
