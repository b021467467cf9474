import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { startPhone } from '../phone/start.js';

const failure = (promise) =>
  promise.then(
    () => assert.fail('it did not fail'),
    (error) => `${error.name}: ${error.message}`,
  );

describe('with MSW', async () => {
  const { createHandlers, emulator, logIn, server } = await startPhone('with-msw.js');

  before(() => server.listen({ onUnhandledRequest: 'error' }));
  afterEach(() => server.resetHandlers());
  after(() => server.close());

  test('logs in, whatever the letters of the name', async () => {
    await emulator.users.create({ username: 'Jürgen €', password: 'secret' });
    assert.equal(await logIn('Jürgen €', 'secret'), 'Jürgen €');
  });

  test('tells of a wrong password', async () => {
    assert.equal(await failure(logIn('johndoe', 'wrong')), 'Error: Invalid username/password.');
  });

  test('tells of a network that fails', async () => {
    emulator.faults.add({ network: true, times: 1 });
    assert.match(await failure(logIn('johndoe', 'wrong')), /^TypeError: (Failed to fetch|Network error)/);
  });

  test('isolates a test by the fork that it is given', async () => {
    await emulator.isolate(async (mine) => {
      server.use(...createHandlers(mine));
      await mine.users.create({ username: 'anna', password: 'secret' });
      assert.equal(await logIn('anna', 'secret'), 'anna');
    });
    server.resetHandlers();
    assert.equal(await failure(logIn('anna', 'secret')), 'Error: Invalid username/password.');
  });
});

describe('without MSW', async () => {
  const { emulator, logIn } = await startPhone('alone.js');

  test('logs in by emulator.fetch', async () => {
    await emulator.users.create({ username: 'Jürgen €', password: 'secret' });
    assert.equal(await logIn('Jürgen €', 'secret', emulator.fetch), 'Jürgen €');
  });
});
