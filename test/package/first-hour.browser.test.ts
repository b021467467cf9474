import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { codegen } from '@graphql-codegen/core';
import * as operations from '@graphql-codegen/typescript-operations';
import { buildSchema, parse, printSchema } from 'graphql';
import { createServer } from 'vite';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { readSnippets } from '../project/snippets.ts';
import { findChromium, inBrowser, launchChromium } from '../support/browser.ts';
import { pack } from '../support/consumer.ts';
import { freshEnvironment, runToTheEnd } from '../support/workspace.ts';

const README = new URL('../../README.md', import.meta.url);

/** A block of the README, by something that stands in it. */
const blockWith = (text: string): string => {
  const block = readSnippets('README.md').find((snippet) => snippet.text.includes(text));
  if (!block) throw new Error(`Failed to find ${text} in a block of the README`);
  return block.text;
};

let folder: string;
let tarball: string;

/** Runs a command as the README prints it, in the folder of the newcomer. */
const follow = async (command: string): Promise<string> => {
  expect(await readFile(README, 'utf8')).toContain(command);
  const own = command
    .replace(/^npm i (-D )?parse-users-emulator$/, `npm i $1${tarball}`)
    .replace(/^npm i /, 'npm i --prefer-offline --no-audit --no-fund ');
  return runToTheEnd('bash', ['-ec', own], { cwd: folder, env: freshEnvironment({ CI: 'true', NO_COLOR: '1' }) });
};

beforeAll(async () => {
  const around = await mkdtemp(join(tmpdir(), 'first-hour-'));
  folder = join(around, 'project');
  await mkdir(folder);
  tarball = await pack(around);
});

afterAll(() => folder && rm(join(folder, '..'), { recursive: true, force: true }));

// Each step stands on those before it, as in the README. A busy machine takes minutes to install what is asked for.
describe('the first hour, in an empty folder', { timeout: 600_000 }, () => {
  it('installs', async () => {
    const [install = '', start] = blockWith('npm i -D parse-users-emulator').trim().split('\n');
    expect(start).toBe('npx parse-users-emulator --seed demo');
    await follow(install);
  });

  it('starts with the demo, whose log-ins it shows, and signs a user up', async () => {
    const child = spawn('npx', ['parse-users-emulator', '--seed', 'demo', '--port', '0'], {
      cwd: folder,
      env: freshEnvironment({ NO_COLOR: '1' }),
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void (child.pid && process.kill(-child.pid)));
    let printed = '';
    for await (const part of child.stdout) {
      printed += part;
      if (printed.includes('Try it')) break;
    }
    expect(printed).toMatch(/admin +admin-demo-password/);
    const [url = ''] = /http:\/\/\S+(?=\/graphql)/.exec(printed) ?? [];
    const signUp = blockWith('signUp(input').replaceAll('http://localhost:1337', url);
    const answer = await runToTheEnd('bash', ['-ec', signUp], { cwd: folder });
    expect(JSON.parse(answer)).toMatchObject({ data: { signUp: { viewer: { sessionToken: expect.any(String) } } } });
    expect(await readFile(join(folder, 'users.json'), 'utf8')).toContain('"username": "johndoe"');
  });

  it('tests with Vitest and MSW: an admin list, a new password by mail', async () => {
    await follow('npm i -D vitest msw');
    await writeFile(join(folder, 'users.test.ts'), blockWith('createTest('));
    expect(await follow('npx vitest run')).toMatch(/Tests +2 passed/);
  });

  it('gives code generators a schema', async () => {
    await follow('npx parse-users-emulator schema --seed demo > schema.graphql');
    const schema = buildSchema(await readFile(join(folder, 'schema.graphql'), 'utf8'));
    const document = parse('query Todos { todos { edges { node { title owner { displayName } } } } }');
    const types = await codegen({
      schema: parse(printSchema(schema)),
      documents: [{ document }],
      config: {},
      filename: 'types.ts',
      plugins: [{ operations: {} }],
      pluginMap: { operations },
    });
    expect(types).toMatch(/TodosQuery = .*title.*displayName/s);
  });

  it.skipIf(!findChromium())(inBrowser('shows a demo in the browser alone, whose users survive a reload'), async () => {
    await follow('npx msw init public');
    await writeFile(
      join(folder, 'index.html'),
      '<!doctype html><title>…</title><script type="module" src="/main.ts"></script>',
    );
    const show = `
      const ask = async (query: string) => (await fetch('/graphql', {
        method: 'POST',
        headers: { 'X-Parse-Application-Id': 'APPLICATION_ID', 'X-Parse-Master-Key': 'MASTER_KEY', 'Content-Type': 'application/json' },
        body: JSON.stringify({ query }),
      })).json();
      await ask('mutation { signUp(input: { fields: { username: "jane", password: "x" } }) { clientMutationId } }');
      document.title = String((await ask('{ users { count } }')).data.users.count);
    `;
    await writeFile(join(folder, 'main.ts'), `${blockWith('setupWorker')}\n${show}`);
    const site = await createServer({ root: folder, configFile: false, logLevel: 'silent', server: { port: 0 } });
    onTestFinished(() => site.close());
    await site.listen();
    const browser = await launchChromium();
    onTestFinished(() => browser.close());
    const page = await browser.newPage();
    await page.goto(site.resolvedUrls?.local[0] ?? '');
    await page.waitForFunction(() => document.title === '8'); // those of the demo, and jane
    await page.reload();
    await page.waitForFunction(() => document.title === '8'); // jane is there already, and so are they
    expect(await page.title()).toBe('8');
  });
});
