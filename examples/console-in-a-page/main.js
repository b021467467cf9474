import { setupWorker } from 'msw/browser';
import { createEmulator } from 'parse-users-emulator';
import { mountConsole } from 'parse-users-emulator/console';
import demo from 'parse-users-emulator/fixtures/demo.json';
import { createHandlers } from 'parse-users-emulator/msw';

const emulator = createEmulator({ seed: demo, verifyUserEmails: true, bcryptRounds: 4 });
await setupWorker(...createHandlers(emulator)).start({ onUnhandledRequest: 'bypass' });

const askWhoIsThere = async (sessionToken) => {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      'X-Parse-Application-Id': 'APPLICATION_ID',
      'X-Parse-Session-Token': sessionToken,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify({ query: '{ viewer { user { username } } }' }),
  });
  const { data } = await response.json();
  document.querySelector('#who').textContent = `${data.viewer.user.username} is there.`;
};

mountConsole(emulator, { onLogIn: ({ sessionToken }) => askWhoIsThere(sessionToken) });
