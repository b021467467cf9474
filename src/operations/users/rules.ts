import { ParseError, permissionDenied } from '../../parse/error.ts';
import { isFieldOperation } from '../../parse/field-ops.ts';
import { isObject, type Json, type JsonObject } from '../../parse/record.ts';
import type { Transaction } from '../../store/store.ts';
import type { Context } from '../context.ts';
import type { Draft, WritePlan, WriteRules } from '../objects/write-rules.ts';
import { endSessions, isForCloud, openSession, tokenOf } from '../sessions/store.ts';
import { alreadyUsed, hasAuthData, isUsedByAnother, mergeAuthData } from '../third-parties/auth-data.ts';
import { admitAuthData } from './auth-data-rules.ts';
import { mailVerification, unverified } from './email-verification.ts';
import { RESET } from './one-time-tokens.ts';
import { checkHistory, checkPassword, passwordRecords } from './password-policy.ts';
import { checkEmail, checkEmpty, checkUsername } from './unique.ts';

const OWN_RIGHTS = { read: true, write: true } as const;

const isMissing = (value: Json | undefined): boolean => typeof value !== 'string' || value === '';

const admit = (draft: Draft, context: Context): JsonObject | undefined => {
  const { fields, isNew } = draft;
  if (isNew && !hasAuthData(fields['authData'])) {
    if (isMissing(fields['username'])) throw new ParseError('USERNAME_MISSING', 'bad or missing username');
    if (isMissing(fields['password'])) throw new ParseError('PASSWORD_MISSING', 'password is required');
  }
  const authProvider = isObject(fields['authData']) ? Object.keys(fields['authData']).sort().join(',') : undefined;
  if (Object.hasOwn(fields, 'emailVerified') && !context.auth.isMaster) throw permissionDenied();
  const { instead, response } = admitAuthData(draft, context);
  if (instead) return instead;
  draft.remarks = {
    ...(response && { authDataResponse: response }),
    ...(authProvider !== undefined && { authProvider }),
  };
  return undefined;
};

const preparePassword = async (draft: Draft, context: Context): Promise<boolean> => {
  const { fields, before } = draft;
  if (!Object.hasOwn(fields, 'password')) return false;
  const { password } = fields;
  delete fields['password'];
  if (password === undefined || (draft.isNew && password === null)) return false;
  checkPassword(String(password), fields['username'] ?? before?.['username'], context);
  if (typeof password !== 'string') throw new TypeError('Failed to hash a password: it is no text');
  if (before) await checkHistory(password, before, context);
  const passwordHash = await context.passwords.hash(password, context.options.bcryptRounds);
  Object.assign(draft.hidden, { _hashed_password: passwordHash, ...passwordRecords(before, context) });
  return true;
};

const prepareAcl = (draft: Draft, context: Context): void => {
  const { fields, isNew, objectId } = draft;
  const given = fields['ACL'];
  if (isNew) {
    const basis = isObject(given) ? given : context.options.enforcePrivateUsers ? {} : { '*': { read: true } };
    fields['ACL'] = { ...basis, [objectId]: OWN_RIGHTS };
  } else if (given && !context.auth.isMaster) {
    fields['ACL'] = { ...(isObject(given) && !isFieldOperation(given) ? given : {}), [objectId]: OWN_RIGHTS };
  }
};

const isDelete = (value: Json | undefined): boolean => isFieldOperation(value) && value.__op === 'Delete';

/** Whether the written address wants to be verified: a third party's word stands for the address of a user it brings. */
const isUnproven = (draft: Draft): boolean => {
  const { email, authData } = draft.fields;
  if (!email || isDelete(email)) return false;
  const providers = isObject(authData) ? Object.keys(authData) : [];
  return providers.length === 0 || (providers.length === 1 && providers[0] === 'anonymous');
};

const prepareEmail = (draft: Draft, context: Context): boolean => {
  if (!isUnproven(draft)) return false;
  const { fields, hidden } = unverified(context);
  Object.assign(draft.fields, fields);
  Object.assign(draft.hidden, hidden);
  return context.options.verifyUserEmails;
};

