import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { graphql, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { DIST, fromBuild } from './build.js';
import { time } from './load.js';
import { ask, SIGN_UP } from './processes.js';

const { createEmulator } = await fromBuild('index.js');
const { createHandlers } = await fromBuild('msw.js');

const URL_OF_ALL = 'https://api.example.com/graphql';
const VIEWER = 'query Viewer { viewer { user { username } } }';
// Many short rounds, of which the best counts, taken in turns: whatever else the machine does falls on some of them only.
const ROUNDS = 15;
const TIMES = 200;

/** The cost of one call, in milliseconds, of each of several, taken in turns. */
const compare = async (subjects) => {
  const best = subjects.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, { server, run }] of subjects.entries()) {
      server.listen();
      const once = async () => {
        for (let n = 0; n < TIMES; n++) await run(n);
      };
      best[i] = Math.min(best[i], (await time(once, 1)) / TIMES);
      server.close();
    }
  }
  return best;
};

/** A viewer and a sign-up through `setupServer`, the one beside a handler that a person would write by hand. */
const throughMsw = async () => {
  const byHand = setupServer(
    graphql.query('Viewer', () => HttpResponse.json({ data: { viewer: { user: { username: 'johndoe' } } } })),
  );
  const emulator = createEmulator({ bcryptRounds: 4 });
  const server = setupServer(...createHandlers(emulator));
  await emulator.users.create({ username: 'johndoe' });
  const token = await emulator.users.logIn('johndoe');
  let names = 0;
  const [constant, viewer, signedUp] = await compare([
    { server: byHand, run: () => ask(URL_OF_ALL, VIEWER, {}, token) },
    { server, run: () => ask(URL_OF_ALL, VIEWER, {}, token) },
    { server, run: () => ask(URL_OF_ALL, SIGN_UP, { username: `user${names++}`, password: 'secret' }) },
  ]);
  return [
    {
      name: 'viewer through MSW, beside a handler by hand',
      value: viewer / constant,
      unit: 'x',
      most: 1.5,
      detail: `${(viewer * 1000).toFixed(0)} and ${(constant * 1000).toFixed(0)} us`,
    },
    { name: 'sign-up through MSW, at cost 4', value: signedUp, unit: 'ms', most: 5 },
  ];
};

const SUITE = fileURLToPath(new URL('suite', import.meta.url));
const VITEST = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');

/** Runs Vitest with so many tests to its end. */
const runTests = (count, more = {}) =>
  new Promise((resolve, reject) => {
    const env = { ...process.env, BENCH_DIST: fileURLToPath(DIST), TESTS: String(count), ...more };
    const child = spawn(process.execPath, [VITEST, 'run', '--root', SUITE, '--reporter', 'dot'], {
      env,
      stdio: 'pipe',
    });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk));
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`Failed to run ${count} tests:\n${text}`)),
    );
  });

/** What an emulator holds of memory, in KB, beside the first: many are kept, and weighed. */
const weighEmulators = async () => {
  const script = `
    import { createEmulator } from ${JSON.stringify(new URL('index.js', DIST).href)};
    const ask = (emulator) => emulator.handle({ method: 'POST', url: '/graphql', headers: { 'content-type': 'application/json', 'x-parse-application-id': 'APPLICATION_ID' }, body: '{"query":"{ health }"}' });
    await ask(createEmulator());
    gc();
    const before = process.memoryUsage().heapUsed;
    const kept = [];
    for (let i = 0; i < 100; i++) { kept.push(createEmulator()); await ask(kept[i]); }
    gc();
    console.log((process.memoryUsage().heapUsed - before) / kept.length / 1024);`;
  const child = spawn(process.execPath, ['--expose-gc', '--input-type=module', '-e', script], { stdio: 'pipe' });
  let text = '';
  for await (const chunk of child.stdout) text += chunk;
  return Number(text);
};

/** What the emulator costs a test suite. */
export const tests = async () => {
  const rows = await throughMsw();
  const one = await time(() => runTests(1), 3);
  const thousand = await time(() => runTests(1000), 3);
  const signUps = await time(() => runTests(1000, { SIGN_UP: '1' }), 1);
  return [
    ...rows,
    {
      name: '1,000 tests with a fresh emulator each',
      value: thousand / 1000,
      unit: 's',
      most: 3,
      detail: `one test: ${(one / 1000).toFixed(2)} s; with a sign-up in each: ${(signUps / 1000).toFixed(2)} s`,
    },
    { name: 'memory of a fresh emulator, after the first', value: await weighEmulators(), unit: 'KB', most: 1024 },
  ];
};
