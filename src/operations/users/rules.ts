import { ERROR_CODES, ParseError, permissionDenied, refusal } from '../../parse/error.ts';
import { isFieldOperation } from '../../parse/field-ops.ts';
import { isObject, type Json, type JsonObject } from '../../parse/record.ts';
import { behaviourOf } from '../../parse/versions/versions.ts';
import type { Transaction } from '../../store/store.ts';
import { isNobody, passesRights } from '../access/keys.ts';
import type { Context } from '../context.ts';
import type { Admitted, ClassRules, Finish, Prepared, Write } from '../objects/stages.ts';
import { type CreatedWith, endSessions, isForCloud, openSession, tokenOf } from '../sessions/store.ts';
import { alreadyUsed, checkUnspent, hasAuthData, isUsedByAnother, mergeAuthData } from '../third-parties/auth-data.ts';
import { admitAuthData } from './auth-data-rules.ts';
import { mailVerification, unverified } from './email-verification.ts';
import { RESET } from './one-time-tokens.ts';
import { checkHistory, checkPassword, passwordRecords } from './password-policy.ts';
import { checkEmail, checkEmpty, checkUsername } from './unique.ts';
import { preventsSessions, wantsVerification, writtenUser } from './verification-conditions.ts';

const OWN_RIGHTS = { read: true, write: true } as const;

const isMissing = (value: Json | undefined): boolean => typeof value !== 'string' || value === '';

/** What the first step of a write to a user finds out for the later ones. */
type Findings = {
  /** The names of the providers that were given, if any authData was. */
  readonly authProvider: string | undefined;
  /** What the providers want the client to be told. */
  readonly response: JsonObject | undefined;
};

const admit = async (write: Write, context: Context): Promise<Admitted> => {
  const { fields, isNew } = write;
  const { authData } = fields;
  if (isNew && !hasAuthData(authData, context)) {
    if (isMissing(fields['username'])) throw new ParseError('USERNAME_MISSING', 'bad or missing username');
    if (isMissing(fields['password'])) throw new ParseError('PASSWORD_MISSING', 'password is required');
  }
  const authProvider = isObject(authData) ? Object.keys(authData).sort().join(',') : undefined;
  if (Object.hasOwn(fields, 'emailVerified') && !passesRights(context.auth))
    throw permissionDenied(
      "Clients aren't allowed to manually update email verification.",
      'OPERATION_FORBIDDEN',
      'masterKeyMissing',
    );
  const { instead, accepted, response } = await admitAuthData(write, context);
  if (instead) {
    const objectId = String(instead['objectId']);
    return { instead, objectId, isNew: false, ...(accepted && { written: { authData: accepted } }) };
  }
  const findings = { authProvider, response };
  return {
    write: accepted ? { ...write, fields: { ...fields, authData: accepted } } : write,
    prepare: (next) => prepare(next, findings, context),
  };
};

type Hashed = { readonly fields: JsonObject; readonly hidden: JsonObject; readonly isNew: boolean };

/** The fields without the password, and what is kept in its place. */
const hashPassword = async ({ fields, before, isNew }: Write, context: Context): Promise<Hashed> => {
  const { password, ...others } = fields;
  if (password === undefined || (isNew && password === null)) return { fields: others, hidden: {}, isNew: false };
  checkPassword(String(password), fields['username'] ?? before?.['username'], context);
  if (typeof password !== 'string') throw new TypeError('Failed to hash a password: it is not text');
  if (before) await checkHistory(password, before, context);
  const passwordHash = await context.passwords.hash(password, context.options.bcryptRounds);
  const hidden = { _hashed_password: passwordHash, ...passwordRecords(before, context) };
  return { fields: others, hidden, isNew: true };
};

const aclFor = ({ fields, isNew, objectId, classAcl }: Write, { auth, options }: Context): JsonObject => {
  const given = fields['ACL'];
  if (isNew) {
    const byDefault = classAcl ?? (options.enforcePrivateUsers ? {} : { '*': { read: true } });
    return { ACL: { ...(isObject(given) ? given : byDefault), [objectId]: OWN_RIGHTS } };
  }
  if (!given || passesRights(auth)) return {};
  return { ACL: { ...(isObject(given) && !isFieldOperation(given) ? given : {}), [objectId]: OWN_RIGHTS } };
};

const isDelete = (value: Json | undefined): boolean => isFieldOperation(value) && value.__op === 'Delete';

/** Whether the written address wants to be verified: a third party's word stands for the address of a user it brings. */
const isUnproven = ({ fields: { email, authData } }: Write): boolean => {
  if (!email || isDelete(email)) return false;
  const providers = isObject(authData) ? Object.keys(authData) : [];
  return providers.length === 0 || (providers.length === 1 && providers[0] === 'anonymous');
};

/** A sign-up opens a session, and so does a change of authData by a key that needs no user. */
const wantsSession = ({ isNew }: Write, { authProvider }: Findings, { auth }: Context): boolean =>
  authProvider === undefined ? isNew : !auth.user;

/** What functions of the options are told of a user who is written. */
const occasionOf = (write: Write, { authProvider }: Findings) => ({
  user: writtenUser(write),
  original: write.before,
  createdWith: write.isNew ? ({ action: 'signup', authProvider: authProvider || 'password' } as const) : undefined,
});

