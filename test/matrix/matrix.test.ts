import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { pack } from '../support/consumer.ts';
import { freshEnvironment, runToTheEnd, trackedFiles } from '../support/workspace.ts';
import { makeProject, NODE, nodeIn } from './project.ts';
import { BETWEEN, type Cell, ENDS } from './versions.ts';

const TEST = fileURLToPath(new URL('../', import.meta.url));

/** The suites that know the public names alone, and so are a user's as much as ours. */
const SUITES = [
  'conformance/recordings.test.ts',
  'conformance/schema.test.ts',
  'emulator/faults.test.ts',
  'emulator/intercept.test.ts',
  'emulator/users.test.ts',
  'hosts/same-answers.test.ts',
  'msw/handlers.test.ts',
  'vitest/test.test.ts',
];

/** In the place of our sources stands the package, as its users import it. */
const CONFIG = `
const entry = (name, source) => ({ find: new RegExp('^.*/src/' + source + '$'), replacement: 'parse-users-emulator' + name });
export default {
  test: {
    include: ${JSON.stringify(SUITES.map((path) => `test/${path}`))},
    testTimeout: 20_000,
    isolate: false,
    maxWorkers: 1,
    poolOptions: { forks: { singleFork: true } }, // the same, for Vitest 3
    // what the server answers hangs on none of the versions but Node's, and MSW's part on two of the recordings
    testNamePattern: /^(?!startServer gives|MSW gives .*(00-guide|01-documented|07-email|12-rest))/,
    alias: [entry('', 'index.ts'), ...['msw', 'node', 'vitest'].map((name) => entry('/' + name, name + '/index.ts'))],
  },
};`;

/** A project with these versions and our suites. */
const makeCell = async (project: string, { node, ...versions }: Cell, tarball: string): Promise<void> => {
  const paths = (await trackedFiles(TEST)).filter((path) => path !== 'tsconfig.json'); // it extends one that is not here
  const files = Object.fromEntries(paths.map((path) => [join('test', path), join(TEST, path)]));
  await makeProject(project, { dependencies: { ...versions, parse: '^8.6.2', [NODE]: node }, files }, tarball);
  await writeFile(join(project, 'vitest.config.js'), CONFIG);
};

let folder: string;
let tarball: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'packed-'));
  tarball = await pack(folder);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the packed package passes its suites', () => {
  for (const cell of process.env['MATRIX'] ? [...ENDS, ...BETWEEN] : ENDS) {
    const title = Object.entries(cell)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ');
    it(`on ${title}`, { timeout: 170_000 }, async ({ signal }) => {
      const project = join(folder, title.replaceAll(/\W+/g, '-'));
      await makeCell(project, cell, tarball);
      const args = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=dot'];
      await runToTheEnd(nodeIn(project), args, { cwd: project, env: freshEnvironment({ CI: 'true' }), signal });
    });
  }
});
