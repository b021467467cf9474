// Live queries: 1,000 sockets that hear of every write, what is left of them when they have closed, and what a write costs when
// nobody listens.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { WebSocket } from 'ws';
import { fromBuild } from './build.js';
import { median } from './load.js';

const { createEmulator } = await fromBuild('index.js');
const { startServer } = await fromBuild('node.js');

const SOCKETS = 1000;
const WRITES = 20;
const TURNS = 6;
const WARM_UP = 10; // rounds that do not count
const ROUNDS = 60;
const TIMES = 200;
const PASSWORD_HASH = '$2b$04$Lk5xQ0GcR5b1s8rXyqQ1AOZ1tD9y0Xh2u2oD3eYqN6r8E7m4fJkTi';
const HEADERS = { 'x-parse-application-id': 'APPLICATION_ID', 'content-type': 'application/json' };

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** What is in use after the garbage is gone: the heap and what lies outside of it, in bytes. */
const used = async () => {
  for (let i = 0; i < 5; i++) {
    await turn();
    collect();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

/** Opens a socket with a subscription; `onCreate` is called with each object that it hears of. */
const subscribe = (url, onCreate) =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    const say = (frame) => socket.send(JSON.stringify(frame));
    const answers = {
      connected: () => say({ op: 'subscribe', requestId: 1, query: { className: 'Todo', where: { done: false } } }),
      subscribed: () => resolve(socket),
      create: onCreate,
      error: ({ error }) => reject(new Error(error)),
    };
    socket.on('open', () => say({ op: 'connect', applicationId: 'APPLICATION_ID' }));
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data));
      answers[frame.op]?.(frame);
    });
    socket.on('error', reject);
  });

const write = async (url) => {
  const body = JSON.stringify({ title: 'Try it', done: false });
  const answer = await fetch(`${url}/parse/classes/Todo`, { method: 'POST', headers: HEADERS, body });
  if (answer.status !== 201) throw new Error(await answer.text());
  await answer.text();
};

/** Opens the sockets, writes, and closes them. Returns the milliseconds in which each write reached them all. */
const audience = async (server) => {
  let missing = 0;
  let reached = () => undefined;
  const onCreate = () => {
    missing--;
    if (missing === 0) reached();
  };
  const sockets = [];
  for (let i = 0; i < SOCKETS; i++)
    sockets.push(await subscribe(`${server.url.replace('http', 'ws')}/parse`, onCreate));
  const times = [];
  for (let i = 0; i < WRITES; i++) {
    missing = SOCKETS;
    const all = new Promise((resolve) => {
      reached = resolve;
    });
    const at = performance.now();
    await Promise.all([write(server.url), all]);
    times.push(performance.now() - at);
  }
  const closed = sockets.map((socket) => new Promise((resolve) => socket.on('close', resolve)));
  for (const socket of sockets) socket.close();
  await Promise.all(closed);
  while (server.emulator.live.list().length > 0) await turn();
  return times;
};

/** 1,000 sockets with a subscription each, time after time: the first time warms up. */
const sockets = async () => {
  const server = await startServer({
    port: 0,
    allowClientClassCreation: true,
    liveQuery: { classNames: ['Todo'] },
  });
  await audience(server);
  const before = await used();
  const times = [];
  const after = [];
  for (let i = 1; i < TURNS; i++) {
    times.push(...(await audience(server)));
    after.push(await used());
  }
  await server.close();
  const megabytes = (bytes) => (bytes / 2 ** 20).toFixed(1);
  const told = [...times].sort((a, b) => a - b);
  return [
    {
      name: `a write reaches ${SOCKETS} sockets`,
      value: median(times),
      unit: 'ms',
      most: 100,
      detail: `the slowest of ${times.length}: ${told.at(-1).toFixed(0)} ms; clients in the same process`,
    },
    {
      name: `memory after ${SOCKETS} sockets closed, beside before`,
      value: after.at(-1) / before,
      unit: 'x',
      most: 1.05,
      detail: `${megabytes(before)} MB, then ${after.map(megabytes).join(', ')}`,
    },
  ];
};

const withUser = async (options) => {
  const emulator = createEmulator({ bcryptRounds: 4, ...options });
  await emulator.restore({ _User: [{ objectId: 'u000000000', username: 'johndoe', _hashed_password: PASSWORD_HASH }] });
  return emulator;
};

const update = async (emulator, phone) => {
  const answer = await emulator.handle({
    method: 'PUT',
    url: '/parse/users/u000000000',
    headers: { ...HEADERS, 'x-parse-master-key': 'MASTER_KEY' },
    body: JSON.stringify({ phone }),
  });
  if (answer.status !== 200) throw new Error(answer.body);
};

/** The milliseconds of CPU time that a write takes. */
const costOf = async (emulator, round) => {
  const before = process.cpuUsage();
  for (let i = 0; i < TIMES; i++) await update(emulator, `${round}-${i}`);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / TIMES;
};

/** A write of which nobody hears, with live queries on and off, in turn. */
const unheard = async () => {
  const without = await withUser({});
  const withLive = await withUser({ liveQuery: { classNames: ['_User'] } });
  const costs = { off: [], on: [] };
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    const turns = [
      () => costOf(without, round).then((cost) => costs.off.push(cost)),
      () => costOf(withLive, round).then((cost) => costs.on.push(cost)),
    ];
    for (const run of round % 2 ? turns : turns.reverse()) await run();
  }
  const [on, off] = [costs.on.slice(WARM_UP), costs.off.slice(WARM_UP)];
  return [
    {
      name: 'a write without a subscription, live beside not',
      value: median(on.map((cost, i) => cost / off[i])),
      unit: 'x',
      most: 1.1,
      detail: `${(median(on) * 1000).toFixed(0)} us of CPU beside ${(median(off) * 1000).toFixed(0)} us`,
    },
  ];
};

/** Live queries: who listens, and what a write costs when nobody does. */
export const live = async () => [...(await unheard()), ...(await sockets())];
