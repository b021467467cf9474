import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { rolldown } from 'rolldown';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Consumer, installPackage } from '../support/consumer.ts';

/** What a page, a worker, Deno and Bun have as Node does, beside the language: web standards, and nothing else. */
const WEB_NAMES =
  'AbortController AbortSignal Blob File FormData Headers Request Response URL URLSearchParams TextDecoder TextEncoder ' +
  'Uint8Array atob btoa clearTimeout console crypto queueMicrotask setTimeout structuredClone';

const createPage = (): object =>
  createContext(Object.fromEntries(WEB_NAMES.split(' ').map((name) => [name, Reflect.get(globalThis, name)])));

/** The names that a built module exports, in order. */
const exportsOf = (text = ''): string[] => {
  const [, list = ''] = /export \{([^}]*)\}/.exec(text) ?? [];
  return list
    .split(',')
    .map((one) => one.trim().replace(/^.* as /s, ''))
    .sort();
};

const bundleForBrowser = async (entry: string) => {
  const bundle = await rolldown({
    input: fileURLToPath(new URL(`../../dist/${entry}`, import.meta.url)),
    platform: 'browser',
    logLevel: 'silent',
  });
  const { output } = await bundle.generate({ format: 'iife', name: 'library', codeSplitting: false });
  return output[0];
};

/** A conversation as a page would have it, written down as text since it runs in a world without Node. */
const SIGN_UP = `(async () => {
  const emulator = library.createEmulator({ bcryptRounds: 4 });
  const ask = async (query, headers) => {
    const response = await emulator.fetch(new Request('https://app.example/graphql', {
      method: 'POST',
      headers: { 'X-Parse-Application-Id': 'APPLICATION_ID', 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    }));
    return (await response.json()).data;
  };
  const { signUp } = await ask(
    'mutation { signUp(input: { fields: { username: "ann", password: "secret" } }) { viewer { sessionToken } } }',
  );
  return ask('{ viewer { user { username } } }', { 'X-Parse-Session-Token': signUp.viewer.sessionToken });
})()`;

describe('the core in a browser', () => {
  let page: Awaited<ReturnType<typeof bundleForBrowser>>;

  beforeAll(async () => {
    page = await bundleForBrowser('index.js');
  });

  it('needs no module of Node', () => {
    expect(page.imports).toEqual([]);
  });

  it('signs a user up where only web standards are', async () => {
    const world = createPage();
    runInContext(page.code, world);
    expect(await runInContext(SIGN_UP, world)).toEqual({ viewer: { user: { username: 'ann' } } });
  });
});

it('the handlers for MSW need no module of Node either', async () => {
  expect((await bundleForBrowser('msw.js')).imports).toEqual([]);
});

it('this would be seen: the server needs some', async () => {
  expect((await bundleForBrowser('node.js')).imports).toContain('node:http');
});

describe('an entry that takes Node, in a page', () => {
  let consumer: Consumer;

  beforeAll(async () => {
    consumer = await installPackage();
  });

  afterAll(() => consumer?.[Symbol.asyncDispose]());

  /** What a page does that Vite has built from an import of the entry. */
  const runBuilt = async (text: string): Promise<void> => {
    const root = await mkdtemp(join(consumer.folder, 'page-'));
    await writeFile(join(root, 'page.js'), text);
    const built = await build({
      root,
      configFile: false,
      logLevel: 'silent',
      build: { write: false, rolldownOptions: { input: join(root, 'page.js'), output: { format: 'iife' } } },
    });
    const chunks = [built].flat().flatMap((one) => ('output' in one ? one.output : []));
    for (const chunk of chunks) if (chunk.type === 'chunk') runInContext(chunk.code, createPage());
  };

  it.each([
    ['node', 'startServer', 'Import createEmulator from "parse-users-emulator"'],
    ['vitest', 'test', 'createHandlers of "parse-users-emulator/msw"'],
    ['vite', 'parseUsersEmulator', 'vite.config.ts'],
    ['playwright', 'test', 'connect, of "parse-users-emulator/client"'],
  ])('%s throws one message, which says what to take instead', async (entry, name, message) => {
    const text = `import { ${name} } from 'parse-users-emulator/${entry}'; console.log(${name});`;
    await expect(runBuilt(text)).rejects.toThrow(`Failed to load parse-users-emulator/${entry} in a browser: `);
    await expect(runBuilt(text)).rejects.toThrow(message);
  });

  it('has every export of the real one, so that the build goes through', async () => {
    for (const entry of ['cloud', 'node', 'vite']) {
      const [stub, real] = await Promise.all(
        [`${entry}.browser.js`, `${entry}.js`].map((file) => readFile(join(consumer.installed, 'dist', file), 'utf8')),
      );
      expect(exportsOf(stub)).toEqual(exportsOf(real));
    }
  });

  it('this would be seen: the client is for pages', async () => {
    const text = "import { connect } from 'parse-users-emulator/client'; connect('http://localhost');";
    await expect(runBuilt(text)).resolves.toBeUndefined();
  });
});
