import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, inBrowser, launchChromium } from '../hosts/browser.ts';

const WORKER = fileURLToPath(import.meta.resolve('msw/mockServiceWorker.js'));

const bundlePage = async (): Promise<string> => {
  const build = await rolldown({ input: fileURLToPath(new URL('page.ts', import.meta.url)), platform: 'browser' });
  const { output } = await build.generate({ format: 'esm' });
  return output[0].code;
};

/** Serves the page, its script and MSW's worker, and nothing that knows of Parse. */
const servePage = async (script: string): Promise<{ server: Server; url: string; asked: string[] }> => {
  const worker = await readFile(WORKER, 'utf8');
  const asked: string[] = [];
  const files: { [path: string]: [string, string] } = {
    '/': ['text/html', '<!doctype html><title>loading</title><script type="module" src="/page.js"></script>'],
    '/page.js': ['text/javascript', script],
    '/mockServiceWorker.js': ['text/javascript', worker],
  };
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const [type, body] = files[request.url ?? ''] ?? ['text/plain', ''];
    response.writeHead(body === '' ? 404 : 200, { 'content-type': type }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
};

describe.skipIf(!findChromium())(inBrowser('a page whose service worker is its only server'), () => {
  let browser: Browser;
  let page: Page;
  let site: Awaited<ReturnType<typeof servePage>>;

  beforeAll(async () => {
    site = await servePage(await bundlePage());
    browser = await launchChromium();
    page = await browser.newPage();
    await page.goto(site.url);
    await page.waitForFunction(() => document.title === 'ready');
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    site?.server.close();
  });

  const send = (
    query: string,
    sessionToken?: string,
  ): Promise<{ status: number; body: { data: never; errors: never } }> =>
    page.evaluate(
      ([text, token]) =>
        (window as never as { send(query?: string, token?: string): Promise<never> }).send(text, token),
      [query, sessionToken],
    );

  it('signs up, logs in, asks who it is and logs out', async () => {
    const signUp = await send(
      'mutation { signUp(input: { fields: { username: "johndoe", password: "ASuperStrongPassword" } }) { viewer { sessionToken user { username } } } }',
    );
    expect(signUp.body).toEqual({
      data: {
        signUp: { viewer: { sessionToken: expect.stringMatching(/^r:[0-9a-f]{32}$/), user: { username: 'johndoe' } } },
      },
    });
    const logIn = await send(
      'mutation { logIn(input: { username: "johndoe", password: "ASuperStrongPassword" }) { viewer { sessionToken } } }',
    );
    const { sessionToken } = (logIn.body.data as { logIn: { viewer: { sessionToken: string } } }).logIn.viewer;
    expect((await send('{ viewer { user { username } } }', sessionToken)).body).toEqual({
      data: { viewer: { user: { username: 'johndoe' } } },
    });
    expect((await send('mutation { logOut(input: {}) { ok } }', sessionToken)).body).toEqual({
      data: { logOut: { ok: true } },
    });
    expect(await send('{ viewer { user { username } } }', sessionToken)).toEqual({
      status: 400,
      body: { code: 209, error: 'Invalid session token' },
    });
  });

  it('asks no server for any of it', () => {
    expect(site.asked.filter((path) => path.startsWith('/graphql'))).toEqual([]);
  });
});
