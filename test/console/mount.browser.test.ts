import { readdir, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundlePage } from '../msw/site.ts';
import { findChromium, inBrowser, launchChromium } from '../support/browser.ts';
import { buildConsole } from './console-page.ts';

const DIST = new URL('../../dist/console/', import.meta.url);
const WORKER = fileURLToPath(import.meta.resolve('msw/mockServiceWorker.js'));

const PAGE = `<!doctype html><html lang="en"><title>loading</title><body><script type="module" src="/page.js"></script>
<script type="module">import { mountConsole } from '/console/mount.js'; window.mountConsole = mountConsole;</script></body></html>`;

/** Serves the demo: its page, its script, the files of the console and MSW's worker, and nothing that knows of Parse. */
const serveDemo = async (asked: string[]): Promise<{ readonly server: Server; readonly url: string }> => {
  const script = await bundlePage(new URL('./mount-page.ts', import.meta.url));
  const files = new Map<string, string>([
    ['/', PAGE],
    ['/page.js', script],
    ['/mockServiceWorker.js', await readFile(WORKER, 'utf8')],
  ]);
  for (const name of await readdir(DIST)) files.set(`/console/${name}`, await readFile(new URL(name, DIST), 'utf8'));
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const body = files.get(path);
    const type = path === '/' ? 'text/html' : 'text/javascript';
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': type }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
};

describe.skipIf(!findChromium())(inBrowser('the console in a page with MSW alone'), () => {
  const asked: string[] = [];
  let demo: Awaited<ReturnType<typeof serveDemo>>;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    await buildConsole();
    demo = await serveDemo(asked);
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(demo.url);
    await page.waitForFunction(() => document.title === 'ready' && Reflect.has(window, 'mountConsole'));
    await page.evaluate(() => {
      const logIns: unknown[] = [];
      const onLogIn = (session: unknown): void => void logIns.push(session);
      const [mountConsole, emulator] = [Reflect.get(window, 'mountConsole'), Reflect.get(window, 'emulator')];
      Object.assign(window, { logIns, mounted: mountConsole(emulator, { onLogIn }) });
    });
  });
  afterAll(async () => {
    await browser?.close();
    demo?.server.close();
  });

  const send = (query: string): Promise<unknown> => page.evaluate((text) => Reflect.get(window, 'send')(text), query);
  const goTo = (name: string): Promise<void> =>
    page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name }).click();

  it('is loaded when it is opened, and not before', async () => {
    expect(asked.filter((path) => path.startsWith('/console/part-drawer'))).toEqual([]);
    await page.getByRole('button', { name: 'Open the console of the emulator' }).click();
    await page.getByRole('row', { name: /ann@example\.com/ }).waitFor();
    expect(asked.filter((path) => path.startsWith('/console/part-drawer'))).toHaveLength(1);
  });

  it('keeps its own look in the page of an application', async () => {
    const add = page.getByRole('button', { name: 'Add', exact: true });
    const style = await add.evaluate((element) => {
      const { textTransform, backgroundColor } = getComputedStyle(element);
      return { textTransform, backgroundColor };
    });
    expect(style).toEqual({ textTransform: 'none', backgroundColor: 'rgb(11, 110, 98)' });
  });

  it('shows who signs up in the application, their mail and their requests', async () => {
    await send(
      'mutation { signUp(input:{fields:{username:"bob",password:"secret",email:"bob@example.com"}}){viewer{sessionToken}} }',
    );
    await page.getByRole('row', { name: /bob@example\.com/ }).waitFor();
    await goTo('Inbox');
    await page.getByRole('button', { name: /bob@example\.com/ }).click();
    await page.getByRole('button', { name: 'Verify the address' }).click();
    await page
      .getByRole('dialog')
      .getByText(/verified/i)
      .waitFor();
    expect(await page.evaluate(() => Reflect.get(window, 'emulator').users.find('bob'))).toMatchObject({
      emailVerified: true,
    });
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
    await goTo('Requests');
    await page.getByRole('row', { name: /signUp/ }).waitFor();
  });

  it('logs the application in as somebody', async () => {
    await goTo('Users');
    await page.getByRole('row', { name: /ann@example\.com/ }).click();
    await page.getByRole('button', { name: 'Log in as' }).click();
    await page.getByRole('button', { name: 'Log this page in' }).click();
    await page.getByText('This page is logged in as ann.').waitFor();
    expect(await page.evaluate(() => Reflect.get(window, 'logIns'))).toEqual([
      { username: 'ann', sessionToken: expect.stringMatching(/^r:[0-9a-f]{32}$/) },
    ]);
    await page.keyboard.press('Escape');
  });

  it('closes and opens where it was, and goes without a trace', async () => {
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Close the console' }).click();
    const button = page.getByRole('button', { name: 'Open the console of the emulator' });
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
    await button.click();
    await page.getByRole('heading', { name: 'ann' }).waitFor();
    await page.evaluate(() => Reflect.get(window, 'mounted').unmount());
    expect(await page.locator('.pue').count()).toBe(0);
  });
});
