import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, onTestFinished } from 'vitest';
import { launchChromium } from '../support/browser.ts';
import { bundlePage, servePage } from './site.ts';

/** What the emulator in a page answers. */
export type PageAnswer = {
  readonly data?: { readonly signUp?: { readonly viewer: { readonly sessionToken: string } } | null } | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: number } }[];
};

type PageWindow = { send(query: string, sessionToken?: string): Promise<PageAnswer> };

/** Signs a user up. */
export const SIGN_UP = (username: string): string =>
  `mutation { signUp(input: { fields: { username: "${username}", password: "x" } }) { viewer { sessionToken } } }`;

/** Resolves once a page answers for itself. */
export const isReady = (page: Page | Frame): Promise<unknown> => page.waitForFunction(() => document.title === 'ready');

/** Asks the emulator in a page; without a token, by the session that the page keeps. */
export const send = (page: Page | Frame, query: string, sessionToken = ''): Promise<PageAnswer> =>
  page.evaluate(([text, token]) => (window as never as PageWindow).send(text as string, token), [query, sessionToken]);

/** A site, by the script of its page and the host that it is at. */
export type KeptSite = { readonly script: URL; readonly host: string };

const USUAL: KeptSite = { script: new URL('reload-page.ts', import.meta.url), host: '127.0.0.1' };

/** The site of a demo that keeps its users in the browser, for the tests of one `describe`: each has a visitor of its own. */
export const useKeptSite = ({ script, host }: KeptSite = USUAL): { url(): string; open(): Promise<Page> } => {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof servePage>>;
  let visitor: BrowserContext;

  beforeAll(async () => {
    const served = await servePage(await bundlePage(script));
    site = { ...served, url: served.url.replace('127.0.0.1', host) };
    browser = await launchChromium(`--host-resolver-rules=MAP ${host} 127.0.0.1`);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    site?.server.close();
  });

  beforeEach(async () => {
    visitor = await browser.newContext();
    onTestFinished(() => visitor.close());
  });

  return {
    url: () => site.url,
    open: async () => {
      const page = await visitor.newPage();
      await page.goto(site.url);
      await isReady(page);
      return page;
    },
  };
};
