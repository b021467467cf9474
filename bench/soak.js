// 200,000 mixed requests on a server with a JSON file: is its memory flat at the end, and does it let go of all it opened?
// `npm run soak [-- REQUESTS]`
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const REQUESTS = Number(process.argv[2] ?? 200_000);
const CONNECTIONS = 8;
const SAMPLES = 20;
/** How much the last quarter may be above the one before it. */
const SLOPE = 1.05;

const KEYS = { 'x-parse-application-id': 'APPLICATION_ID', 'content-type': 'application/json' };
const SUBJECT = fileURLToPath(new URL('soak-server.js', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'soak-'));
const child = spawn(process.execPath, ['--expose-gc', SUBJECT, join(folder, 'users.json')], {
  stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
});
const [{ url }] = await once(child, 'message');

/** What the server's memory and handles are now, after its garbage was collected. */
const measure = async () => {
  child.send('measure');
  const [found] = await once(child, 'message');
  return { ...found, descriptors: readdirSync(`/proc/${child.pid}/fd`).length };
};

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
const counts = new Map();

const MASTER_KEY = 'MASTER_KEY';

const toHeaders = (key) =>
  key === MASTER_KEY ? { 'x-parse-master-key': key } : key ? { 'x-parse-session-token': key } : {};

const send = (method, path, body, key) =>
  new Promise((resolve, reject) => {
    const text = body === undefined ? '' : JSON.stringify(body);
    const headers = {
      ...KEYS,
      'content-length': Buffer.byteLength(text),
      ...toHeaders(key),
    };
    const call = request(url + path, { method, headers, agent }, (response) => {
      let answer = '';
      response.setEncoding('utf8').on('data', (chunk) => {
        answer += chunk;
      });
      response.on('end', () => {
        counts.set(response.statusCode, (counts.get(response.statusCode) ?? 0) + 1);
        resolve(answer === '' ? undefined : JSON.parse(answer));
      });
    });
    call.on('error', reject);
    call.end(text);
  });

const graphql = (query, variables, sessionToken) => send('POST', '/graphql', { query, variables }, sessionToken);

const SIGN_UP = `mutation ($username: String!) {
  signUp(input: { fields: { username: $username, password: "secret" } }) { viewer { sessionToken user { objectId } } }
}`;
const VIEWER = '{ viewer { sessionToken user { username ACL { users { userId } } } } }';

let sent = 0;
let made = 0;

/** A user's whole life in 10 requests and more, of which some are refused; nothing of it stays behind. */
const live = async () => {
  const username = `user${made++}`;
  const { data } = await graphql(SIGN_UP, { username });
  const { sessionToken, user } = data.signUp.viewer;
  await graphql(SIGN_UP, { username });
  for (let i = 0; i < 4; i++) await graphql(VIEWER, {}, sessionToken);
  await graphql(`{ a${made}: health }`);
  await send('GET', '/parse/users/me', undefined, sessionToken);
  await send('PUT', `/parse/users/${user.objectId}`, { email: `${username}@example.com` }, sessionToken);
  await send('GET', `/parse/users?where=${encodeURIComponent(JSON.stringify({ username }))}`, undefined, sessionToken);
  await send('GET', '/parse/login?username=nobody&password=x');
  const second = await send('GET', `/parse/login?username=${username}&password=secret`);
  await send('POST', '/parse/logout', {}, second.sessionToken);
  await send('POST', '/parse/logout', {}, sessionToken);
  const { sessionToken: last } = await send('GET', `/parse/login?username=${username}&password=secret`);
  await send('PUT', `/parse/users/${user.objectId}`, { email: 'x' }, last);
  await send('POST', '/parse/logout', {}, last); // before: the sessions of a user outlive it
  await send('DELETE', `/parse/users/${user.objectId}`, undefined, MASTER_KEY);
  sent += 18;
};

const samples = [];
const began = performance.now();
while (sent < REQUESTS) {
  const until = Math.min(REQUESTS, sent + REQUESTS / SAMPLES);
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (sent < until) await live();
    }),
  );
  samples.push(await measure());
  const { heap, resident, handles, descriptors } = samples.at(-1);
  console.log(
    `${String(sent).padStart(7)} requests  heap ${heap.toFixed(1)} MB  resident ${resident.toFixed(0)} MB  ` +
      `handles ${handles}  descriptors ${descriptors}`,
  );
}
const seconds = (performance.now() - began) / 1000;
agent.destroy();

const mean = (numbers) => numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
const quarter = Math.max(1, Math.floor(samples.length / 4));
const growth =
  mean(samples.slice(-quarter).map(({ heap }) => heap)) /
  mean(samples.slice(-2 * quarter, -quarter).map(({ heap }) => heap));

child.send('close');
const [{ left }] = await once(child, 'message');
const [code] = await once(child, 'exit'); // by itself: nothing holds it up
const files = readdirSync(folder);
rmSync(folder, { recursive: true });

const isFlat = growth <= SLOPE;
const isClean = left.length === 0 && code === 0 && files.join() === 'users.json';
console.log(
  `${sent} requests in ${seconds.toFixed(0)} s (${(sent / seconds).toFixed(0)} a second): ${[...counts].map(([status, count]) => `${count} x ${status}`).join(', ')}`,
);
console.log(`memory: the last quarter is ${growth.toFixed(3)} of the one before: ${isFlat ? 'flat' : 'GROWING'}`);
console.log(
  `after close: ${left.length === 0 ? 'no handle left' : `LEFT: ${left.join()}`}; exit ${code}; files: ${files.join()}`,
);
process.exitCode = isFlat && isClean ? 0 : 1;
