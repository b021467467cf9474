import { once } from 'node:events';
import { createServer } from 'node:http';

/** An application that knows one application id, as most do: `urlOf` is where the emulator is. */
const pageFor = (url: string): string => `<!doctype html>
<title>Account</title>
<p role="status"></p>
<button id="signUp">Sign up</button> <button id="sdk">As the SDK</button> <button id="live">Live</button>
<script type="module">
  const show = (text) => { document.querySelector('p').textContent = text; };
  const ask = async (query) => {
    const token = localStorage.getItem('sessionToken');
    const response = await fetch('${url}/graphql', {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-Parse-Application-Id': 'APPLICATION_ID',
        ...(token && { 'X-Parse-Session-Token': token }),
      },
      body: JSON.stringify({ query }),
    });
    const { data, errors, error } = await response.json();
    if (error || errors) throw new Error(error ?? errors[0].message);
    return data;
  };
  const showViewer = () => ask('{ viewer { user { username } } }').then(({ viewer }) => show(viewer.user.username), ({ message }) => show(message));
  document.getElementById('signUp').onclick = async () => {
    const fields = '{ username: "ann", password: "secret", email: "ann@example.com" }';
    try {
      const { signUp } = await ask('mutation { signUp(input: { fields: ' + fields + ' }) { viewer { sessionToken } } }');
      localStorage.setItem('sessionToken', signUp.viewer.sessionToken);
      await showViewer();
    } catch ({ message }) { show(message); }
  };
  document.getElementById('sdk').onclick = async () => {
    const body = { username: 'sdk', password: 'secret', _ApplicationId: 'APPLICATION_ID', _method: 'POST' };
    show((await fetch('${url}/parse/users', { method: 'POST', body: JSON.stringify(body) })).status);
  };
  document.getElementById('live').onclick = () => {
    const socket = new WebSocket('${url.replace('http', 'ws')}/parse');
    socket.onopen = () => socket.send(JSON.stringify({ op: 'connect', applicationId: 'APPLICATION_ID' }));
    socket.onmessage = ({ data }) => {
      const { op, object, error } = JSON.parse(data);
      if (op === 'connected') socket.send(JSON.stringify({ op: 'subscribe', requestId: 1, query: { className: '_User', where: {} } }));
      else show(object?.username ?? error ?? op);
    };
  };
  if (localStorage.getItem('sessionToken')) await showViewer();
  else show('nobody');
</script>`;

/** Serves the application on a free port. */
export const startPage = async (emulator: string): Promise<{ readonly url: string; close(): void }> => {
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end(pageFor(emulator));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The page is not served');
  return { url: `http://127.0.0.1:${address.port}`, close: () => void server.close() };
};