const opensSession = (draft: Draft, context: Context): boolean => {
  const { auth, options } = context;
  if (!draft.isNew || isForCloud(context)) return false;
  if (auth.user && draft.remarks?.['authProvider'] !== undefined) return false;
  return !(options.verifyUserEmails && options.preventLoginWithUnverifiedEmail);
};

const newUserSession = (draft: Draft, transaction: Transaction, context: Context): string => {
  const authProvider = draft.remarks?.['authProvider'];
  const isThirdParty = typeof authProvider === 'string' && authProvider !== '';
  const session = openSession(
    {
      userId: draft.objectId,
      createdWith: {
        action: isThirdParty ? 'login' : 'signup',
        authProvider: isThirdParty ? authProvider : 'password',
      },
      installationId: context.auth.installationId,
    },
    transaction,
    context,
  );
  return tokenOf(session);
};

const renewSessions = (objectId: string, transaction: Transaction, context: Context): string | undefined => {
  if (context.options.revokeSessionOnPasswordReset) endSessions(objectId, transaction);
  if (context.auth.isMaster) return undefined;
  return tokenOf(openSession({ userId: objectId, installationId: context.auth.installationId }, transaction, context));
};

const check = (draft: Draft, transaction: Transaction, context: Context): void => {
  const { fields, objectId, isNew } = draft;
  checkUsername(fields['username'], objectId, transaction);
  checkEmail(fields['email'], objectId, transaction);
  if (isUsedByAnother(fields['authData'], objectId, transaction, context)) throw alreadyUsed();
  if (!isNew && !context.auth.isMaster && !context.auth.user) throw permissionDenied('SESSION_MISSING');
  if (isObject(fields['authData'])) {
    fields['authData'] = mergeAuthData(transaction.get('_User', objectId)?.['authData'], fields['authData']);
  }
};

const plan = async (draft: Draft, context: Context): Promise<WritePlan> => {
  const { fields, isNew } = draft;
  const hasNewPassword = await preparePassword(draft, context);
  const isNamed = !isNew || Boolean(fields['username']);
  if (!isNamed) fields['username'] = context.random.text(25);
  if (!isNew && (hasNewPassword || Object.hasOwn(fields, 'email'))) {
    Object.assign(draft.hidden, { [RESET.token]: null, [RESET.expiresAt]: null });
  }
  const isToVerify = prepareEmail(draft, context);
  prepareAcl(draft, context);
  let sessionToken: string | undefined;
  return {
    check: (transaction) => check(draft, transaction, context),
    follow: (record, transaction) => {
      checkEmpty(record, isNew, transaction);
      if (opensSession(draft, context)) sessionToken = newUserSession(draft, transaction, context);
      else if (!isNew && hasNewPassword) sessionToken = renewSessions(draft.objectId, transaction, context);
    },
    conclude: async (record) => {
      if (isToVerify) await mailVerification(record, context);
      refuseUnverified(draft, context);
      const response = draft.remarks?.['authDataResponse'];
      return {
        ...(sessionToken !== undefined && { sessionToken }),
        ...(!isNamed && { username: String(record['username']) }),
        ...(response !== undefined && { authDataResponse: response }),
      };
    },
  };
};

// The user is made and the mail is sent all the same: only the sign-up is refused.
const refuseUnverified = (draft: Draft, { options }: Context): void => {
  const isRefused =
    options.verifyUserEmails && options.preventLoginWithUnverifiedEmail && options.preventSignupWithUnverifiedEmail;
  if (draft.isNew && isRefused) throw new ParseError('EMAIL_NOT_FOUND', 'User email is not verified.');
};

/** What users have beyond other objects: a name and a password, rights to themselves, addresses to verify, sessions. */
export const USER_RULES: WriteRules = {
  admit: async (draft, context) => admit(draft, context),
  plan,
  // Nobody learns from a refused change whether the user exists.
  disguise: (error) =>
    error instanceof ParseError && error.code === 101 ? permissionDenied('SESSION_MISSING') : error,
  admitDelete: ({ auth }) => {
    if (!auth.isMaster && !auth.user) throw new ParseError('SESSION_MISSING', 'Insufficient auth to delete user');
  },
};
