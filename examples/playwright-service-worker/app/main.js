import { startBackend } from './backend.js';
import { openedLink } from './mail.js';

window.emulator = await startBackend(); // for the tests, and for the console

const form = document.querySelector('#sign-up');
const forgot = document.querySelector('#forgot');
const reset = document.querySelector('#reset');
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

const SIGN_UP = `mutation ($fields: CreateUserFieldsInput!) {
  signUp(input: { fields: $fields }) { viewer { sessionToken } }
}`;
const FORGOT = 'mutation ($email: String!) { resetPassword(input: { email: $email }) { ok } }';
const RESET = `mutation ($token: String!, $password: String!) {
  confirmResetPassword(input: { username: "", token: $token, password: $password }) { ok }
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
    forgot.hidden = form.hidden;
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
    const given = [...new FormData(form)].filter(([, value]) => value !== '');
    const { signUp } = await ask(SIGN_UP, { fields: Object.fromEntries(given) });
    localStorage.setItem('sessionToken', signUp.viewer.sessionToken);
    await show();
  });
});

forgot.addEventListener('submit', (event) => {
  event.preventDefault();
  attempt(async () => {
    await ask(FORGOT, Object.fromEntries(new FormData(forgot)));
    status.textContent = 'A link was sent';
  });
});

/** The pages that links of mails lead to. */
const LINKS = {
  verify_email: async ({ token }) => {
    const answer = await fetch(`/parse/apps/APPLICATION_ID/verify_email?token=${token}`);
    status.textContent = /verified/i.test(await answer.text()) ? 'The address is verified' : 'The link is no good';
  },
  request_password_reset: async ({ token }) => {
    reset.hidden = false;
    status.textContent = 'Choose a new password';
    reset.addEventListener('submit', (event) => {
      event.preventDefault();
      attempt(async () => {
        await ask(RESET, { token, ...Object.fromEntries(new FormData(reset)) });
        status.textContent = 'The password is changed';
      });
    });
  },
};

const opened = openedLink();
if (opened) await attempt(() => LINKS[opened.page](opened));
else await show();
