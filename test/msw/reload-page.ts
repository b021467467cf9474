import { setupWorker } from 'msw/browser';
import { browserStorage, createEmulator } from '../../src/index.ts';
import { createHandlers } from '../../src/msw/index.ts';

/** The page of a demo that keeps its users in the browser, and its session token where an application would. */
const emulator = createEmulator({ bcryptRounds: 4, persistence: browserStorage('demo') });
const worker = setupWorker(...createHandlers(emulator));

const send = async (query: string, token = ''): Promise<unknown> => {
  const sessionToken = token || sessionStorage.getItem('sessionToken');
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      'X-Parse-Application-Id': 'APPLICATION_ID',
      'Content-Type': 'application/json',
      ...(sessionToken && { 'X-Parse-Session-Token': sessionToken }),
    },
    body: JSON.stringify({ query }),
  });
  return response.json();
};

await worker.start({ onUnhandledRequest: 'bypass', quiet: true });
Object.assign(window, { send });
document.title = 'ready';
