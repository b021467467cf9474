// What the JSON file costs at 100, 10,000 and 100,000 users: commits, sign-up, log-in, viewer, the start and the memory.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashSync } from 'bcryptjs';
import { fromBuild } from './build.js';
import { load, median } from './load.js';
import { ask, headersOf, SIGN_UP, signUp, startEmulator, VIEWER } from './processes.js';

const { jsonFile } = await fromBuild('node.js');

export const SIZES = [100, 10_000, 100_000];
const ROUNDS = 10;
const AT = '2030-01-01T00:00:00.000Z';
const HASH = hashSync('secret', 4);

export const userOf = (i) => {
  const objectId = `u${String(i).padStart(9, '0')}`;
  return {
    objectId,
    createdAt: AT,
    updatedAt: AT,
    username: `user${i}`,
    email: `user${i}@example.com`,
    _hashed_password: HASH,
    ACL: { '*': { read: true }, [objectId]: { read: true, write: true } },
  };
};

/** A folder with a data file of so many users. */
const newFile = (size) => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const path = join(folder, 'users.json');
  writeFileSync(path, `${JSON.stringify({ _User: Array.from({ length: size }, (_, i) => userOf(i)) }, null, 2)}\n`);
  return { path, remove: () => rmSync(folder, { recursive: true }) };
};

const changeOf = (n) => {
  const record = { ...userOf(n), objectId: `c${n}`, username: `commit${n}` };
  return [{ className: '_User', objectId: record.objectId, record }];
};

/** Runs the measures of all sizes in turn, so that a busy moment meets them all, and takes the best round of each. */
const inTurn = async (subjects, measure) => {
  const best = subjects.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [i, subject] of subjects.entries()) {
      const cost = await measure(subject, round);
      if (round > 0) best[i] = Math.min(best[i], cost);
    }
  }
  return best;
};

const rowOf = (name, costs) => ({
  name: `${name}: dearest beside cheapest size`,
  value: Math.max(...costs) / Math.min(...costs),
  unit: 'x',
  most: 1.3,
  detail: costs.map((cost, i) => `${SIZES[i]}: ${(cost * 1000).toFixed(0)} us`).join(', '),
  curve: { name, costs },
});

let made = 0;

const commitLatency = async () => {
  const files = SIZES.map(newFile);
  const subjects = files.map(({ path }) => jsonFile(path));
  for (const subject of subjects) await subject.read();
  const costs = await inTurn(subjects, async (subject) => {
    const began = performance.now();
    for (let i = 0; i < 100; i++) await subject.append(changeOf(made++));
    return (performance.now() - began) / 100;
  });
  for (const subject of subjects) await subject.close();
  for (const { remove } of files) remove();
  return rowOf('commit', costs);
};

const storm = async () => {
  const { path, remove } = newFile(10_000);
  const subject = jsonFile(path);
  await subject.read();
  const rates = [];
  for (let round = 0; round < ROUNDS; round++) {
    const began = performance.now();
    await Promise.all(Array.from({ length: 1000 }, () => subject.append(changeOf(made++))));
    rates.push(1_000_000 / (performance.now() - began));
  }
  await subject.close();
  remove();
  return { name: '1,000 writes at once, commits a second', value: median(rates), unit: '/s', least: 5000 };
};

const perRequest = async (run, times) => {
  const began = performance.now();
  for (let i = 0; i < times; i++) await run(i);
  return (performance.now() - began) / times;
};

const LOG_IN =
  'mutation ($username: String!) { logIn(input: { username: $username, password: "secret" }) { clientMutationId } }';

const REQUESTS = {
  'sign-up': ({ url }) => ask(url, SIGN_UP, { username: `new${made++}`, password: 'secret' }),
  'log-in': ({ url, size }, i) => ask(url, LOG_IN, { username: `user${(i * 31) % size}` }),
  viewer: ({ url, token }) => ask(url, VIEWER, {}, token),
};

const requests = async () => {
  const files = SIZES.map(newFile);
  const subjects = [];
  for (const [i, { path }] of files.entries()) {
    const server = await startEmulator('--db', path, '--bcrypt-rounds', '4');
    subjects.push({ ...server, size: SIZES[i], token: await signUp(server.url, 'johndoe') });
  }
  const rows = [];
  for (const [name, run] of Object.entries(REQUESTS)) {
    rows.push(rowOf(name, await inTurn(subjects, (subject) => perRequest((i) => run(subject, i), 150))));
  }
  for (const { stop } of subjects) await stop();
  for (const { remove } of files) remove();
  return rows;
};

const residentMegabytes = (pid) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

/** From the spawn of a process to its first answer, with a file of 100,000 users and with an empty one; and its memory. */
export const largeFile = async () => {
  const [large, empty] = [newFile(100_000), newFile(0)];
  const upTo = async (path) => {
    const began = performance.now();
    const server = await startEmulator('--db', path);
    await ask(server.url, '{ health }');
    return { server, milliseconds: performance.now() - began };
  };
  const [ours, bare] = [[], []];
  let megabytes = 0;
  for (let round = 0; round < 5; round++) {
    const none = await upTo(empty.path);
    await none.server.stop();
    bare.push(none.milliseconds);
    const { server, milliseconds } = await upTo(large.path);
    ours.push(milliseconds);
    const headers = headersOf(await signUp(server.url, `johndoe${round}`));
    await load(server.url, { query: VIEWER, headers, requests: 1000 });
    await new Promise((resolve) => setTimeout(resolve, 3000)); // the journal is folded, and what is idle may go
    megabytes = Math.max(megabytes, residentMegabytes(server.pid));
    await server.stop();
  }
  for (const { remove } of [large, empty]) remove();
  const detail = `${median(ours).toFixed(0)} ms from the spawn to an answer, ${median(bare).toFixed(0)} ms without users`;
  return [
    { name: 'load of 100,000 users', value: median(ours) - median(bare), unit: 'ms', most: 1500, detail },
    { name: 'resident memory with 100,000 users', value: megabytes, unit: 'MB', most: 250 },
  ];
};

/** Costs on the JSON file by size, and a storm of commits. */
export const data = async () => [await commitLatency(), ...(await requests()), await storm()];
