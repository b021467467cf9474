/** What is asked of a user wherever one comes back. */
export const USER = `id objectId createdAt updatedAt username email emailVerified
  ACL { users { userId read write } roles { roleName read write } public { read write } }`;

/** A session and its user. */
const VIEWER = `viewer { sessionToken user { ${USER} } }`;

export const SIGN_UP = `mutation ($i: SignUpInput!) { signUp(input: $i) { clientMutationId ${VIEWER} } }`;
export const LOG_IN = `mutation ($i: LogInInput!) { logIn(input: $i) { clientMutationId ${VIEWER} } }`;
export const LOG_IN_WITH = `mutation ($i: LogInWithInput!) { logInWith(input: $i) {
  clientMutationId viewer { sessionToken user { username emailVerified } } } }`;
export const UPDATE_USER = `mutation ($i: UpdateUserInput!) { updateUser(input: $i) { clientMutationId user { ${USER} } } }`;
export const DELETE_USER = 'mutation ($i: DeleteUserInput!) { deleteUser(input: $i) { clientMutationId } }';
