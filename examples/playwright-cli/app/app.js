const { graphqlURL } = await (await fetch('/config.json')).json();

const form = document.querySelector('form');
const heading = document.querySelector('h1');
const alert = document.querySelector('[role=alert]');

const ask = async (query, variables) => {
  const sessionToken = localStorage.getItem('sessionToken');
  const response = await fetch(graphqlURL, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'X-Parse-Application-Id': 'APPLICATION_ID',
      ...(sessionToken && { 'X-Parse-Session-Token': sessionToken }),
    },
    body: JSON.stringify({ query, variables }),
  });
  if (response.status === 503) throw new Error('We are out of order, please try again.');
  const { data, errors, error } = await response.json();
  if (errors || error) throw new Error(error ?? errors[0].message);
  return data;
};

const MUTATIONS = {
  signUp: `mutation ($username: String!, $password: String!, $email: String) {
    signUp(input: { fields: { username: $username, password: $password, email: $email } }) { viewer { sessionToken } }
  }`,
  logIn: `mutation ($username: String!, $password: String!) {
    logIn(input: { username: $username, password: $password }) { viewer { sessionToken } }
  }`,
};

const show = async () => {
  form.hidden = localStorage.getItem('sessionToken') !== null;
  if (!form.hidden) return;
  try {
    const { viewer } = await ask('{ viewer { user { username emailVerified } } }');
    const { username, emailVerified } = viewer.user;
    heading.textContent = `Welcome, ${username}${emailVerified ? '' : ' (please confirm your address)'}`;
  } catch (error) {
    localStorage.removeItem('sessionToken');
    form.hidden = false;
    alert.textContent = error.message;
  }
};

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  alert.textContent = '';
  const { username, password, email } = Object.fromEntries(new FormData(form));
  const action = event.submitter.value;
  const variables = action === 'signUp' ? { username, password, email: email || null } : { username, password };
  try {
    const data = await ask(MUTATIONS[action], variables);
    localStorage.setItem('sessionToken', data[action].viewer.sessionToken);
    await show();
  } catch (error) {
    alert.textContent = error.message;
  }
});

await show();
