import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, inBrowser, launchChromium } from '../hosts/browser.ts';
import { bundlePage, servePage } from './site.ts';

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

  it('asks no server for any of it', () => {
    expect(site.asked.filter((path) => path.startsWith('/graphql'))).toEqual([]);
  });
});
