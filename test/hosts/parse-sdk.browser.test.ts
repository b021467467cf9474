import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../../src/node/index.ts';
import { findChromium, inBrowser, launchChromium } from '../support/browser.ts';
import { SDK_EXAMPLES } from './sdk-examples.ts';
import { commandLine, type SdkHost } from './sdk-hosts.ts';

const fileOf = (url: string | URL): Promise<string> => readFile(fileURLToPath(url), 'utf8');

const bundlePage = async (): Promise<string> => {
  const build = await rolldown({
    input: fileURLToPath(new URL('sdk-page.ts', import.meta.url)),
    platform: 'browser',
    resolve: { alias: { vitest: fileURLToPath(new URL('../support/page-expect.ts', import.meta.url)) } },
  });
  const { output } = await build.generate({ format: 'esm', codeSplitting: false });
  return output[0].code;
};

const PAGE = `<!doctype html><title>loading</title>
<script src="/parse.min.js"></script><script type="module" src="/page.js"></script>`;

/** Serves the page, the SDK as its package has it, and MSW's worker. */
const servePage = async (): Promise<{ server: Server; url: string; asked: string[] }> => {
  const files: { [path: string]: readonly [type: string, body: string] } = {
    '/': ['text/html', PAGE],
    '/page.js': ['text/javascript', await bundlePage()],
    '/parse.min.js': ['text/javascript', await fileOf(new URL('dist/parse.min.js', import.meta.resolve('parse')))],
    '/mockServiceWorker.js': ['text/javascript', await fileOf(import.meta.resolve('msw/mockServiceWorker.js'))],
  };
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const [type, body] = files[request.url ?? ''] ?? ['text/plain', undefined];
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': type }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
};

describe.skipIf(!findChromium())(inBrowser('the Parse JavaScript SDK in Chromium'), () => {
  let site: Awaited<ReturnType<typeof servePage>>;
  let browser: Browser;

  beforeAll(async () => {
    site = await servePage();
    browser = await launchChromium();
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    site?.server.close();
  });

  const open = async (host?: SdkHost): Promise<Page> => {
    const page = await (await browser.newContext()).newPage();
    if (host) {
      await page.exposeFunction('outbox', host.outbox);
      await page.exposeFunction('reset', host.reset);
      await page.addInitScript((serverURL) => {
        const { outbox, reset } = window as never as { outbox: never; reset: never };
        Object.assign(window, { server: { serverURL, outbox, reset } });
      }, host.serverURL);
    }
    await page.goto(site.url);
    await page.waitForFunction(() => document.title === 'ready');
    return page;
  };

  const run = (page: Page, part: string, title: string): Promise<void> =>
    page.evaluate(
      ([part, title]) => (window as never as { runExample(...names: string[]): Promise<void> }).runExample(part, title),
      [part, title] as const,
    );

  describe('against the command line', () => {
    let host: SdkHost;
    let page: Page;

    beforeAll(async () => {
      host = await commandLine();
      page = await open(host);
    });

    afterAll(() => host?.close());

    // a command line has no functions
    const { 'Parse.Cloud': _, ...examples } = SDK_EXAMPLES;
    describe.each(Object.entries(examples))('%s', (part, titles) => {
      it.each(Object.keys(titles))('%s', (title) => run(page, part, title));
    });
  });

  it('is logged in at once with the storage state that the emulator gives to Playwright', async () => {
    await using host = await startServer({ port: 0, bcryptRounds: 4 });
    await host.emulator.users.create({ username: 'ann', email: 'ann@example.com' });
    const place = { origin: new URL(site.url).origin, key: 'token' };
    const context = await browser.newContext({ storageState: await host.emulator.storageStateFor('ann', place) });
    const page = await context.newPage();
    // with a server the page starts no worker, which would answer in its place
    await page.addInitScript((serverURL) => Object.assign(window, { server: { serverURL } }), `${host.url}/parse`);
    await page.goto(site.url);
    await page.waitForFunction(() => document.title === 'ready');
    const seen = await page.evaluate(async () => {
      const user = await window.Parse.User.current()?.fetch();
      return [user?.getUsername(), user?.getEmail(), user?.getSessionToken() === localStorage.getItem('token')];
    });
    expect(seen).toEqual(['ann', 'ann@example.com', true]);
    await context.close();
  });

  describe('with MSW and no server', () => {
    let page: Page;

    beforeAll(async () => {
      page = await open();
    });

    describe.each(Object.entries(SDK_EXAMPLES))('%s', (part, titles) => {
      it.each(Object.keys(titles))('%s', (title) => run(page, part, title));
    });

    it('asks no server for any of it', () => {
      expect(new Set(site.asked)).toEqual(
        new Set(['/', '/parse.min.js', '/page.js', '/mockServiceWorker.js', '/favicon.ico']),
      );
    });
  });
});
