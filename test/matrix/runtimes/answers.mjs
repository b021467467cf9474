/** What every runtime must do: import the package, sign a user up, know them again, and keep their mail. */
import assert from 'node:assert/strict';
import { createEmulator } from 'parse-users-emulator';

const emulator = createEmulator({ bcryptRounds: 4, verifyUserEmails: true });

const ask = async (query, headers) => {
  const response = await emulator.fetch('http://localhost:1337/graphql', {
    method: 'POST',
    headers: { 'X-Parse-Application-Id': 'APPLICATION_ID', 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return (await response.json()).data;
};

const fields = '{ username: "ann", password: "secret", email: "ann@example.com" }';
const { signUp } = await ask(`mutation { signUp(input: { fields: ${fields} }) { viewer { sessionToken } } }`);
const viewer = await ask('{ viewer { user { username } } }', { 'X-Parse-Session-Token': signUp.viewer.sessionToken });
assert.deepEqual(viewer, { viewer: { user: { username: 'ann' } } });
assert.equal((await emulator.outbox.waitFor()).to, 'ann@example.com');
console.log('answers');
