import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EmulatorServer, startServer } from '../../src/node/index.ts';
import { findChromium, inBrowser, launchChromium } from '../support/browser.ts';

const pathTo = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** `npm test` builds before it tests; one who tests this room alone need not. */
const buildOnce = async (): Promise<void> => {
  if (!existsSync(pathTo('dist/playground/playground.js'))) {
    await build({ configFile: pathTo('playground/vite.config.ts') });
  }
};

/** The signUp of the GraphQL guide, in its own words. */
const readSignUp = async (): Promise<string> => {
  const { scenarios } = JSON.parse(await readFile(pathTo('test/conformance/recordings/00-guide.json'), 'utf8'));
  return scenarios[0].steps[0].request.json.query;
};

const QUERY = '.graphiql-query-editor .CodeMirror';
const HEADERS = '.graphiql-editor-tool .graphiql-editor:not(.hidden) .CodeMirror';
const ANSWER = '.result-window .CodeMirror';

/** The whole text of an editor; the page holds only the lines that are in view. */
const textOf = (page: Page, editor: string): Promise<string> =>
  page.locator(editor).evaluate((element) => Reflect.get(element, 'CodeMirror').getValue());

const type = async (page: Page, editor: string, text: string): Promise<void> => {
  await page.locator(editor).click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(text);
};

/** Presses run, and waits for the answer. */
const run = async (page: Page): Promise<unknown> => {
  const answered = page.waitForResponse((response) => response.url().endsWith('/graphql'));
  await page.getByRole('button', { name: 'Execute query' }).click();
  const answer = await (await answered).json();
  await page.waitForFunction(
    ([editor, text]) => Reflect.get(document.querySelector(editor) ?? {}, 'CodeMirror').getValue() === text,
    [ANSWER, JSON.stringify(answer, null, 2)] as const,
  );
  return JSON.parse(await textOf(page, ANSWER));
};

describe.skipIf(!findChromium())(inBrowser('the playground in Chromium'), () => {
  let server: EmulatorServer;
  let browser: Browser;
  let page: Page;
  const asked: URL[] = [];
  const faults: string[] = [];

  const open = async (): Promise<void> => {
    await page.goto(`${server.url}/playground`);
    await page.locator(QUERY).waitFor();
  };

  beforeAll(async () => {
    await buildOnce();
    server = await startServer({ port: 0, bcryptRounds: 4 });
    browser = await launchChromium();
    page = await browser.newPage();
    page.on('request', (request) => asked.push(new URL(request.url())));
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    await open();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it("holds the emulator's keys in its headers, and the guide's signUp", async () => {
    expect(JSON.parse(await textOf(page, HEADERS))).toEqual({
      'X-Parse-Application-Id': 'APPLICATION_ID',
      'X-Parse-Master-Key': 'MASTER_KEY',
    });
    const today = (await readSignUp()).replace('userFields', 'fields');
    // a name that the users of the demo leave free
    const free = today.replace('"johndoe"', '"janedoe"').replace('john.doe@', 'jane.doe@');
    expect(await textOf(page, QUERY)).toBe(`${free}\n`);
  });

  it("runs the guide's signUp, and shows viewer to one who puts the token into the headers", async () => {
    await type(page, QUERY, await readSignUp());
    const signedUp = await run(page);
    expect(signedUp).toEqual({
      data: {
        signUp: { viewer: { sessionToken: expect.stringMatching(/^r:[0-9a-f]{32}$/), user: expect.anything() } },
      },
    });

    const [sessionToken] = /r:[0-9a-f]{32}/.exec(await textOf(page, ANSWER)) ?? [];
    const headers = { 'X-Parse-Application-Id': 'APPLICATION_ID', 'X-Parse-Session-Token': sessionToken };
    await type(page, HEADERS, JSON.stringify(headers, null, 2));
    await type(page, QUERY, '{ viewer { sessionToken user { username } } }');
    expect(await run(page)).toEqual({ data: { viewer: { sessionToken, user: { username: 'johndoe' } } } });
  });

  it('remembers all of it in its tab, and knows the schema without the master key in its headers', async () => {
    await page.waitForFunction(() => {
      const tabs = Object.entries(localStorage).find(([name]) => name.endsWith(':tabState'))?.[1] ?? '';
      return tabs.includes('Session-Token') && tabs.includes('"{ viewer');
    });
    await open();
    await open(); // once more: what GraphiQL writes while it starts must not undo what it has read
    expect(await page.getByRole('tab').count()).toBe(1);
    expect(await textOf(page, QUERY)).toBe('{ viewer { sessionToken user { username } } }');
    expect(JSON.parse(await textOf(page, HEADERS))).toHaveProperty('X-Parse-Session-Token');
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await page.getByText('Mutation', { exact: true }).waitFor();
  });

  it('puts a session token that an answer holds into the headers by itself, and the first headers back', async () => {
    await page.getByRole('button', { name: 'New tab' }).click();
    const logIn = 'logIn(input: { username: "johndoe", password: "ASuperStrongPassword" })';
    await type(page, QUERY, `mutation { ${logIn} { viewer { sessionToken user { username } } } }`);
    await run(page);
    await page.getByRole('button', { name: 'Act as johndoe' }).click();
    await type(page, QUERY, '{ viewer { user { username } } }');
    expect(await run(page)).toEqual({ data: { viewer: { user: { username: 'johndoe' } } } });
    expect(await textOf(page, HEADERS)).not.toContain('MASTER_KEY');
    await page.getByRole('button', { name: 'Reset the headers' }).click();
    expect(await textOf(page, HEADERS)).toContain('MASTER_KEY');
  });

  it('is usable on a phone: everything is as wide as the screen, and the answer below the query', async () => {
    const phone = await browser.newPage({ viewport: { width: 390, height: 844 } });
    await phone.goto(`${server.url}/playground`);
    await phone.locator(QUERY).waitFor();
    await type(phone, QUERY, '{ health }');
    expect(await run(phone)).toEqual({ data: { health: true } });
    const boxes = await Promise.all([QUERY, HEADERS, ANSWER].map((editor) => phone.locator(editor).boundingBox()));
    for (const box of boxes) {
      expect(box?.x).toBeGreaterThanOrEqual(0);
      expect(box?.width).toBeGreaterThan(200);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
    }
    const tops = boxes.map((box) => box?.y ?? 0);
    expect(tops).toEqual([...tops].sort((a, b) => a - b));
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await phone.close();
  });

  it('asked nobody but the emulator, and nothing went wrong', () => {
    expect(asked.map(({ pathname }) => pathname)).toContain('/playground/playground.js');
    expect(new Set(asked.map(({ origin }) => origin))).toEqual(new Set([server.url]));
    expect(faults).toEqual([]);
  });
});
