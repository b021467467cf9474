import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { connect } from 'parse-users-emulator/client';
import { createServer } from 'vite';

const CONFIG = new URL('vite.config.js', import.meta.url);
const DATA = new URL('users.json', import.meta.url);

let server;
let config;
const printed = [];
const print = (line) => printed.push(line);

const url = () => `http://127.0.0.1:${server.httpServer.address().port}`;

before(async () => {
  config = await readFile(CONFIG, 'utf8');
  await rm(DATA, { force: true });
  const quiet = { warn: print, warnOnce: print, error: print, clearScreen() {}, hasErrorLogged: () => false };
  server = await createServer({
    server: { port: 0, host: '127.0.0.1', watch: null },
    customLogger: { info: print, ...quiet, hasWarned: false },
  });
  await server.listen();
});

after(async () => {
  await server.close();
  await writeFile(CONFIG, config);
});

const ask = async (query, headers) => {
  const response = await fetch(`${url()}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Parse-Application-Id': 'APPLICATION_ID', ...headers },
    body: JSON.stringify({ query }),
  });
  return response.json();
};

const LOG_IN =
  'mutation { logIn(input: { username: "johndoe", password: "ASuperStrongPassword" }) { viewer { sessionToken } } }';

test('the page, the emulator and the playground are at one port', async () => {
  assert.match(await (await fetch(url())).text(), /<title>Who is there\?<\/title>/);
  assert.match(await (await fetch(`${url()}/main.js`)).text(), /logIn/);
  assert.match(await (await fetch(`${url()}/playground`)).text(), /playground\.js/);
});

test('Vite prints where the playground is', () => {
  server.printUrls();
  assert.match(printed.join('\n'), /Playground: http:\/\/127\.0\.0\.1:\d+\/playground/);
});

test('a user of the demo logs in, and is still logged in when the configuration has changed', async () => {
  const { data } = await ask(LOG_IN);
  const { sessionToken } = data.logIn.viewer;
  await writeFile(CONFIG, config.replace("db: 'users.json'", "db: 'users.json', appName: 'Changed'"));
  await server.restart();
  assert.deepEqual(
    printed.filter((line) => /fail|in use/i.test(line)),
    [],
  );
  assert.equal((await connect(url()).about()).appName, 'Changed');
  assert.deepEqual(await ask('{ viewer { user { username } } }', { 'X-Parse-Session-Token': sessionToken }), {
    data: { viewer: { user: { username: 'johndoe' } } },
  });
});

test('the state is in reach', async () => {
  const emulator = connect(url());
  await emulator.users.create({ username: 'ann' });
  assert.ok((await emulator.snapshot())._User.some(({ username }) => username === 'ann'));
  await emulator.reset();
  assert.equal(await emulator.users.find('ann'), undefined);
});
