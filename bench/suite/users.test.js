// The generated suite: so many tests, each with an emulator of its own, and in it a user who signs up and asks who it is.
import { expect, test } from '../../dist/vitest.js';

const ask = async (query, variables, headers) => {
  const response = await fetch('https://api.example.com/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-parse-application-id': 'APPLICATION_ID', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()).data;
};

const SIGN_UP = `mutation ($username: String!) {
  signUp(input: { fields: { username: $username, password: "secret" } }) { viewer { sessionToken } }
}`;

for (let i = 0; i < Number(process.env['TESTS']); i++) {
  test(`user ${i} signs up`, async ({ emulator }) => {
    const username = `user${i}`;
    const { signUp } = await ask(SIGN_UP, { username });
    const headers = { 'x-parse-session-token': signUp.viewer.sessionToken };
    const { viewer } = await ask('{ viewer { user { username } } }', {}, headers);
    expect(viewer.user).toEqual({ username });
    expect(emulator.snapshot()._User).toHaveLength(1);
  });
}
