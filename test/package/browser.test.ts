import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { rolldown } from 'rolldown';
import { beforeAll, describe, expect, it } from 'vitest';

/** What a page, a worker, Deno and Bun have as Node does, beside the language: web standards, and nothing else. */
const WEB_NAMES =
  'AbortController AbortSignal Blob File FormData Headers Request Response URL URLSearchParams TextDecoder TextEncoder ' +
  'Uint8Array atob btoa clearTimeout console crypto queueMicrotask setTimeout structuredClone';

const createPage = (): object =>
  createContext(Object.fromEntries(WEB_NAMES.split(' ').map((name) => [name, Reflect.get(globalThis, name)])));

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
