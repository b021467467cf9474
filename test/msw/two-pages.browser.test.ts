import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { findChromium, inBrowser, launchChromium } from '../support/browser.ts';
import { bundlePage, servePage } from './site.ts';

type Answer = {
  readonly data?: { readonly signUp?: { readonly viewer: { readonly sessionToken: string } } | null } | null;
  readonly errors?: readonly { readonly extensions: { readonly code: number } }[];
};

type PageWindow = { send(query: string, sessionToken?: string): Promise<Answer> };

const SIGN_UP = (username: string): string =>
  `mutation { signUp(input: { fields: { username: "${username}", password: "x" } }) { viewer { sessionToken } } }`;

const ROUNDS = 12;

describe.skipIf(!findChromium())(inBrowser('two pages that keep their users in the same place'), () => {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof servePage>>;
  let visitor: BrowserContext;

  beforeAll(async () => {
    site = await servePage(await bundlePage(new URL('reload-page.ts', import.meta.url)));
    browser = await launchChromium();
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    site?.server.close();
  });

  beforeEach(async () => {
    visitor = await browser.newContext();
    onTestFinished(() => visitor.close());
  });

  const open = async (): Promise<Page> => {
    const page = await visitor.newPage();
    await page.goto(site.url);
    await page.waitForFunction(() => document.title === 'ready');
    return page;
  };

  const twoTabs = async (): Promise<readonly [Page, Page]> => [await open(), await open()];

  /** A page and a frame in it, which run in one process and hear of each other later than they write. */
  const twoFrames = async (): Promise<readonly [Page, Frame]> => {
    const page = await open();
    await page.evaluate((url) => {
      const frame = document.createElement('iframe');
      frame.src = url;
      document.body.append(frame);
    }, site.url);
    await expect.poll(() => page.frames().length).toBe(2);
    const frame = page.frames()[1] as Frame;
    await frame.waitForFunction(() => document.title === 'ready');
    return [page, frame];
  };

  const send = (page: Page | Frame, query: string, sessionToken = ''): Promise<Answer> =>
    page.evaluate(
      ([text, token]) => (window as never as PageWindow).send(text as string, token),
      [query, sessionToken],
    );

  it.each([
    ['tabs', twoTabs],
    ['frames', twoFrames],
  ])('give a name once, and lose nobody whom they acknowledged: %s', { timeout: 120_000 }, async (_, openTwo) => {
    const pages: readonly (Page | Frame)[] = await openTwo();
    const tokens = new Map<string, string>();
    for (let round = 0; round < ROUNDS; round += 1) {
      const asked = pages.flatMap((page, at) => [`both${round}`, `own${round}-${at}`].map((name) => ({ page, name })));
      const answers = await Promise.all(asked.map(({ page, name }) => send(page, SIGN_UP(name))));
      const codes: (number | undefined)[] = [];
      for (const [at, { data, errors }] of answers.entries()) {
        const { name = '' } = asked[at] ?? {};
        if (name.startsWith('both')) codes.push(errors?.[0]?.extensions.code);
        else expect(errors).toBeUndefined();
        const token = data?.signUp?.viewer.sessionToken;
        if (token !== undefined) tokens.set(name, token);
      }
      expect(codes.filter((code) => code === undefined)).toHaveLength(1);
      expect(codes).toContain(202);
    }
    expect(tokens.size).toBe(ROUNDS * 3);

    const again = await open(); // what is stored can be loaded, with everybody in it who was told so, and logged in
    for (const page of [...pages, again]) {
      for (const [username, token] of tokens) {
        const { data } = await send(page, '{ viewer { user { username } } }', token);
        expect(data).toEqual({ viewer: { user: { username } } });
      }
    }
  });
});