/** Names in small letters, where the options want them so; who looks for them must know. */
const inSmallLetters = (fields: JsonObject, { options }: Context): JsonObject => {
  const { username, email } = fields;
  return {
    ...(options.convertUsernameToLowercase && typeof username === 'string' && { username: username.toLowerCase() }),
    ...(options.convertEmailToLowercase && typeof email === 'string' && { email: email.toLowerCase() }),
  };
};

/** How a session comes about that a write opens; a change of the password alone does not tell. */
const createdWith = ({ isNew }: Write, { authProvider }: Findings): CreatedWith | undefined => {
  if (authProvider) return { action: 'login', authProvider };
  return isNew ? { action: 'signup', authProvider: 'password' } : undefined;
};

type Opening = { readonly write: Write; readonly findings: Findings };

const openFor = ({ write, findings }: Opening, transaction: Transaction, context: Context): string => {
  const origin = createdWith(write, findings);
  const { installationId } = context.auth;
  const session = { userId: write.objectId, installationId, ...(origin && { createdWith: origin }) };
  return tokenOf(openSession(session, transaction, context));
};

const renewSessions = (opening: Opening, transaction: Transaction, context: Context): string | undefined => {
  if (context.options.revokeSessionOnPasswordReset) endSessions(opening.write.objectId, transaction);
  return passesRights(context.auth) ? undefined : openFor(opening, transaction, context);
};

const check = ({ fields, objectId, isNew, before }: Write, transaction: Transaction, context: Context): JsonObject => {
  checkUsername(fields['username'], objectId, transaction);
  checkEmail(fields['email'], objectId, transaction);
  const { authData } = fields;
  if (isUsedByAnother(authData, objectId, transaction, context)) throw alreadyUsed();
  if (!isNew && isNobody(context.auth)) throw permissionDenied(`Cannot modify user ${objectId}.`, 'SESSION_MISSING');
  if (!isObject(authData)) return {};
  const present = transaction.get('_User', objectId)?.['authData'];
  checkUnspent(before?.['authData'], present, authData);
  return { authData: mergeAuthData(present, authData) };
};

const NO_RESET = { [RESET.token]: null, [RESET.expiresAt]: null };

const prepare = async (given: Write, findings: Findings, context: Context): Promise<Prepared> => {
  const { isNew } = given;
  const password = await hashPassword(given, context);
  const isNamed = !isNew || Boolean(given.fields['username']);
  const named = isNamed ? password.fields : { ...password.fields, username: context.random.text(25) };
  const endsReset = !isNew && (password.isNew || Object.hasOwn(named, 'email'));
  const occasion = occasionOf({ ...given, fields: named }, findings);
  const isToVerify = isUnproven(given) && (await wantsVerification(occasion, context));
  const isAwaited = wantsSession(given, findings, context);
  const isPrevented = isAwaited && (await preventsSessions(occasion, context));
  const opensSession = isAwaited && !isPrevented && !isForCloud(context);
  const verification = isToVerify ? unverified(context) : { fields: {}, hidden: {} };
  const keepsVerified = given.changedByTriggers.includes('emailVerified');
  const write: Write = {
    ...given,
    fields: {
      ...named,
      ...inSmallLetters(named, context),
      ...(!keepsVerified && verification.fields),
      ...aclFor(given, context),
    },
    hidden: { ...given.hidden, ...password.hidden, ...(endsReset && NO_RESET), ...verification.hidden },
  };
  return {
    write,
    beforeWrite: (transaction) => check(write, transaction, context),
    afterWrite: (record, transaction) => {
      checkEmpty(record, isNew, transaction);
      const opening = { write, findings };
      const opened = opensSession ? openFor(opening, transaction, context) : undefined;
      const renewed = !isNew && password.isNew ? renewSessions(opening, transaction, context) : undefined;
      const sessionToken = renewed ?? opened;
      return async (_, answer) => {
        if (isToVerify) await mailVerification(record, context);
        const known = {
          ...(sessionToken !== undefined && { sessionToken }),
          ...(!isNamed && { username: String(record['username']) }),
        };
        return { answer: { ...answer, ...known }, finish: finish(isNew && isPrevented, findings, context) };
      };
    },
  };
};

const finish =
  (isPrevented: boolean, { response }: Findings, { options }: Context): Finish =>
  (answer) => {
    const isRefused = isPrevented && options.preventSignupWithUnverifiedEmail;
    // The user is made and the mail is sent all the same: only the sign-up is refused.
    if (isRefused) throw refusal('emailUnverified', 'EMAIL_NOT_FOUND', 'User email is not verified.');
    const isTold = response !== undefined && behaviourOf(options).tellsAuthDataResponse;
    return isTold ? { ...answer, authDataResponse: response } : answer;
  };

/** What users have beyond other objects: a name and a password, rights to themselves, addresses to verify, sessions. */
export const USER_RULES: ClassRules<Context> = {
  stages: [admit],
  told: ['username'],
  secret: ['password'],
  isOfAsker: (objectId, { auth }) => auth.user?.objectId === objectId,
  partial: ['authData'],
  // Nobody learns from a refused change whether the user exists.
  disguise: (error) =>
    error instanceof ParseError && error.code === ERROR_CODES.OBJECT_NOT_FOUND
      ? permissionDenied('Insufficient auth.', 'SESSION_MISSING')
      : error,
  beforeDelete: (_, { auth }) => {
    if (isNobody(auth)) throw new ParseError('SESSION_MISSING', 'Insufficient auth to delete user');
  },
};
