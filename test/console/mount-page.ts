import { setupWorker } from 'msw/browser';
import { createEmulator } from '../../src/index.ts';
import { createHandlers } from '../../src/msw/index.ts';

/** The page of a demo: its only server is the service worker of MSW, and the console stands in it. */
const emulator = createEmulator({
  bcryptRounds: 4,
  verifyUserEmails: true,
  publicServerURL: 'http://localhost:1337/parse',
  seed: { _User: [{ username: 'ann', password: 'secret', email: 'ann@example.com' }] },
});
const worker = setupWorker(...createHandlers(emulator));

const send = async (query: string): Promise<unknown> => {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'X-Parse-Application-Id': 'APPLICATION_ID', 'Content-Type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return response.json();
};

await worker.start({ onUnhandledRequest: 'bypass', quiet: true });
Object.assign(window, { send, emulator });
document.body.insertAdjacentHTML(
  'beforeend',
  '<style>button { text-transform: uppercase; background: red }</style><h1>A demo</h1>',
);
document.title = 'ready';
