import { fromBuild } from './build.js';
import { time } from './load.js';

const { createEmulator } = await fromBuild('index.js');

const SIZES = [100, 10_000, 100_000];
// Many short rounds, of which the best counts: whatever else the machine does falls on some of them only.
const ROUNDS = 25;
const TIMES = 60;
const HEADERS = { 'x-parse-application-id': 'APPLICATION_ID', 'content-type': 'application/json' };

// One hash for all: what is measured is the emulator and not bcrypt. It is that of 'secret' at cost 4.
const HASH = '$2b$04$Lk5xQ0GcR5b1s8rXyqQ1AOZ1tD9y0Xh2u2oD3eYqN6r8E7m4fJkTi';

const usersOf = (count) =>
  Array.from({ length: count }, (_, i) => ({
    objectId: `u${String(i).padStart(9, '0')}`,
    username: `user${i}`,
    email: `user${i}@example.com`,
    _hashed_password: HASH,
    score: (i * 7919) % 1000,
  }));

const sessionOf = (index) => ({
  objectId: 's000000000',
  sessionToken: 'r:00000000000000000000000000000000',
  user: { __type: 'Pointer', className: '_User', objectId: `u${String(index).padStart(9, '0')}` },
});

const TOKEN = 'r:00000000000000000000000000000000';

const ask = async (emulator, query, headers) => {
  const { body } = await emulator.handle({
    method: 'POST',
    url: '/graphql',
    headers: { ...HEADERS, ...headers },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = JSON.parse(body);
  if (errors) throw new Error(`Failed to ask ${query}: ${body}`);
  return data;
};

const repeat = (times, run) => async () => {
  for (let i = 0; i < times; i++) await run(i);
};

const emulatorOf = async (count) => {
  const alwaysRight = { hash: async () => HASH, compare: async () => true };
  const emulator = createEmulator({ passwordHasher: alwaysRight });
  await emulator.restore({ _User: usersOf(count), _Session: [sessionOf(count / 2)] });
  return emulator;
};

const OPERATIONS = {
  'users by username': (emulator, count, i) =>
    ask(emulator, `{ users(where: { username: { equalTo: "user${(i * 31) % count}" } }) { edges { node { id } } } }`, {
      'x-parse-master-key': 'MASTER_KEY',
    }),
  'log-in (hash left out)': (emulator, count, i) =>
    ask(
      emulator,
      `mutation { logIn(input: { username: "user${(i * 31) % count}", password: "secret" }) { viewer { sessionToken } } }`,
    ),
  viewer: (emulator) => ask(emulator, '{ viewer { user { username } } }', { 'x-parse-session-token': TOKEN }),
  'sign-up (hash left out)': (emulator, count, i) =>
    ask(
      emulator,
      `mutation { signUp(input: { fields: { username: "new${count}-${i}-${Math.random()}", password: "x" } }) { viewer { sessionToken } } }`,
    ),
};

/** What an operation costs at 100 and at 100,000 users. */
export const growth = async () => {
  const emulators = new Map();
  for (const size of SIZES) emulators.set(size, await emulatorOf(size));
  const rows = [];
  for (const [name, run] of Object.entries(OPERATIONS)) {
    const costs = new Map(SIZES.map((size) => [size, []]));
    for (let round = 0; round < ROUNDS; round++) {
      for (const size of SIZES)
        costs.get(size).push(
          await time(
            repeat(TIMES, (i) => run(emulators.get(size), size, i)),
            1,
          ),
        );
    }
    const best = SIZES.map((size) => Math.min(...costs.get(size)) / TIMES);
    const detail = best.map((cost, i) => `${SIZES[i]}: ${(cost * 1000).toFixed(0)} us`).join(', ');
    rows.push({
      name: `${name}: dearest beside cheapest size`,
      value: Math.max(...best) / Math.min(...best),
      unit: 'x',
      most: 1.3,
      detail,
    });
  }
  return rows;
};

/** A filtered, ordered page out of 10,000 users. */
export const page = async () => {
  const emulator = await emulatorOf(10_000);
  const query =
    '{ users(where: { score: { greaterThan: 500 } }, order: [score_DESC, username_ASC], first: 20) { count edges { node { username } } } }';
  const milliseconds = await time(() => ask(emulator, query, { 'x-parse-master-key': 'MASTER_KEY' }), 9);
  return [{ name: 'filtered, ordered page of 10,000 users', value: milliseconds, unit: 'ms', most: 25 }];
};

/** Building the GraphQL schema of 20 classes; a fresh emulator; and what it costs to go back to a snapshot. */
export const making = async () => {
  const fields = Object.fromEntries(
    ['String', 'Number', 'Boolean', 'Date', 'Array', 'Object'].map((type) => [`a${type}`, { type }]),
  );
  let round = 0; // other names each time, since emulators of the same classes share one schema
  const definitions = () =>
    Array.from({ length: 20 }, (_, i) => ({
      className: `Thing${round}_${i}`,
      fields: { ...fields, owner: { type: 'Pointer', targetClass: '_User' } },
    }));
  const schema = await time(() => {
    round++;
    return createEmulator({ schema: { definitions: definitions() } }).printSchema();
  }, 9);
  const fresh = await time(
    repeat(100, () => createEmulator()),
    5,
  );
  const emulator = await emulatorOf(100);
  const before = emulator.snapshot();
  const snapshot = await time(
    repeat(20, () => emulator.snapshot()),
    5,
  );
  const restore = await time(
    repeat(20, () => emulator.restore(before)),
    5,
  );
  const many = await emulatorOf(100_000);
  const first = performance.now(); // records are frozen when somebody gets them first
  many.snapshot();
  const firstSnapshot = performance.now() - first;
  return [
    { name: 'GraphQL schema of 20 classes, built and printed', value: schema, unit: 'ms', most: 60 },
    { name: 'a fresh emulator', value: fresh / 100, unit: 'ms', most: 2 },
    { name: 'snapshot of 100 users', value: snapshot / 20, unit: 'ms', most: 0.1 },
    { name: 'first snapshot of 100,000 users', value: firstSnapshot, unit: 'ms', most: 1000 },
    { name: 'restore of 100 users', value: restore / 20, unit: 'ms', most: 1 },
  ];
};
