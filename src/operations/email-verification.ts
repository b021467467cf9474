import { ParseError } from '../parse/error.ts';
import { fromDate, type Json, type JsonObject, type ParseRecord, toDate } from '../parse/record.ts';
import { foldCase } from '../store/indexes.ts';
import type { Context } from './context.ts';
import { linkTo, requireMail, send } from './mail-links.ts';
import { newSecret } from './random.ts';

const TOKEN = '_email_verify_token';
const EXPIRES_AT = '_email_verify_token_expires_at';

const isStillGood = (user: ParseRecord, context: Context): boolean => {
  const expiry = fromDate(user[EXPIRES_AT]);
  return typeof user[TOKEN] === 'string' && expiry !== undefined && expiry > context.clock.now();
};

const newToken = (context: Context): JsonObject => {
  const { emailVerifyTokenValidityDuration: seconds } = context.options;
  return {
    [TOKEN]: newSecret(context.random),
    ...(seconds && { [EXPIRES_AT]: toDate(context.clock.now() + seconds * 1000) }),
  };
};

/** The internal fields that a user gets with a new address, which is unverified until its link is followed. */
export const unverified = (context: Context): { fields: JsonObject; hidden: { [name: string]: Json } } =>
  context.options.verifyUserEmails
    ? { fields: { emailVerified: false }, hidden: { ...newToken(context) } }
    : { fields: {}, hidden: {} };

/** Mails the user the link of its present token. */
export const mailVerification = async (user: ParseRecord, context: Context): Promise<void> => {
  if (!context.options.verifyUserEmails || !context.options.sendUserEmailVerification) return;
  const { appName } = context.options;
  const link = linkTo('verify_email', { token: String(user[TOKEN]) }, context);
  await send(
    {
      kind: 'verifyEmail',
      to: String(user['email']),
      subject: `Please verify your e-mail for ${appName}`,
      text: `Hi,\n\nYou are being asked to confirm the e-mail address ${String(user['email'])} with ${appName}\n\nClick here to confirm it:\n${link}`,
      link,
    },
    context,
  );
};

const renewToken = (user: ParseRecord, context: Context): ParseRecord =>
  context.store.transact((transaction) => {
    const after = { ...user, ...newToken(context) } as ParseRecord;
    transaction.put('_User', after);
    return after;
  });

const findByExactEmail = (email: string, context: Context): ParseRecord | undefined =>
  context.store.lookUp('_User', 'email', foldCase(email)).find((user) => user['email'] === email);

/**
 * Sends the verification mail again. Nothing tells whether the address is known, unless `emailVerifySuccessOnInvalidEmail`
 * is off. Throws 204 without an address, 125 for what is no text, 205 for an unknown and -1 for a verified one.
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
    if (tells) throw new ParseError('OTHER_CAUSE', `Email ${email} is already verified.`);
    return;
  }
  if (!context.options.verifyUserEmails) return;
  const isKept = context.options.emailVerifyTokenReuseIfValid && isStillGood(user, context);
  await mailVerification(isKept ? user : renewToken(user, context), context);
};

/** Follows a verification link. Answers the user it verified; undefined when the link is not, or no longer, good. */
export const verifyEmail = (token: string, context: Context): ParseRecord | undefined =>
  context.store.transact((transaction) => {
    const [user] = token === '' ? [] : transaction.lookUp('_User', TOKEN, token);
    if (!user || !context.options.verifyUserEmails) return undefined;
    if (context.options.emailVerifyTokenValidityDuration && !isStillGood(user, context)) return undefined;
    const { [TOKEN]: _, [EXPIRES_AT]: __, ...rest } = user;
    const verified = {
      ...rest,
      emailVerified: true,
      updatedAt: new Date(context.clock.now()).toISOString(),
    } as ParseRecord;
    transaction.put('_User', verified);
    return verified;
  });

/**
 * Sends a new link to the user of a username, or of an old token; a link that still holds is not sent again, whatever
 * `emailVerifyTokenReuseIfValid` says. Answers whether there was a user who waits for one.
 */
export const resendVerification = async (
  by: { username?: string; token?: string },
  context: Context,
): Promise<boolean> => {
  const [byToken] = by.token ? context.store.lookUp('_User', TOKEN, by.token) : [];
  const byName = by.username
    ? context.store.lookUp('_User', 'username', foldCase(by.username)).find((user) => user['username'] === by.username)
    : undefined;
  const user = byToken ?? byName;
  if (!user || user['emailVerified']) return false;
  if (typeof user['email'] === 'string') await mailVerification(renewToken(user, context), context);
  return true;
};
