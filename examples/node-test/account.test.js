import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { createEmulator } from 'parse-users-emulator';
import demo from 'parse-users-emulator/fixtures/demo.json' with { type: 'json' };
import { createAccount } from './account.js';

const emulator = createEmulator({ bcryptRounds: 4, sessionLength: 3600 });
await emulator.seed(demo);

beforeEach(() => emulator.reset());

const open = () =>
  createAccount({ url: 'http://localhost:1337/graphql', appId: 'APPLICATION_ID', fetch: emulator.fetch });

test('logs in and out', async () => {
  const account = open();
  await account.logIn('johndoe', 'ASuperStrongPassword');
  assert.equal((await account.whoAmI()).username, 'johndoe');
  await account.logOut();
  await assert.rejects(account.whoAmI(), { code: 209 });
});

test('tells of a wrong password as Parse Server does', async () => {
  await assert.rejects(open().logIn('johndoe', 'wrong'), { code: 101, message: 'Invalid username/password.' });
});

test('is logged out after an hour', async () => {
  const account = open();
  await account.logIn('johndoe', 'ASuperStrongPassword');
  emulator.clock.advance({ minutes: 59 });
  assert.equal((await account.whoAmI()).username, 'johndoe');
  emulator.clock.advance({ minutes: 2 });
  await assert.rejects(account.whoAmI(), { code: 209, message: 'Session token is expired.' });
});

test('is logged out after an hour by the fake timers of Node', async () => {
  mock.timers.enable({ apis: ['Date'], now: Date.now() });
  try {
    const account = open();
    await account.logIn('johndoe', 'ASuperStrongPassword');
    mock.timers.setTime(Date.now() + 2 * 3600 * 1000);
    await assert.rejects(account.whoAmI(), { code: 209 });
  } finally {
    mock.timers.reset();
  }
});

test('says so when the server is out of order', async () => {
  emulator.faults.add({
    operation: 'logIn',
    error: { code: 'INTERNAL_SERVER_ERROR', message: 'out of order' },
    times: 1,
  });
  const account = open();
  await assert.rejects(account.logIn('johndoe', 'ASuperStrongPassword'), { message: 'out of order' });
  await account.logIn('johndoe', 'ASuperStrongPassword');
});
