/** The part of an application that talks to Parse Server. `send` is `fetch`, or whatever stands in its place. */
export const createAccount = (send) => {
  const ask = async (query, variables, token) => {
    const response = await send('http://localhost:1337/graphql', {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-Parse-Application-Id': 'APPLICATION_ID',
        ...(token && { 'X-Parse-Session-Token': token }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = await response.json();
    return { status: response.status, data, error: errors?.[0] };
  };
  return {
    signUp: async (fields) => {
      const query = `mutation ($fields: CreateUserFieldsInput) {
        signUp(input: { fields: $fields }) { viewer { sessionToken user { objectId id } } }
      }`;
      return (await ask(query, { fields })).data.signUp.viewer;
    },
    rename: (id, username, token) =>
      ask(
        'mutation ($i: UpdateUserInput!) { updateUser(input: $i) { user { username } } }',
        { i: { id, fields: { username } } },
        token,
      ),
    resend: (email) =>
      ask('mutation ($email: String!) { sendVerificationEmail(input: { email: $email }) { ok } }', { email }),
    find: (id) => ask('query ($id: ID!) { user(id: $id) { username } }', { id }),
  };
};
