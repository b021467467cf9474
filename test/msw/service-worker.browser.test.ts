import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Emulator } from '../../src/index.ts';
import { findChromium, inBrowser, launchChromium } from '../support/browser.ts';
import { bundlePage, servePage } from './site.ts';

/** What the page has put into its window. */
type Exposed = {
  readonly emulator: Emulator;
  readonly worker: { resetHandlers(): void };
  send(query: string): Promise<{ readonly status: number; readonly body: unknown }>;
};

describe.skipIf(!findChromium())(inBrowser('a page whose service worker is its only server'), () => {
  let browser: Browser;
  let page: Page;
  let site: Awaited<ReturnType<typeof servePage>>;

  beforeAll(async () => {
    site = await servePage(await bundlePage(new URL('page.ts', import.meta.url)));
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

  it('goes back to its seed with worker.resetHandlers(), at once', async () => {
    const answers = await page.evaluate(async () => {
      const { worker, emulator, send } = window as never as Exposed;
      await emulator.seed({ _User: [{ username: 'seeded', password: 'secret' }] });
      await emulator.users.create({ username: 'ann' });
      worker.resetHandlers();
      const names = emulator.snapshot()['_User']?.map(({ username }) => username);
      return [names, await send('{ health }')];
    });
    expect(answers).toEqual([expect.not.arrayContaining(['ann']), { status: 200, body: { data: { health: true } } }]);
  });

  it('misbehaves as a network does', async () => {
    const outcomes = await page.evaluate(async () => {
      const { emulator, send } = window as never as Exposed;
      const outcome = () =>
        send('{ health }').then(
          ({ status }) => status,
          (error: Error) => error.name,
        );
      emulator.faults.add([{ network: true, times: 1 }]);
      const network = await outcome();
      emulator.faults.add({ cut: true, times: 1 });
      const cut = await outcome();
      emulator.faults.add({ status: 429, latency: 5, times: 1 });
      return [network, cut, await outcome(), await outcome()];
    });
    expect(outcomes).toEqual(['TypeError', expect.stringMatching(/Error$/), 429, 200]);
  });

  it('asks no server for any of it', () => {
    expect(site.asked.filter((path) => path.startsWith('/graphql'))).toEqual([]);
  });
});
