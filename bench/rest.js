// What REST costs beside GraphQL: the same question to the same emulator, the two in turn.

import { fromBuild } from './build.js';
import { load, median } from './load.js';
import { headersOf, signUp, startEmulator } from './processes.js';

const { createEmulator } = await fromBuild('index.js');

const RUNS = 7;
const USER = '{ sessionToken user { objectId createdAt updatedAt username ACL { users { userId read write } } } }';
const VIEWER = `{ viewer ${USER} }`;
const LOG_IN = `mutation { logIn(input: { username: "johndoe", password: "ASuperStrongPassword" }) { viewer ${USER} } }`;
const CREDENTIALS = { username: 'johndoe', password: 'ASuperStrongPassword' };

const QUESTIONS = {
  'GET /users/me beside viewer': {
    rest: { method: 'GET', path: '/parse/users/me' },
    graphql: { query: VIEWER },
    asUser: true,
  },
  'POST /login beside logIn': {
    rest: { method: 'POST', path: '/parse/login', body: JSON.stringify(CREDENTIALS) },
    graphql: { query: LOG_IN },
  },
};

const row = (name, rest, graphql) => ({
  name,
  value: median(rest.map((rate, run) => rate / graphql[run])),
  unit: 'x',
  least: 1,
  detail: `${median(rest).toFixed(0)} beside ${median(graphql).toFixed(0)} a second`,
});

/** Calls of both kinds in turn; `measure` answers how many a second. The first round does not count. */
const beside = async (name, toRest, toGraphQL) => {
  const [rest, graphql] = [[], []];
  for (let round = 0; round <= RUNS; round++) {
    const [ours, theirs] = [await toRest(), await toGraphQL()];
    if (round === 0) continue;
    rest.push(ours);
    graphql.push(theirs);
  }
  return row(name, rest, graphql);
};

const throughServer = async () => {
  const { url, stop } = await startEmulator('--memory', '--bcrypt-rounds', '4');
  const origin = new URL(url).origin;
  const token = await signUp(url, 'johndoe');
  const rows = [];
  for (const [name, { rest, graphql, asUser }] of Object.entries(QUESTIONS)) {
    const headers = headersOf(asUser ? token : undefined);
    const rate = async (path, call) => (await load(origin + path, { ...call, headers, milliseconds: 1000 })).perSecond;
    rows.push(
      await beside(
        `${name}, through the server`,
        () => rate(rest.path, rest),
        () => rate('/graphql', graphql),
      ),
    );
  }
  await stop();
  return rows;
};

const throughHandle = async () => {
  const emulator = createEmulator({ passwordHasher: { hash: async () => 'x', compare: async () => true } });
  await emulator.seed({ _User: [CREDENTIALS] });
  const ask = async (method, url, body, token) => {
    const answer = await emulator.handle({ method, url, headers: headersOf(token), body });
    if (answer.status !== 200 || answer.body.includes('"errors"')) throw new Error(`Failed to ask: ${answer.body}`);
    return answer;
  };
  const { sessionToken } = JSON.parse((await ask('POST', '/parse/login', JSON.stringify(CREDENTIALS))).body);
  const rate = async (call) => {
    const began = performance.now();
    for (let i = 0; i < 2000; i++) await call();
    return 2_000_000 / (performance.now() - began);
  };
  const rows = [];
  for (const [name, { rest, graphql, asUser }] of Object.entries(QUESTIONS)) {
    const token = asUser ? sessionToken : undefined;
    const body = JSON.stringify(graphql);
    rows.push(
      await beside(
        `${name}, in process${asUser ? '' : ' (hash left out)'}`,
        () => rate(() => ask(rest.method, rest.path, rest.body ?? '', token)),
        () => rate(() => ask('POST', '/graphql', body, token)),
      ),
    );
  }
  return rows;
};

/** `GET /users/me` and `POST /login` beside the GraphQL forms of the same. */
export const rest = async () => [...(await throughHandle()), ...(await throughServer())];
