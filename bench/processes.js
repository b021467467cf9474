import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { DIST } from './build.js';

const CLI = fileURLToPath(new URL('../bin/parse-users-emulator.js', DIST));
const BARE = fileURLToPath(new URL('bare-server.js', import.meta.url));
const ADDRESS = /https?:\/\/[\w.]+:\d+\/graphql/;

/** Starts a Node process and waits for the address that it prints. */
const start = (script, flags) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...flags], { stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    const listen = (chunk) => {
      text += chunk;
      const [url] = ADDRESS.exec(text) ?? [];
      if (url) resolve({ url, pid: child.pid, stop: () => stop(child) });
    };
    child.stdout.setEncoding('utf8').on('data', listen);
    child.stderr.setEncoding('utf8').on('data', listen);
    child.once('exit', (code) => reject(new Error(`Failed to start ${script}: it ended with code ${code}: ${text}`)));
  });

const stop = (child) =>
  new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill('SIGTERM');
  });

export const startEmulator = (...flags) => start(CLI, ['--port', '0', ...flags]);
export const startBareServer = () => start(BARE, []);

/** The headers that every request to the emulator brings. */
export const headersOf = (sessionToken) => ({
  'content-type': 'application/json',
  'x-parse-application-id': 'APPLICATION_ID',
  ...(sessionToken && { 'x-parse-session-token': sessionToken }),
});

/** Sends one GraphQL request and answers its data. */
export const ask = async (url, query, variables, sessionToken) => {
  const response = await fetch(url, {
    method: 'POST',
    headers: headersOf(sessionToken),
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(`Failed to ask ${query}: ${JSON.stringify(errors)}`);
  return data;
};

export const SIGN_UP = `mutation SignUp($username: String!, $password: String!) {
  signUp(input: { fields: { username: $username, password: $password } }) { viewer { sessionToken } }
}`;

export const VIEWER = '{ viewer { sessionToken user { username } } }';

/** Signs a user up and answers its session token. */
export const signUp = async (url, username) =>
  (await ask(url, SIGN_UP, { username, password: 'ASuperStrongPassword' })).signUp.viewer.sessionToken;
