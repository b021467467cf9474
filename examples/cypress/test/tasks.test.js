import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import config from '../cypress.config.js';

const tasks = {};
config.e2e.setupNodeEvents((event, given) => {
  assert.equal(event, 'task');
  Object.assign(tasks, given);
});

/** As `cy.task` does: one argument and the answer go through JSON, and undefined is refused. */
const task = async (name, given) => {
  const answer = await tasks[name](given === undefined ? undefined : JSON.parse(JSON.stringify(given)));
  assert.notEqual(answer, undefined, `${name} returned undefined`);
  return JSON.parse(JSON.stringify(answer));
};

afterEach(() => task('emulator:reset'));

const ask = async (query) => {
  const response = await fetch(process.env.PARSE_GRAPHQL_URL, {
    method: 'POST',
    headers: { 'X-Parse-Application-Id': 'APPLICATION_ID', 'Content-Type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, body: await response.text() };
};

const LOG_IN =
  'mutation { logIn(input: { username: "johndoe", password: "ASuperStrongPassword" }) { viewer { sessionToken } } }';

test('makes users, and takes them back', async () => {
  const user = await task('emulator:createUser', { username: 'ann', email: 'ann@example.com' });
  assert.equal(user.username, 'ann');
  await task('emulator:reset');
  assert.equal((await task('emulator:createUser', { username: 'ann' })).username, 'ann');
});

test('gives what a browser keeps of a user who is logged in', async () => {
  const entries = await task('emulator:logIn', {
    username: 'johndoe',
    origin: 'http://localhost:5173',
    key: 'sessionToken',
  });
  assert.deepEqual(
    entries.map(({ name }) => name),
    ['Parse/APPLICATION_ID/currentUser', 'sessionToken'],
  );
});

test('waits for mail', async () => {
  const mail = task('emulator:mail', { kind: 'resetPassword', timeout: 60_000 });
  await ask('mutation { resetPassword(input: { email: "john.doe@email.com" }) { ok } }');
  assert.match((await mail).link, /request_password_reset/);
});

test('breaks a call, moves the time, and tells what was asked', async () => {
  await task('emulator:fault', { operation: 'logIn', status: 503, times: 1 });
  assert.equal((await ask(LOG_IN)).status, 503);
  assert.equal((await ask(LOG_IN)).status, 200);
  const { now } = await task('emulator:advance', { days: 366 });
  assert.ok(Date.parse(now) > Date.now());
  assert.deepEqual(
    (await task('emulator:requests')).map(({ operation }) => operation),
    ['logIn', 'logIn'],
  );
});
