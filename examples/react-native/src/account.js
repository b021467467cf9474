const ADDRESS = 'https://api.example.com/graphql';

const LOG_IN = `mutation ($username: String!, $password: String!) {
  logIn(input: { username: $username, password: $password }) { viewer { user { username } } }
}`;

/** Logs in, and answers the name of who has. `ask` is the platform's `fetch` if nothing else is given. */
export const logIn = async (username, password, ask = fetch) => {
  const response = await ask(
    new Request(ADDRESS, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Parse-Application-Id': 'APPLICATION_ID' },
      body: JSON.stringify({ query: LOG_IN, variables: { username, password } }),
    }),
  );
  const { data, errors } = await response.json();
  if (errors) throw new Error(errors[0].message);
  return data.logIn.viewer.user.username;
};
