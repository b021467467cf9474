import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createServer } from 'vite';
import { emulatorPlugin } from './emulator-plugin.js';

let server;
let url;

before(async () => {
  server = await createServer({
    configFile: false,
    logLevel: 'silent',
    server: { port: 0, host: '127.0.0.1' },
    plugins: [emulatorPlugin({ bcryptRounds: 4 })],
  });
  await server.listen();
  url = `http://127.0.0.1:${server.httpServer.address().port}`;
});

after(() => server.close());

const ask = async (query, headers) => {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Parse-Application-Id': 'APPLICATION_ID', ...headers },
    body: JSON.stringify({ query }),
  });
  return response.json();
};

test('the page and the emulator are at one port', async () => {
  assert.match(await (await fetch(url)).text(), /<title>Who is there\?<\/title>/);
  assert.match(await (await fetch(`${url}/main.js`)).text(), /logIn/);
  assert.match(await (await fetch(`${url}/playground`)).text(), /playground\.js/);
});

test('a user of the demo logs in', async () => {
  const { data } = await ask(
    'mutation { logIn(input: { username: "johndoe", password: "ASuperStrongPassword" }) { viewer { sessionToken } } }',
  );
  const { sessionToken } = data.logIn.viewer;
  assert.deepEqual(await ask('{ viewer { user { username } } }', { 'X-Parse-Session-Token': sessionToken }), {
    data: { viewer: { user: { username: 'johndoe' } } },
  });
});

test('the state is in reach', async () => {
  const state = await (await fetch(`${url}/emulator/state`)).json();
  assert.ok(state._User.some(({ username }) => username === 'johndoe'));
});
