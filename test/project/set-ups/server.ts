import { http } from 'msw';
import { setupServer } from 'msw/node';
import { createEmulator, type Emulator } from 'parse-users-emulator';
import demo from 'parse-users-emulator/fixtures/demo.json' with { type: 'json' };
import { onTestFinished } from 'vitest';

/** What runs at port 1337, with the users of the demo. No port is opened: another program may have it. */
export const served: Emulator = createEmulator({ seed: demo, bcryptRounds: 4, verifyUserEmails: true });

const server = setupServer(http.all('http://localhost:1337/*', ({ request }) => served.fetch(request)));
server.listen({ onUnhandledRequest: 'error' });
onTestFinished(() => server.close());
