const ADDRESS = 'https://api.example.com/graphql';
const MINUTE = 60_000;

const ask = async (query, { sessionToken, variables } = {}) => {
  const response = await fetch(ADDRESS, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'X-Parse-Application-Id': 'APPLICATION_ID',
      ...(sessionToken && { 'X-Parse-Session-Token': sessionToken }),
    },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors, error } = await response.json();
  // a session that is over is refused before any GraphQL: 400 and { code: 209, error }
  if (error) throw new Error(error);
  if (errors) throw new Error(errors[0].message);
  return data;
};

const LOG_IN = `mutation ($username: String!, $password: String!) {
  logIn(input: { username: $username, password: $password }) { viewer { sessionToken } }
}`;

/** Logs in, and looks every minute whether the session still lives. `onEnd` hears why it does not. */
export const keepSession = async (username, password, onEnd) => {
  const { logIn } = await ask(LOG_IN, { variables: { username, password } });
  const { sessionToken } = logIn.viewer;
  const look = async () => {
    try {
      await ask('{ viewer { user { id } } }', { sessionToken });
    } catch (error) {
      clearInterval(timer);
      onEnd(error.message);
    }
  };
  const timer = setInterval(look, MINUTE);
  return {
    whoAmI: async () => (await ask('{ viewer { user { username } } }', { sessionToken })).viewer.user.username,
    leave: () => clearInterval(timer),
  };
};
