import { isObject, type JsonObject, type ParseRecord } from '../../parse/record.ts';
import { behaviourOf } from '../../parse/versions/versions.ts';
import { isLockedOut } from '../access/access.ts';
import { announce } from '../announce.ts';
import type { Context } from '../context.ts';
import { withFileUrls } from '../files/files.ts';
import type { Write } from '../objects/stages.ts';
import { fieldMaskOf } from '../queries/visibility.ts';
import { isForCloud, openSession, tokenOf } from '../sessions/store.ts';
import {
  acceptAuthData,
  alreadyUsed,
  changedAuthData,
  checkTaken,
  checkUnspent,
  findByAuthData,
  mergeAuthData,
  requireSecondFactor,
  toProviders,
  unsupported,
} from '../third-parties/auth-data.ts';
import { tellTrigger, withoutInternals } from '../triggers/run.ts';

const writeAuthData = (user: ParseRecord, written: JsonObject, context: Context): void => {
  if (Object.keys(written).length === 0) return;
  context.store.transact((transaction) => {
    const { authData: present, ...rest } = transaction.get('_User', user.objectId) ?? user;
    checkUnspent(user['authData'], present, written);
    const authData = mergeAuthData(present, written);
    transaction.put('_User', { ...rest, ...(authData && { authData }) } as ParseRecord);
  });
};

const givenOf = (authData: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(authData).filter(([, given]) => given !== null));

/** The user as it was, with the authData that it just brought along. */
const showLoggedIn = (user: ParseRecord, changed: JsonObject, context: Context): JsonObject => {
  const shown = withFileUrls(
    fieldMaskOf('_User', { ...context, auth: { ...context.auth, user } }).apply(user),
    context,
  );
  const authData = { ...(isObject(shown['authData']) && shown['authData']), ...givenOf(changed) };
  return { ...shown, authData };
};

/** Whether a provider is asked about authData that the user has already. */
const isCheckedAgain = ({ options }: Context): boolean => {
  const { knownAuthDataIsChecked: when } = behaviourOf(options);
  return when === 'always' || (when === 'unlessExpiredIsAllowed' && !options.allowExpiredAuthDataToken);
};

/**
 * A sign-up with authData that belongs to a user is a log-in of that user. The provider is asked each time: since version 9
 * Parse Server's `allowExpiredAuthDataToken` changes nothing here any more.
 */
const logInInstead = async (
  { fields }: Write,
  authData: JsonObject,
  user: ParseRecord,
  context: Context,
): Promise<AuthDataWrite> => {
  await tellTrigger('beforeLogin', '_User', withoutInternals(user), context);
  requireSecondFactor(authData, user, context);
  const { auth } = context;
  const isOwner = auth.isMaster || auth.user?.objectId === user.objectId;
  const changed = changedAuthData(authData, user);
  const isUnchanged = Object.keys(changed).length === 0;
  const isEcho = isUnchanged && (isOwner || !isCheckedAgain(context));
  const asked = { user, fields };
  const accepted = isEcho ? undefined : await acceptAuthData(auth.user ? changed : authData, asked, isOwner, context);
  writeAuthData(user, accepted?.authData ?? {}, context);
  // Parse Server tells of it as of a new user, also when nothing has changed.
  announce(
    { className: '_User', before: undefined, after: context.store.get('_User', user.objectId), written: {} },
    context,
  );
  const answer = {
    ...showLoggedIn(user, changed, context),
    ...(accepted && behaviourOf(context.options).tellsAuthDataResponse && { authDataResponse: accepted.response }),
  };
  const written = { accepted: accepted?.authData ?? authData };
  if (auth.user || isForCloud(context)) return { instead: answer, ...written };
  const session = context.store.transact((transaction) =>
    openSession(
      {
        userId: user.objectId,
        createdWith: { action: 'login', authProvider: Object.keys(authData).join(',') },
        installationId: auth.installationId,
      },
      transaction,
      context,
    ),
  );
  return { instead: { ...answer, sessionToken: tokenOf(session) }, ...written };
};

/** What came of the authData of a write to a user. */
export type AuthDataWrite = {
  /** Said in place of the write: the user of this authData was logged in. */
  readonly instead?: JsonObject;
  /** What is to be written in place of the authData that was given. */
  readonly accepted?: JsonObject;
  /** Said beside the answer of the write. */
  readonly response?: JsonObject;
};

const link = async (
  { fields }: Write,
  authData: JsonObject,
  user: ParseRecord | undefined,
  context: Context,
): Promise<AuthDataWrite> => {
  const { auth } = context;
  const isOwner = user !== undefined && (auth.isMaster || auth.user?.objectId === user.objectId);
  const accepted = await acceptAuthData(authData, { user: isOwner ? user : undefined, fields }, isOwner, context);
  return { accepted: accepted.authData, response: accepted.response };
};

const isKnownOtherwise = ({ fields, isNew }: Write, { auth }: Context): boolean =>
  !isNew ||
  auth.isMaster ||
  auth.user !== undefined ||
  (typeof fields['username'] === 'string' && typeof fields['password'] === 'string');

/**
 * Checks the authData of a new or changed user with its providers, and tells what is to be stored.
 * Rejects with 252 for an unknown provider, 162 for an id that is not text, 208 when the id is another user's.
 */
export const admitAuthData = async (write: Write, context: Context): Promise<AuthDataWrite> => {
  const { fields, isNew, objectId, before } = write;
  if (!Object.hasOwn(fields, 'authData')) return {};
  if (!fields['authData']) throw unsupported();
  const authData = toProviders(fields['authData']);
  if (Object.keys(authData).length === 0) return {};
  checkTaken(authData, isKnownOtherwise(write, context), context);
  const users = findByAuthData(authData, context.store, context).filter((user) => !isLockedOut(user, context));
  const [found] = users;
  const userId = isNew ? context.auth.user?.objectId : objectId;
  if (found && (users.length > 1 || (userId !== undefined && userId !== found.objectId))) {
    // the provider's refusal comes first, so that nobody learns of others
    await acceptAuthData(authData, { user: found, fields }, false, context);
    throw alreadyUsed();
  }
  if (!found) return link(write, authData, before, context);
  if (isNew) return logInInstead(write, authData, found, context);
  return relink(write, authData, found, context);
};

const relink = async (
  write: Write,
  authData: JsonObject,
  user: ParseRecord,
  context: Context,
): Promise<AuthDataWrite> => {
  const isOwner = context.auth.isMaster || context.auth.user?.objectId === user.objectId;
  if (!isOwner) return {};
  const changed = changedAuthData(authData, user);
  if (Object.keys(changed).length === 0) return {};
  return link(write, changed, user, context);
};
