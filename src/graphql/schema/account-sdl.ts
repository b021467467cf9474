import type { FindClass, GraphQLClass } from '../graphql-class.ts';
import { inputType } from './classes/class-sdl.ts';

const ACCOUNT_SDL = `
input ChallengeInput {
  username: String
  password: String
  authData: Object
  challengeData: Object
  clientMutationId: String
}

type ChallengePayload {
  challengeData: Object
  clientMutationId: String
}

input ConfirmResetPasswordInput {
  username: String!
  password: String!
  token: String!
  clientMutationId: String
}

type ConfirmResetPasswordPayload {
  ok: Boolean!
  clientMutationId: String
}

input LogInInput {
  username: String!
  password: String!
  authData: Object
  clientMutationId: String
}

type LogInPayload {
  viewer: Viewer!
  clientMutationId: String
}

input LogInWithInput {
  authData: Object!
  fields: UserLoginWithInput
  clientMutationId: String
}

type LogInWithPayload {
  viewer: Viewer!
  clientMutationId: String
}

input LogOutInput { clientMutationId: String }

input ResetPasswordInput {
  email: String!
  clientMutationId: String
}

type ResetPasswordPayload {
  ok: Boolean!
  clientMutationId: String
}

input SendVerificationEmailInput {
  email: String!
  clientMutationId: String
}

type SendVerificationEmailPayload {
  ok: Boolean!
  clientMutationId: String
}

type SignUpPayload {
  viewer: Viewer!
  clientMutationId: String
}

type Viewer {
  sessionToken: String!
  user: User!
}
`;

const OLD_USER_FIELDS =
  'userFields: CreateUserFieldsInput @deprecated(reason: "No Parse Server from 4.10 on has it: send `fields`.")';
const OLD_VIEWER =
  'viewer: Viewer @deprecated(reason: "No Parse Server from 4.10 on has it: `ok` tells that nobody is logged in any more.")';

const viewerSdl = (hasLegacyForms: boolean): string => `
input SignUpInput {
  fields: CreateUserFieldsInput
  ${hasLegacyForms ? OLD_USER_FIELDS : ''}
  clientMutationId: String
}

type LogOutPayload {
  ok: Boolean!
  ${hasLegacyForms ? OLD_VIEWER : ''}
  clientMutationId: String
}
`;

const CREDENTIALS: readonly string[] = ['username', 'password', 'authData'];

// A third party tells who the user is; everything else of a new user can be said beside it.
const logInWithSdl = (users: GraphQLClass | undefined, find: FindClass): string => {
  const fields = (users?.shown.create ?? []).filter(([name]) => !CREDENTIALS.includes(name));
  return `input UserLoginWithInput {\n  ACL: ACLInput\n  ${fields.map(([name, field]) => `${name}: ${inputType(field, find)}`).join('\n  ')}\n}`;
};

/** The types of signing up, logging in and what belongs to it, with those of the older guide beside them where these are wanted. */
export const accountSdl = (users: GraphQLClass | undefined, find: FindClass, hasLegacyForms: boolean): string =>
  [ACCOUNT_SDL, viewerSdl(hasLegacyForms), logInWithSdl(users, find)].join('\n\n');

/** The mutations of signing up, logging in and what belongs to it. */
export const ACCOUNT_MUTATIONS = `
  signUp(input: SignUpInput!): SignUpPayload
  logInWith(input: LogInWithInput!): LogInWithPayload
  logIn(input: LogInInput!): LogInPayload
  logOut(input: LogOutInput!): LogOutPayload
  resetPassword(input: ResetPasswordInput!): ResetPasswordPayload
  confirmResetPassword(input: ConfirmResetPasswordInput!): ConfirmResetPasswordPayload
  sendVerificationEmail(input: SendVerificationEmailInput!): SendVerificationEmailPayload
  challenge(input: ChallengeInput!): ChallengePayload
`;
