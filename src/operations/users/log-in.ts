import { duplicateValue, ParseError, refusal } from '../../parse/error.ts';
import { isGiven, isObject, type Json, type JsonObject, type ParseRecord } from '../../parse/record.ts';
import { behaviourOf } from '../../parse/versions/versions.ts';
import { isLockedOut } from '../access/access.ts';
import { passesRights, requireWritingMaster } from '../access/keys.ts';
import type { Context } from '../context.ts';
import { withoutFileUrls } from '../files/files.ts';
import { getObject, readObject } from '../queries/queries.ts';
import { openSession, tokenOf } from '../sessions/store.ts';
import {
  type AcceptedAuthData,
  acceptAuthData,
  alreadyUsed,
  checkUnspent,
  isUsedByAnother,
  mergeAuthData,
  requireSecondFactor,
  toProviders,
} from '../third-parties/auth-data.ts';
import { tellTrigger, withoutInternals } from '../triggers/run.ts';
import { noteAttempt } from './account-lockout.ts';
import { findUserBy } from './find-user.ts';
import { checkPasswordAge } from './password-policy.ts';
import { preventsSessions } from './verification-conditions.ts';

/** What a client brings to log in. Types are not trusted: they come from the wire. */
export type Credentials = {
  readonly username?: Json | undefined;
  readonly email?: Json | undefined;
  readonly password?: Json | undefined;
  readonly authData?: Json | undefined;
  /** Lets the master key pass where an address must be verified first. */
  readonly ignoreEmailVerification?: Json | undefined;
};

const invalid = (): ParseError => refusal('wrongPassword', 'OBJECT_NOT_FOUND', 'Invalid username/password.');

// The username of one may be the email of another: then the username counts.
const findUser = (
  username: string | undefined,
  email: string | undefined,
  context: Context,
): ParseRecord | undefined => {
  if (username !== undefined && email !== undefined) {
    const user = findUserBy('email', email, context);
    return user?.['username'] === username ? user : undefined;
  }
  if (email !== undefined) return findUserBy('email', email, context);
  if (username === undefined) return undefined;
  return findUserBy('username', username, context) ?? findUserBy('email', username, context);
};

const textOrRefused = (value: Json | undefined): string | undefined => {
  if (!isGiven(value)) return undefined;
  if (typeof value !== 'string') throw invalid();
  return value;
};

const checkVerified = async (user: ParseRecord, credentials: Credentials, context: Context): Promise<void> => {
  const { auth } = context;
  if (passesRights(auth) && credentials.ignoreEmailVerification) return;
  const authProvider = isObject(credentials.authData) ? Object.keys(credentials.authData).join(',') : '';
  const createdWith = { action: 'login', authProvider: authProvider || 'password' } as const;
  if ((await preventsSessions({ user, createdWith }, context)) && !user['emailVerified']) {
    throw refusal('emailUnverified', 'EMAIL_NOT_FOUND', 'User email is not verified.');
  }
};

/**
 * The user of a username or an address and a password, both exact in letter case. Throws 200 and 201 for what is missing,
 * 101 for everything that is wrong (or locked), 205 for an address that must be verified first.
 */
export const authenticateUser = async (credentials: Credentials, context: Context): Promise<ParseRecord> => {
  const { username, email, password } = credentials;
  if (!isGiven(username) && !isGiven(email)) throw new ParseError('USERNAME_MISSING', 'username/email is required.');
  if (!isGiven(password)) throw new ParseError('PASSWORD_MISSING', 'password is required.');
  if (typeof password !== 'string') throw invalid();
  const user = findUser(textOrRefused(username), textOrRefused(email), context);
  if (!user) throw invalid();
  const passwordHash = user['_hashed_password'];
  const isRight = typeof passwordHash === 'string' && (await context.passwords.compare(password, passwordHash));
  noteAttempt(user.objectId, isRight, context);
  if (!isRight || isLockedOut(user, context)) throw invalid();
  await checkVerified(user, credentials, context);
  return context.store.get('_User', user.objectId) ?? user;
};

/** Has the providers look at what came beside the password. Throws -1 for a missing second factor, and what they refuse with. */
const acceptBeside = async (
  user: ParseRecord,
  credentials: Credentials,
  context: Context,
): Promise<AcceptedAuthData | undefined> => {
  const { identityOfAnother, logInTakesAuthData } = behaviourOf(context.options);
  const given = logInTakesAuthData ? credentials.authData : undefined;
  const authData = toProviders(given || null);
  requireSecondFactor(authData, user, context);
  const isRefused = given && identityOfAnother === 'isRefused';
  if (isRefused && isUsedByAnother(authData, user.objectId, context.store, context)) throw alreadyUsed();
  return given ? acceptAuthData(authData, { user, fields: fieldsOf(credentials) }, false, context) : undefined;
};

