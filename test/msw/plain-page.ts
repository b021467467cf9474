import { browserStorage, createEmulator } from '../../src/index.ts';

/** A page that asks its emulator itself: by plain HTTP there is no service worker that could stand between. */
const emulator = createEmulator({ bcryptRounds: 4, persistence: browserStorage('demo') });

const send = async (query: string, token = ''): Promise<unknown> => {
  const response = await emulator.fetch('/graphql', {
    method: 'POST',
    headers: {
      'X-Parse-Application-Id': 'APPLICATION_ID',
      'Content-Type': 'application/json',
      ...(token && { 'X-Parse-Session-Token': token }),
    },
    body: JSON.stringify({ query }),
  });
  return response.json();
};

await emulator.ready;
Object.assign(window, { send });
document.title = 'ready';
