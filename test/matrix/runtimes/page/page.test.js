import { setupWorker } from 'msw/browser';
import { createEmulator } from 'parse-users-emulator';
import { createHandlers } from 'parse-users-emulator/msw';
import { expect, test } from 'vitest';

const query = (headers) => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json', ...headers },
  body: JSON.stringify({ query: '{ viewer { user { username } } }' }),
});

test('answers in a page, by itself and behind a service worker', async () => {
  const emulator = createEmulator({ bcryptRounds: 4 });
  await emulator.users.create({ username: 'ann' });
  const isAnn = { data: { viewer: { user: { username: 'ann' } } } };
  const headers = await emulator.headersFor('ann');
  expect(await (await emulator.fetch('http://localhost/graphql', query(headers))).json()).toEqual(isAnn);
  const worker = setupWorker(...createHandlers(emulator, { url: '/graphql' }));
  await worker.start({ quiet: true, onUnhandledRequest: 'bypass', onUnhandledFrame: 'bypass' });
  expect(await (await fetch('/graphql', query(headers))).json()).toEqual(isAnn);
  worker.stop();
});

test('says what to take in the place of the entry for Node', async () => {
  await expect(import('parse-users-emulator/vitest')).rejects.toThrow("MSW's setupWorker");
});