const fieldsOf = (credentials: Credentials): JsonObject =>
  Object.fromEntries(Object.entries(credentials).filter((entry): entry is [string, Json] => entry[1] !== undefined));

const storeBeside = (user: ParseRecord, { authData }: AcceptedAuthData, context: Context): ParseRecord => {
  if (Object.keys(authData).length === 0) return user;
  return context.store.transact((transaction) => {
    const isUnique = behaviourOf(context.options).identityOfAnother !== 'isShared';
    if (isUnique && isUsedByAnother(authData, user.objectId, transaction, context)) {
      throw duplicateValue();
    }
    const { authData: present, ...rest } = transaction.get('_User', user.objectId) ?? user;
    checkUnspent(user['authData'], present, authData);
    const merged = mergeAuthData(present, authData);
    const after = { ...rest, ...(merged && { authData: merged }) } as ParseRecord;
    transaction.put('_User', after);
    return after;
  });
};

/** What the user sees of itself, or all of it for a key that needs no user; no more than its id, where the class or its own ACL closes it to itself. */
export const showSelf = (user: ParseRecord, context: Context): JsonObject => {
  const { objectId } = user;
  try {
    const auth = passesRights(context.auth) ? context.auth : { isMaster: false, user };
    return withoutInternals(readObject('_User', objectId, { ...context, auth }));
  } catch (error) {
    if (error instanceof ParseError) return { objectId };
    throw error;
  }
};

/** What the caller is shown of the user whose password it knew: as that user, or by the key that it has. */
const refetch = async (user: ParseRecord, context: Context): Promise<JsonObject> => {
  const { installationId } = context.auth;
  const asUser = { isMaster: false, user, userForm: 'id', ...(installationId && { installationId }) } as const;
  const passes = passesRights(context.auth);
  try {
    return withoutInternals(
      await getObject('_User', user.objectId, {}, passes ? context : { ...context, auth: asUser }),
    );
  } catch {
    return passes ? withoutInternals(user) : { objectId: user.objectId };
  }
};

const authDataOf = ({ authData = null }: ParseRecord): JsonObject => ({ authData });

/**
 * Logs in and opens a session. Returns the whole user with its `sessionToken`, and `authDataResponse` when authData was given.
 * Throws what `authenticateUser` throws, -1 for a missing second factor, and what providers and triggers refuse with.
 */
export const logIn = async (credentials: Credentials, context: Context): Promise<JsonObject> => {
  const authenticated = await authenticateUser(credentials, context);
  const present = context.store.get('_User', authenticated.objectId) ?? authenticated; // others may have logged in meanwhile
  const accepted = await acceptBeside(present, credentials, context);
  checkPasswordAge(present, context);
  const object = withoutInternals(present);
  await tellTrigger('beforeLogin', '_User', object, context);
  const user = accepted ? storeBeside(present, accepted, context) : present;
  const { objectId: userId } = user;
  const createdWith = { action: 'login', authProvider: 'password' } as const;
  const { installationId } = context.auth;
  const sessionToken = tokenOf(
    context.store.transact((transaction) => openSession({ userId, createdWith, installationId }, transaction, context)),
  );
  const entered = { ...context, auth: { ...context.auth, user: present, sessionToken } };
  await tellTrigger('afterLogin', '_User', { ...object, sessionToken }, entered);
  const shown = await refetch(context.store.get('_User', userId) ?? user, context);
  const asBefore = accepted && behaviourOf(context.options).logInShowsOldAuthData && authDataOf(present);
  return { ...shown, ...asBefore, ...(accepted && { authDataResponse: accepted.response }), sessionToken };
};

/** Whether the password is the user's: returns the user without opening a session. Throws as `logIn` does. */
export const verifyPassword = async (credentials: Credentials, context: Context): Promise<JsonObject> =>
  refetch(await authenticateUser(credentials, context), context);

/** Opens a session for any user by the master key. Throws 119 without it, 162 without an id, 101 for nobody's. */
export const logInAs = (userId: Json | undefined, context: Context): JsonObject => {
  requireWritingMaster(context, 'login as another user', 'master key is required');
  if (typeof userId !== 'string' || userId === '') {
    throw new ParseError('INVALID_VALUE', 'userId must not be empty, null, or undefined');
  }
  if (!context.store.get('_User', userId)) throw refusal('userUnknown', 'OBJECT_NOT_FOUND', 'user not found');
  const session = context.store.transact((transaction) =>
    openSession(
      {
        userId,
        createdWith: { action: 'login', authProvider: 'masterkey' },
        installationId: context.auth.installationId,
      },
      transaction,
      context,
    ),
  );
  // The only answer with a user whose files have no address.
  return { ...withoutFileUrls(readObject('_User', userId, context)), sessionToken: tokenOf(session) };
};
