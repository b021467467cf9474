import { startBackend } from './backend.js';

window.emulator = await startBackend(); // for the tests, and for the console

const form = document.querySelector('form');
const status = document.querySelector('[role=status]');

const ask = async (query, variables) => {
  const sessionToken = localStorage.getItem('sessionToken');
  const response = await fetch('https://api.example.com/graphql', {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'X-Parse-Application-Id': 'APPLICATION_ID',
      ...(sessionToken && { 'X-Parse-Session-Token': sessionToken }),
    },
    body: JSON.stringify({ query, variables }),
  });
  if (response.status === 429) throw new Error(`Wait for ${response.headers.get('Retry-After')} seconds`);
  const { data, errors, error } = await response.json();
  if (errors || error) throw new Error(error ?? errors[0].message);
  return data;
};

const SIGN_UP = `mutation ($username: String!, $password: String!) {
  signUp(input: { fields: { username: $username, password: $password } }) { viewer { sessionToken } }
}`;

const attempt = async (work) => {
  try {
    await work();
  } catch (error) {
    status.textContent = `${error.name}: ${error.message}`;
  }
};

const show = () =>
  attempt(async () => {
    form.hidden = localStorage.getItem('sessionToken') !== null;
    if (!form.hidden) {
      status.textContent = 'Nobody is logged in';
      return;
    }
    const { viewer } = await ask('{ viewer { user { username } } }');
    status.textContent = `Welcome, ${viewer.user.username}`;
  });

form.addEventListener('submit', (event) => {
  event.preventDefault();
  attempt(async () => {
    const { signUp } = await ask(SIGN_UP, Object.fromEntries(new FormData(form)));
    localStorage.setItem('sessionToken', signUp.viewer.sessionToken);
    await show();
  });
});

await show();
