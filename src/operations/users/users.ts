import { ParseError, permissionDenied } from '../../parse/error.ts';
import type { JsonObject } from '../../parse/record.ts';
import type { Context } from '../context.ts';
import { createObject } from '../objects/objects.ts';
import { getObject } from '../queries/queries.ts';
import type { Selection } from '../queries/query.ts';
import { requireUser } from '../sessions/sessions.ts';

export { logOut } from '../sessions/sessions.ts';
export { challenge } from './challenge.ts';
export { requestVerificationEmail, resendVerification, verifyEmail } from './email-verification.ts';
export { logIn, logInAs, verifyPassword } from './log-in.ts';
export { checkResetToken, confirmPasswordReset, requestPasswordReset } from './password-reset.ts';

/** What a sign-up answers: `objectId`, `createdAt`, and `sessionToken` where a session was opened. */
export const signUp = (fields: JsonObject, context: Context): Promise<JsonObject> =>
  createObject('_User', fields, context);

/** Signs up with authData, or logs in whom it belongs to already. Answers as `signUp` does, or the whole user. */
export const logInWith = (authData: JsonObject, fields: JsonObject, context: Context): Promise<JsonObject> =>
  createObject('_User', { ...fields, authData }, context);

/**
 * The asking user as it sees itself, with its `sessionToken`. Throws 209 when nobody asks, or when the user may not read
 * itself.
 */
export const currentUser = (selection: Selection, context: Context): JsonObject => {
  const { objectId } = requireUser(context);
  const { sessionToken = '' } = context.auth;
  try {
    return { ...getObject('_User', objectId, selection, context), sessionToken };
  } catch (error) {
    throw error instanceof ParseError && error.code === 101 ? permissionDenied('INVALID_SESSION_TOKEN') : error;
  }
};

/** The caller with another session: one that was opened a moment ago. Throws 209 when it is of no session. */
export const actAs = (sessionToken: string | undefined, context: Context): Context => {
  const auth = { ...context.auth, sessionToken: sessionToken ?? '' };
  const user = requireUser({ ...context, auth });
  return { ...context, auth: { ...auth, user } };
};
