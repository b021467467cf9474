import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { setupServer } from 'msw/node';
import { createEmulator } from 'parse-users-emulator';
import { createHandlers } from 'parse-users-emulator/msw';
import { startServer } from 'parse-users-emulator/node';

const emulator = createEmulator({ bcryptRounds: 4 });
const server = setupServer(...createHandlers(emulator));

beforeAll(() => server.listen({ onUnhandledRequest: 'error', onUnhandledFrame: 'error' }));
afterEach(() => jest.useRealTimers());
afterAll(() => server.close());

const ask = async () => {
  const response = await fetch('http://localhost:1337/graphql', {
    method: 'POST',
    headers: { 'X-Parse-Application-Id': 'APPLICATION_ID', 'Content-Type': 'application/json' },
    body: JSON.stringify({ query: '{ health }' }),
  });
  return response.json();
};

test('answers through MSW', async () => {
  expect(await ask()).toEqual({ data: { health: true } });
});

test('answers under fake timers that leave nextTick alone', async () => {
  jest.useFakeTimers({ doNotFake: ['nextTick'] });
  expect(await ask()).toEqual({ data: { health: true } });
});

test('answers by itself under all fake timers', async () => {
  jest.useFakeTimers();
  const headers = await emulator.headersFor();
  const response = await emulator.fetch('http://localhost:1337/graphql?query=%7Bhealth%7D', { headers });
  expect(await response.json()).toEqual({ data: { health: true } });
});

test('serves', async () => {
  const { close } = await startServer({ port: 0 });
  await close();
});
