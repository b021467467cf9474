import type { Context } from '../../operations/context.ts';
import * as users from '../../operations/users/users.ts';
import type { JsonObject } from '../../parse/record.ts';
import { behaviourOf } from '../../parse/versions/versions.ts';
import { ok, type RestCall, type RestResponse, type RestRoute } from '../message.ts';

/** Name and password stand in the body or, where it has none, in the address; authData in the body only. */
const credentialsIn = ({ fields, query }: RestCall): JsonObject => {
  const fromQuery = (!fields['username'] && query['username']) || (!fields['email'] && query['email']);
  const { authData = null } = fields;
  return { ...(fromQuery ? query : fields), authData };
};

const logIn = async (call: RestCall, context: Context): Promise<RestResponse> =>
  ok(await users.logIn(credentialsIn(call), context));

const verifyPassword = async (call: RestCall, context: Context): Promise<RestResponse> =>
  ok(await users.verifyPassword(credentialsIn(call), context));

const logInAs = ({ fields, query }: RestCall, context: Context): RestResponse =>
  ok(users.logInAs(fields['userId'] || query['userId'], context));

const logOut = async (_call: RestCall, context: Context): Promise<RestResponse> => {
  await users.logOut(context);
  return ok({});
};

const requestPasswordReset = async ({ fields }: RestCall, context: Context): Promise<RestResponse> => {
  await users.requestPasswordReset(fields, context);
  return ok({});
};

const requestVerificationEmail = async ({ fields }: RestCall, context: Context): Promise<RestResponse> => {
  await users.requestVerificationEmail(fields['email'], context);
  return ok({});
};

const TYPED = { __type: 'Object', className: '_User' } as const;

const me = async (_call: RestCall, context: Context): Promise<RestResponse> => {
  const { sessionToken = null, ...user } = await users.currentUser({}, context);
  return ok({ ...user, ...(behaviourOf(context.options).meIsTyped && TYPED), sessionToken });
};

/** Who one is, by which credentials, and the mails about them. */
export const USER_ROUTES: readonly RestRoute[] = [
  { method: 'GET', path: '/users/me', run: me },
  { method: 'GET', path: '/login', run: logIn },
  { method: 'POST', path: '/login', run: logIn },
  { method: 'POST', path: '/loginAs', run: logInAs },
  { method: 'POST', path: '/logout', run: logOut },
  { method: 'GET', path: '/verifyPassword', run: verifyPassword },
  { method: 'POST', path: '/verifyPassword', run: verifyPassword },
  {
    method: 'POST',
    path: '/challenge',
    run: async ({ fields }, context) => ok(await users.challenge(fields, context)),
  },
  { method: 'POST', path: '/requestPasswordReset', run: requestPasswordReset },
  { method: 'POST', path: '/verificationEmailRequest', run: requestVerificationEmail },
];
