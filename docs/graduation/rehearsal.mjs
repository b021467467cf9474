// Rehearses the whole way, from an emulator to a Parse Server on PostgreSQL: makes users in the one, moves them, and logs them
// in at the other. Run it after `npm run build`, with an empty database:
//
//   DATABASE_URI=postgres://postgres@127.0.0.1:5432/app PARSE_SERVER=/folder/where/parse-server/is/installed \
//     node docs/graduation/rehearsal.mjs
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServer } from '../../dist/node.js';

const CLI = fileURLToPath(new URL('../../bin/parse-users-emulator.js', import.meta.url));
const IMPORT = fileURLToPath(new URL('import.mjs', import.meta.url));
const { DATABASE_URI: databaseURI, PARSE_SERVER: home = process.cwd() } = process.env;
const PORT = 1497;
const REAL = `http://127.0.0.1:${PORT}`;
const KEYS = { 'X-Parse-Application-Id': 'APPLICATION_ID', 'Content-Type': 'application/json' };
const MASTER = { ...KEYS, 'X-Parse-Master-Key': 'MASTER_KEY' };
const USERS = { ann: 'correct horse', bob: 'battery staple', cid: 'señor ☃' };

const ask = async (url, headers, body, method = 'POST') => {
  const response = await fetch(url, { method, headers, body: body && JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok || answer.errors) throw new Error(`${method} ${url}: ${response.status} ${JSON.stringify(answer)}`);
  return answer.data ?? answer;
};

const graphql = (url, query, variables, headers = {}) => ask(url, { ...KEYS, ...headers }, { query, variables });

const SIGN_UP = `mutation ($username: String!, $password: String!, $email: String!, $phone: String!) {
  signUp(input: { fields: { username: $username, password: $password, email: $email, phone: $phone } }) {
    viewer { sessionToken user { objectId } }
  }
}`;

const LOG_IN = `mutation ($username: String!, $password: String!) {
  logIn(input: { username: $username, password: $password }) {
    viewer { sessionToken user { objectId username email phone createdAt } }
  }
}`;

const TODOS = '{ todos { edges { node { title owner { username } } } } }';

const pointer = (objectId) => ({ __type: 'Pointer', className: '_User', objectId });

/** Three users, a role with two of them, and a class of the application's own. */
const fill = async (url) => {
  await ask(`${url}/parse/schemas/_User`, MASTER, { className: '_User', fields: { phone: { type: 'String' } } }, 'PUT');
  const fields = { title: { type: 'String' }, due: { type: 'Date' }, owner: { type: 'Pointer', targetClass: '_User' } };
  await ask(`${url}/parse/schemas/Todo`, MASTER, { className: 'Todo', fields });
  const made = {};
  for (const [username, password] of Object.entries(USERS)) {
    const phone = `+49 ${username.length}`;
    const { signUp } = await graphql(`${url}/graphql`, SIGN_UP, {
      username,
      password,
      email: `${username}@a.example`,
      phone,
    });
    made[username] = signUp.viewer;
  }
  const members = { __op: 'AddRelation', objects: [pointer(made.ann.user.objectId), pointer(made.bob.user.objectId)] };
  await ask(`${url}/parse/roles`, MASTER, { name: 'admin', ACL: { '*': { read: true } }, users: members });
  const owner = pointer(made.ann.user.objectId);
  const ACL = { [owner.objectId]: { read: true, write: true } };
  const due = { __type: 'Date', iso: '2030-01-01T00:00:00.000Z' };
  await ask(`${url}/parse/classes/Todo`, MASTER, { title: "ann's own", owner, due, ACL });
};

const list = async (path) => (await ask(`${REAL}/parse/${path}`, MASTER, undefined, 'GET')).results;

const admins = async () => {
  const [role] = await list('roles');
  const where = {
    $relatedTo: { object: { __type: 'Pointer', className: '_Role', objectId: role.objectId }, key: 'users' },
  };
  return (await list(`users?where=${encodeURIComponent(JSON.stringify(where))}`)).map(({ username }) => username);
};

const run = (line, program, flags, options = {}) => {
  console.log(`$ ${line}`);
  return execFileSync(program, flags, { encoding: 'utf8', ...options }).trimEnd();
};

const folder = mkdtempSync(join(tmpdir(), 'graduation-'));
const db = join(folder, 'users.json');
const exported = join(folder, 'export.json');

const emulator = await startServer({ port: 0, db });
await fill(emulator.url);
await emulator.close();
console.log(`The emulator holds ${Object.keys(USERS).join(', ')}; ann and bob are admins, and ann has a Todo.\n`);

const command = ['export', '--db', db, '--format', 'parse'];
const text = run('parse-users-emulator export --db users.json --format parse > export.json', process.execPath, [
  CLI,
  ...command,
]);
writeFileSync(exported, text);
const rows = JSON.parse(text);
for (const [name, { length }] of Object.entries(rows)) console.log(`${name}: ${length}`);

console.log(`\n${run('node import.mjs export.json', process.execPath, [IMPORT, exported], { cwd: home })}\n`);
rmSync(folder, { recursive: true });

const require = createRequire(join(home, 'package.json'));
const { ParseServer } = require('parse-server');
const options = { appId: 'APPLICATION_ID', masterKey: 'MASTER_KEY', databaseURI, serverURL: `${REAL}/parse` };
await ParseServer.startApp({
  ...options,
  port: PORT,
  mountPath: '/parse',
  mountGraphQL: true,
  graphQLPath: '/graphql',
});
console.log(`Parse Server ${require('parse-server/package.json').version} on PostgreSQL:`);
const members = await admins();
for (const [username, password] of Object.entries(USERS)) {
  const { viewer } = (await graphql(`${REAL}/graphql`, LOG_IN, { username, password })).logIn;
  const before = rows._User.find((user) => user.username === username);
  const isSame = before.objectId === viewer.user.objectId && before.createdAt === viewer.user.createdAt;
  const { todos } = await graphql(`${REAL}/graphql`, TODOS, {}, { 'X-Parse-Session-Token': viewer.sessionToken });
  const titles = todos.edges.map(({ node }) => node.title).join() || 'nothing';
  const isRefused = await graphql(`${REAL}/graphql`, LOG_IN, { username, password: `${password}!` }).catch(() => true);
  console.log(
    `${username} logs in with the same password${isRefused === true ? ' and no other' : ', AND WITH ANOTHER'}; ` +
      `${isSame ? 'the same' : 'ANOTHER'} objectId and date; ${viewer.user.email}, ${viewer.user.phone}; ` +
      `${members.includes(username) ? 'an admin' : 'no admin'}; sees ${titles}`,
  );
}
process.exit(0);
