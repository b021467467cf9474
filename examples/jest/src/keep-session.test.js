import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { setupServer } from 'msw/node';
import { createEmulator } from 'parse-users-emulator';
import demo from 'parse-users-emulator/fixtures/demo.json' with { type: 'json' };
import { createHandlers } from 'parse-users-emulator/msw';
import { keepSession } from './keep-session.js';

const emulator = createEmulator({ bcryptRounds: 4, sessionLength: 3600 });
const server = setupServer(...createHandlers(emulator, { resets: true }));
const sessions = [];

const open = async (onEnd = jest.fn()) => {
  const session = await keepSession('johndoe', 'ASuperStrongPassword', onEnd);
  sessions.push(session);
  return session;
};

beforeAll(async () => {
  server.listen({ onUnhandledRequest: 'error', onUnhandledFrame: 'error' }); // MSW 3 has the second name
  await emulator.seed(demo);
});
afterEach(() => {
  for (const session of sessions.splice(0)) session.leave();
  jest.useRealTimers();
  server.resetHandlers(); // the emulator goes back to its seed, too
});
afterAll(() => server.close());

test('logs in', async () => {
  const session = await open();
  expect(await session.whoAmI()).toBe('johndoe');
});

test('tells of a wrong password', async () => {
  await expect(keepSession('johndoe', 'wrong', jest.fn())).rejects.toThrow('Invalid username/password.');
});

test('tells that the session was ended elsewhere', async () => {
  jest.useFakeTimers();
  const onEnd = jest.fn();
  await open(onEnd);
  emulator.faults.add({ user: 'johndoe', session: 'revoked' });
  await jest.advanceTimersByTimeAsync(60_000);
  expect(onEnd).toHaveBeenCalledWith('Invalid session token');
});

// by default Jest fakes everything that it can, the date and process.nextTick among it
describe.each([
  ['as they are', {}],
  ['that go on by themselves', { advanceTimers: true }],
  ['that leave the ticks alone', { doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'performance'] }],
])('with fake timers %s', (_title, settings) => {
  test('the session ends after an hour', async () => {
    jest.useFakeTimers(settings);
    const onEnd = jest.fn();
    const session = await open(onEnd);
    await jest.advanceTimersByTimeAsync(59 * 60_000);
    expect(await session.whoAmI()).toBe('johndoe');
    expect(onEnd).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(3 * 60_000);
    expect(onEnd.mock.calls).toEqual([['Session token is expired.']]);
  });

  test('a slow answer comes once its time has come', async () => {
    jest.useFakeTimers(settings);
    emulator.faults.add({ operation: 'logIn', latency: 30_000, times: 1 });
    const arrived = jest.fn();
    const session = open().then(arrived);
    await jest.advanceTimersByTimeAsync(29_000);
    expect(arrived).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1_000);
    await session;
    expect(arrived).toHaveBeenCalledTimes(1);
  });
});

describe('tests that run at once', () => {
  for (const name of ['anna', 'bert', 'carl']) {
    test.concurrent(`${name} is alone`, () =>
      emulator.isolate(async () => {
        await emulator.users.create({ username: name, password: 'secret' });
        const session = await keepSession(name, 'secret', () => {});
        session.leave();
        await emulator.users.create({ username: 'dora' }); // taken, if the three shared a state
        expect(await session.whoAmI()).toBe(name);
      }));
  }
});
