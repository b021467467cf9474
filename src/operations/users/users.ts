import { INVALID_TOKEN, type ParseError, permissionDenied } from '../../parse/error.ts';
import type { JsonObject } from '../../parse/record.ts';
import type { Context } from '../context.ts';
import { createObject } from '../objects/objects.ts';
import { findObjects, seekObject } from '../queries/queries.ts';
import type { Selection } from '../queries/query.ts';
import { requireUser } from '../sessions/sessions.ts';

export { logOut } from '../sessions/sessions.ts';
export { challenge } from './challenge.ts';
export { isVerified, requestVerificationEmail, resendVerification, verifyEmail } from './email-verification.ts';
export { logIn, logInAs, verifyPassword } from './log-in.ts';
export { checkResetToken, confirmPasswordReset, requestPasswordReset } from './password-reset.ts';

/** What a sign-up answers: `objectId`, `createdAt`, and `sessionToken` where a session was opened. */
export const signUp = async (fields: JsonObject, context: Context): Promise<JsonObject> =>
  (await createObject('_User', fields, context)).answer;

/** Signs up with authData, or logs in whom it belongs to already. Returns as `signUp` does, or the whole user. */
export const logInWith = async (authData: JsonObject, fields: JsonObject, context: Context): Promise<JsonObject> =>
  (await createObject('_User', { ...fields, authData }, context)).answer;

const hidden = (): ParseError => permissionDenied(INVALID_TOKEN, 'INVALID_SESSION_TOKEN', 'selfHidden');

/**
 * The asking user as it sees itself, with its `sessionToken`. Throws 209 when nobody asks, or when the user may not read
 * itself.
 */
export const currentUser = async (selection: Selection, context: Context): Promise<JsonObject> => {
  const { objectId } = requireUser(context);
  const { sessionToken = '' } = context.auth;
  const user = await seekObject('_User', objectId, selection, context);
  if (!user) throw hidden();
  return { ...user, sessionToken };
};

/** The same for GraphQL's viewer, which Parse Server searches for: triggers are told so. */
export const viewer = async (selection: Selection, context: Context): Promise<JsonObject> => {
  const { objectId } = requireUser(context);
  const { sessionToken = '' } = context.auth;
  const [user] = (await findObjects('_User', { ...selection, where: { objectId } }, context)).results;
  if (!user) throw hidden();
  return { ...user, sessionToken };
};

/** The caller with another session: one that was opened a moment ago. Throws 209 when it is of no session. */
export const actAs = (sessionToken: string | undefined, context: Context): Context => {
  const auth = { ...context.auth, sessionToken: sessionToken ?? '' };
  const user = requireUser({ ...context, auth });
  return { ...context, auth: { ...auth, user, userForm: 'bare' } };
};
