import type { Context } from '../../operations/context.ts';
import {
  actAs,
  challenge,
  confirmPasswordReset,
  viewer as findViewer,
  logIn,
  logInWith,
  logOut,
  requestPasswordReset,
  requestVerificationEmail,
  signUp,
} from '../../operations/users/users.ts';
import { ParseError, refusal } from '../../parse/error.ts';
import type { Json, JsonObject } from '../../parse/record.ts';
import { behaviourOf } from '../../parse/versions/versions.ts';
import type { GraphQLContext } from '../context.ts';
import type { FindClass } from '../graphql-class.ts';
import type { Input, RootResolver } from './classes.ts';
import { fromFieldsInput } from './fields-input.ts';
import type { ObjectNode } from './object-node.ts';
import { type Selected, selectedAt, selectedBelow } from './selection.ts';
import { wanted } from './wanted.ts';

/** The asking user and its token. */
type Viewer = { readonly sessionToken: string | undefined; readonly user?: ObjectNode };

const toNode = (record: JsonObject): ObjectNode => ({ className: '_User', record });

const viewerOf = async (selected: Selected, context: Context): Promise<Viewer> => {
  const user = await findViewer(wanted(selectedAt(selected, 'user')), context);
  return { sessionToken: String(user['sessionToken']), user: toNode(user) };
};

const tokenOf = (answer: JsonObject): string | undefined =>
  typeof answer['sessionToken'] === 'string' ? answer['sessionToken'] : undefined;

/**
 * The viewer after a log-in or a sign-up. The rest of the document has the new session; it is done as the new user only
 * when that user was asked for.
 */
const enter = async (answer: JsonObject, selected: Selected, state: GraphQLContext): Promise<Viewer> => {
  const sessionToken = tokenOf(answer);
  const acting = actAs(sessionToken, state.context);
  // With nothing but its type asked for there is no user in the answer, which is then an error of GraphQL's.
  if (selectedAt(selected, 'user').size === 0) {
    state.context = { ...state.context, auth: { ...state.context.auth, sessionToken: acting.auth.sessionToken ?? '' } };
    return { sessionToken };
  }
  state.context = acting;
  const viewer = await viewerOf(selected, acting);
  const response = answer['authDataResponse'];
  return response === undefined || !viewer.user
    ? viewer
    : { ...viewer, user: toNode({ ...viewer.user.record, authDataResponse: response }) };
};

type Fields = { readonly fields?: JsonObject | null };

/** The rows of the user API beyond `createUser` and its kin. */
export const viewerMutationResolvers = (find: FindClass): { [field: string]: RootResolver<never> } => {
  const users = find('_User');

  const toFields = async (fields: JsonObject | null | undefined, context: Context): Promise<JsonObject> =>
    users ? fromFieldsInput(fields ?? {}, users, { find, context }) : {};

  const resolveSignUp: RootResolver<Input<Fields & { readonly userFields?: JsonObject | null }>> = async (
    _,
    { input },
    state,
    info,
  ) => {
    const fields = await toFields({ ...input.userFields, ...input.fields }, state.context);
    const answer = await signUp(fields, state.context);
    return {
      viewer: await enter(answer, selectedAt(selectedBelow(info), 'viewer'), state),
      clientMutationId: input.clientMutationId,
    };
  };

  const resolveLogInWith: RootResolver<Input<Fields & { readonly authData: JsonObject }>> = async (
    _,
    { input },
    state,
    info,
  ) => {
    const fields = await toFields(input.fields, state.context);
    const answer = await logInWith(input.authData, fields, state.context);
    return {
      viewer: await enter(answer, selectedAt(selectedBelow(info), 'viewer'), state),
      clientMutationId: input.clientMutationId,
    };
  };

  const resolveLogIn: RootResolver<Input<{ username: string; password: string; authData?: Json }>> = async (
    _,
    { input },
    state,
    info,
  ) => {
    const { clientMutationId, ...credentials } = input;
    const answer = await logIn(credentials, state.context);
    return { viewer: await enter(answer, selectedAt(selectedBelow(info), 'viewer'), state), clientMutationId };
  };

  const resolveLogOut: RootResolver<Input> = async (_, { input }, { context }, info) => {
    const selected = selectedBelow(info);
    const viewer = selected.has('viewer') ? await viewerOf(selectedAt(selected, 'viewer'), context) : undefined;
    await logOut(context);
    return { ok: true, viewer, clientMutationId: input.clientMutationId };
  };

  return {
    signUp: resolveSignUp,
    logInWith: resolveLogInWith,
    logIn: resolveLogIn,
    logOut: resolveLogOut,
    ...MAIL_MUTATIONS,
  };
};

const resolveReset: RootResolver<Input<{ email: string }>> = async (_, { input }, { context }) => {
  await requestPasswordReset(input, context);
  return { ok: true, clientMutationId: input.clientMutationId };
};

// Parse Server throws text here, which graphql-js has words of its own for.
const asThrownText = (error: unknown): unknown =>
  error instanceof ParseError
    ? new ParseError(error.code, `Unexpected error value: ${JSON.stringify(error.message)}`)
    : error;

const resolveConfirm: RootResolver<Input<{ username: string; token: string; password: string }>> = async (
  _,
  { input },
  { context },
) => {
  const { username, token, password, clientMutationId } = input;
  const isByName = behaviourOf(context.options).resetsByUsername;
  if (isByName && username === '') throw new ParseError('USERNAME_MISSING', 'you must provide a username');
  if (password === '') throw new ParseError('PASSWORD_MISSING', 'you must provide a password');
  if (token === '') throw refusal('tokenMissing', 'OTHER_CAUSE', 'you must provide a token');
  await confirmPasswordReset(token, password, context, isByName ? username : undefined).catch((error: unknown) => {
    throw asThrownText(error);
  });
  return { ok: true, clientMutationId };
};

const resolveVerification: RootResolver<Input<{ email: string }>> = async (_, { input }, { context }) => {
  await requestVerificationEmail(input.email, context);
  return { ok: true, clientMutationId: input.clientMutationId };
};

const resolveChallenge: RootResolver<Input<JsonObject>> = async (_, { input }, { context }) => {
  const { clientMutationId, ...asked } = input;
  return { ...(await challenge(asked, context)), clientMutationId };
};

const MAIL_MUTATIONS: { [field: string]: RootResolver<never> } = {
  resetPassword: resolveReset,
  confirmResetPassword: resolveConfirm,
  sendVerificationEmail: resolveVerification,
  challenge: resolveChallenge,
};

/** `viewer`: who asks. */
export const resolveViewer: RootResolver<object> = (_, __, { context }, info) => viewerOf(selectedBelow(info), context);
