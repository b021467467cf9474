// The generated suite: so many tests, each with an emulator of its own. A user who is in its seed asks who it is; with SIGN_UP=1
// one signs up before, which costs a hash.
import { fromBuild } from '../build.js';

const { createTest, expect } = await fromBuild('vitest.js');

const test = createTest({ seed: { _User: [{ username: 'johndoe', password: 'secret' }] } });

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

const signUp = async (username) => (await ask(SIGN_UP, { username })).signUp.viewer.sessionToken;

for (let i = 0; i < Number(process.env['TESTS']); i++) {
  test(`test ${i}`, async ({ emulator, asUser }) => {
    const isNew = process.env['SIGN_UP'] === '1';
    const username = isNew ? `user${i}` : 'johndoe';
    const sessionToken = isNew ? await signUp(username) : (await asUser(username)).sessionToken;
    const { viewer } = await ask('{ viewer { user { username } } }', {}, { 'x-parse-session-token': sessionToken });
    expect(viewer.user).toEqual({ username });
    expect(emulator.snapshot()._User).toHaveLength(isNew ? 2 : 1);
  });
}
