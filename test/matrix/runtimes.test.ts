import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, inBrowser } from '../support/browser.ts';
import { pack } from '../support/consumer.ts';
import { freshEnvironment, runToTheEnd } from '../support/workspace.ts';
import { makeProject, NODE, nodeIn } from './project.ts';

const at = (path: string): string => fileURLToPath(new URL(`runtimes/${path}`, import.meta.url));
const example = (path: string): string => fileURLToPath(new URL(`../../examples/${path}`, import.meta.url));

const PLATFORM = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch === 'arm64' ? 'aarch64' : process.arch}`;

/** Bun and Deno as npm has them: a package for each platform, whose binary is run as it is. */
const BUN = `@oven/bun-${PLATFORM}`;
const DENO = `@deno/${process.platform === 'win32' ? 'win32' : process.platform}-${process.arch}${process.platform === 'linux' ? '-glibc' : ''}`;

const WITHOUT_NODE = {
  Bun: (project: string) => [join(project, 'node_modules', BUN, 'bin/bun')],
  Deno: (project: string) => [join(project, 'node_modules', DENO, 'deno'), 'run', '--allow-all', '--quiet'],
};

const scripts = (...names: string[]): { readonly [path: string]: string } =>
  Object.fromEntries(names.map((name) => [name, at(name)]));

const chromium = findChromium();
let folder: string;
let tarball: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runtimes-'));
  tarball = await pack(folder);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (cwd: string, [command = '', ...args]: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> =>
  runToTheEnd(command, args, { cwd, env: freshEnvironment({ CI: 'true', ...env }) });

/** Bundles a worker of the project as tools for workers do, into a module without imports. */
const buildWorker = async (project: string, name: string): Promise<void> => {
  const bundle = await rolldown({
    input: join(project, `${name}.mjs`),
    platform: 'browser',
    logLevel: 'silent',
    resolve: { conditionNames: ['workerd', 'worker', 'browser', 'import', 'default'] },
  });
  await bundle.write({ file: join(project, `${name}.js`), format: 'esm', codeSplitting: false });
  await bundle.close();
};

describe.runIf(process.env['MATRIX'])('the packed package imports and answers', { timeout: 600_000 }, () => {
  it.each([
    ['^2', { graphql: '{"data":{"health":true}}', onUnhandledRequest: 'refused', both: 'refused' }],
    ['^3', { graphql: 'network', onUnhandledRequest: 'network', both: 'network' }],
  ])('on Bun and Deno, with MSW %s', async (msw, intercepted) => {
    const project = join(folder, `without-node-${msw.slice(1)}`);
    const dependencies = { [BUN]: '^1.4.0', [DENO]: '^2.9.0', msw, graphql: '^16.15.0' };
    await makeProject(project, { dependencies, files: scripts('answers.mjs', 'server.mjs', 'msw.mjs') }, tarball);
    for (const command of Object.values(WITHOUT_NODE).map((toCommand) => toCommand(project))) {
      expect(await run(project, [...command, 'answers.mjs'])).toContain('answers');
      expect(await run(project, [...command, 'server.mjs'])).toContain('serves');
      await rm(join(project, 'users-of-runtime.json'), { force: true });
      const printed = await run(project, [...command, 'msw.mjs']);
      expect(JSON.parse(printed.trim().split('\n').at(-1) ?? '')).toEqual(intercepted);
    }
  });

  it('on Node, with MSW 3, whose name for requests that nobody handles is another', async () => {
    const project = join(folder, 'node-msw-3');
    const dependencies = { [NODE]: '^24', msw: '^3', graphql: '^17' };
    await makeProject(project, { dependencies, files: scripts('msw.mjs') }, tarball);
    const printed = await run(project, [nodeIn(project), 'msw.mjs']);
    expect(JSON.parse(printed.trim().split('\n').at(-1) ?? '')).toEqual({
      graphql: '{"data":{"health":true}}',
      onUnhandledRequest: 'network',
      both: 'refused',
    });
  });

  it('on workerd, by Miniflare', async () => {
    const project = join(folder, 'workerd');
    const dependencies = { [NODE]: '^24', miniflare: '^4.20260701.0', graphql: '^16.15.0' };
    const files = scripts('worker.mjs', 'worker-early.mjs', 'workerd.mjs');
    await makeProject(project, { dependencies, files }, tarball);
    for (const name of ['worker', 'worker-early']) await buildWorker(project, name);
    expect(await run(project, [nodeIn(project), 'workerd.mjs'])).toContain('answers');
  });

  it.skipIf(!chromium)(inBrowser("in Vitest 5's browser mode, with MSW 3"), async () => {
    const project = join(folder, 'page');
    const dependencies = {
      [NODE]: '^24',
      vitest: '^5',
      '@vitest/browser-playwright': '^5',
      playwright: '^1.65.0',
      msw: '^3',
      graphql: '^17',
    };
    await makeProject(project, { dependencies, files: { '.': at('page') } }, tarball);
    await mkdir(join(project, 'public'));
    await copyFile(
      join(project, 'node_modules/msw/lib/mockServiceWorker.js'),
      join(project, 'public/mockServiceWorker.js'),
    );
    await run(project, [nodeIn(project), 'node_modules/vitest/vitest.mjs', 'run'], { CHROMIUM: chromium });
  });

  it('on Jest 30 with MSW 3: in Node, in jest-fixed-jsdom, and what plain jsdom says', async () => {
    const project = join(folder, 'jest');
    const dependencies = {
      [NODE]: '^24',
      jest: '^30',
      '@jest/globals': '^30',
      'jest-environment-jsdom': '^30',
      'jest-fixed-jsdom': '^0.0.11',
      msw: '^3',
      graphql: '^17',
    };
    await makeProject(project, { dependencies, files: { '.': at('jest') } }, tarball);
    await writeFile(join(project, 'jest.config.js'), 'export default { transform: {} };');
    const jest = [nodeIn(project), '--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '--runInBand'];
    await run(project, [...jest, 'emulator.test.js']);
    await run(project, [...jest, 'emulator.test.js', '--env', 'jest-fixed-jsdom']);
    await run(project, [...jest, 'jsdom.test.js', '--env', 'jsdom']);
  });

  it('in stories of Storybook 10, with Vitest 5 and MSW 3', async () => {
    const project = join(folder, 'stories');
    const dependencies = {
      [NODE]: '^24',
      '@storybook/react': '^10',
      storybook: '^10',
      react: '^19',
      'react-dom': '^19',
      jsdom: '^26.1.0',
      vitest: '^5',
      msw: '^3',
      graphql: '^17',
    };
    const files = Object.fromEntries(
      ['src', 'test', 'vitest.config.js'].map((path) => [path, example(`stories/${path}`)]),
    );
    await makeProject(project, { dependencies, files }, tarball);
    await run(project, [nodeIn(project), 'node_modules/vitest/vitest.mjs', 'run']);
  });
});
