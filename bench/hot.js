// What a client's day is made of: who am I, a log-in that was seen before, a large document, a large class, a large file. CPU time
// counts and not the clock, so that what else the machine does matters less.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSchema, execute, parse } from 'graphql';
import { fromBuild } from './build.js';
import { userOf } from './data.js';
import { median } from './load.js';

const { createEmulator } = await fromBuild('index.js');
const { jsonFile } = await fromBuild('node.js');

const ROUNDS = 9;
const HEADERS = {
  'x-parse-application-id': 'APPLICATION_ID',
  'x-parse-master-key': 'MASTER_KEY',
  'content-type': 'application/json',
};

const cpuOf = async (run) => {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

const call = async (emulator, url, body, headers = HEADERS) => {
  const answer = await emulator.handle({ method: 'POST', url, headers, body: JSON.stringify(body) });
  if (answer.status !== 200 && answer.status !== 201 && answer.status !== 400) throw new Error(answer.body);
  return answer;
};

const repeat = (times, run) => async () => {
  for (let i = 0; i < times; i++) await run(i);
};

const SCHEMA = 'type Query { viewer: Viewer! } type Viewer { user: User! } type User { username: String }';

/** A `viewer`, beside graphql-js that executes the same document over constants. */
const viewer = async () => {
  const emulator = createEmulator({ bcryptRounds: 4 });
  await emulator.users.create({ username: 'johndoe' });
  const token = await emulator.users.logIn('johndoe');
  const query = '{ viewer { user { username } } }';
  const { 'x-parse-master-key': _, ...plain } = HEADERS;
  const asUser = { ...plain, 'x-parse-session-token': token };
  const [schema, document] = [buildSchema(SCHEMA), parse(query)];
  const rootValue = { viewer: { user: { username: 'johndoe' } } };
  const ours = repeat(2000, () => call(emulator, '/graphql', { query }, asUser));
  const theirs = repeat(2000, async () => JSON.stringify(await execute({ schema, document, rootValue })));
  const costs = [[], []];
  for (let round = 0; round <= ROUNDS; round++) {
    const pair = [await cpuOf(ours), await cpuOf(theirs)];
    for (const [place, cost] of pair.entries()) if (round > 0) costs[place].push(cost / 2000);
  }
  const [own, bare] = costs.map((list) => Math.min(...list) * 1000);
  return {
    name: 'viewer by handle, CPU beside graphql-js alone',
    value: own / bare,
    unit: 'x',
    detail: `${own.toFixed(1)} us beside ${bare.toFixed(1)} us`,
  };
};

const LOG_IN = 'mutation { logIn(input: { username: "johndoe", password: "secret" }) { viewer { sessionToken } } }';

const logInAgain = async () => {
  const emulator = createEmulator();
  await emulator.users.create({ username: 'johndoe', password: 'secret' });
  const costs = [];
  for (let i = 0; i <= ROUNDS; i++) costs.push(await cpuOf(() => call(emulator, '/graphql', { query: LOG_IN })));
  return { name: 'a log-in that was seen before, cost 10', value: median(costs.slice(1)), unit: 'ms' };
};

const filled = (part) => {
  let text = '';
  for (let i = 0; text.length < 98_000; i++) text += part(i.toString(36));
  return `{ ${text} }`;
};

const LARGE = {
  'one field again and again': filled(() => 'health '),
  'aliases of one field': filled((i) => `a${i}:health `),
  'aliases of objects': filled((i) => `a${i}:viewer{user{id}} `),
  'fragments that are not there': filled((i) => `...F${i} `),
  'objects again and again': filled(() => 'viewer{user{username}}'),
  'fields that are not there': filled((i) => `x${i} `),
};

const largeDocuments = async () => {
  const emulator = createEmulator();
  await call(emulator, '/graphql', { query: '{ health }' });
  const rows = [];
  for (const [name, query] of Object.entries(LARGE)) {
    const value = await cpuOf(() => call(emulator, '/graphql', { query }));
    rows.push({ name: `100 kB of ${name}`, value, unit: 'ms' });
  }
  return rows;
};

const largeClass = async () => {
  const emulator = createEmulator();
  const health = () => call(emulator, '/graphql', { query: '{ health }' });
  await health();
  const fields = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`f${i}`, { type: 'String' }]));
  await call(emulator, '/parse/schemas/Large', { className: 'Large', fields });
  return { name: 'first request after a class of 500 fields', value: await cpuOf(health), unit: 'ms', detail: 'CPU' };
};

const newFile = () => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const path = join(folder, 'users.json');
  writeFileSync(path, `${JSON.stringify({ _User: Array.from({ length: 100_000 }, (_, i) => userOf(i)) }, null, 2)}\n`);
  return { path, folder };
};

const largeState = async () => {
  const { path, folder } = newFile();
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  let emulator;
  const cost = await cpuOf(async () => {
    emulator = createEmulator({ persistence: jsonFile(path) });
    await emulator.ready;
  });
  globalThis.gc?.();
  const megabytes = (process.memoryUsage().heapUsed - before) / 1e6;
  await emulator.close();
  rmSync(folder, { recursive: true });
  return [
    { name: '100,000 users read, CPU', value: cost, unit: 'ms' },
    ...(globalThis.gc ? [{ name: 'heap with 100,000 users', value: megabytes, unit: 'MB' }] : []),
  ];
};

/** What a client's day is made of. */
export const hot = async () => [
  ...(await largeState()), // first, while the heap holds nothing else
  await viewer(),
  await logInAgain(),
  ...(await largeDocuments()),
  await largeClass(),
];
