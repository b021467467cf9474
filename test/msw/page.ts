import { setupWorker } from 'msw/browser';
import { createEmulator } from '../../src/index.ts';
import { createHandlers } from '../../src/msw/index.ts';

/** The page of an application whose service worker is its only server. */
const emulator = createEmulator({ bcryptRounds: 4 });
const worker = setupWorker(...createHandlers(emulator, { resets: true }));

const send = async (query: string, sessionToken?: string): Promise<unknown> => {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      'X-Parse-Application-Id': 'APPLICATION_ID',
      'Content-Type': 'application/json',
      ...(sessionToken && { 'X-Parse-Session-Token': sessionToken }),
    },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, body: await response.json() };
};

await worker.start({ onUnhandledRequest: 'bypass', quiet: true });
Object.assign(window, { send, emulator, worker, outbox: emulator.outbox });
document.title = 'ready';
