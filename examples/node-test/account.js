/** A client of the user API. `fetch` is the platform's if nothing else is given. */
export const createAccount = ({ url, appId, fetch = globalThis.fetch }) => {
  let sessionToken;

  const ask = async (query, variables) => {
    const response = await fetch(
      new Request(url, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'X-Parse-Application-Id': appId,
          ...(sessionToken && { 'X-Parse-Session-Token': sessionToken }),
        },
        body: JSON.stringify({ query, variables }),
      }),
    );
    const { data, errors, code, error } = await response.json();
    // a dead session is refused before any GraphQL: 400 and { code: 209, error }
    if (error) throw Object.assign(new Error(error), { code });
    if (errors) throw Object.assign(new Error(errors[0].message), { code: errors[0].extensions?.code });
    return data;
  };

  return {
    async logIn(username, password) {
      const { logIn } = await ask(
        `mutation ($username: String!, $password: String!) {
          logIn(input: { username: $username, password: $password }) { viewer { sessionToken } }
        }`,
        { username, password },
      );
      sessionToken = logIn.viewer.sessionToken;
    },
    async logOut() {
      await ask('mutation { logOut(input: {}) { ok } }');
      sessionToken = undefined;
    },
    async whoAmI() {
      const { viewer } = await ask('{ viewer { user { username email } } }');
      return viewer.user;
    },
  };
};
