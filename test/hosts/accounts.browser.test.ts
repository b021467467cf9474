import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EmulatorOptions, OutboxMail } from '../../src/index.ts';
import { type EmulatorServer, startServer } from '../../src/node/index.ts';
import { findChromium, inBrowser, launchChromium } from '../support/browser.ts';

type Viewer = { readonly sessionToken: string; readonly user: { readonly emailVerified: boolean } };
type Data = { readonly [field: string]: { readonly viewer: Viewer } & Viewer };
type Answer = { readonly status: number; readonly body: { readonly data: Data } };

describe.skipIf(!findChromium())(inBrowser('a person with a browser and a mailbox'), () => {
  let server: EmulatorServer;
  let browser: Browser;
  /** Where the application runs. */
  let app: Page;
  /** Where links are followed to. */
  let page: Page;

  const start = async (options: EmulatorOptions): Promise<void> => {
    await server?.close();
    server = await startServer({ port: 0, bcryptRounds: 4, ...options });
    await app.goto(`${server.url}/parse/health`);
  };

  beforeAll(async () => {
    browser = await launchChromium();
    [app, page] = await Promise.all([browser.newPage(), browser.newPage()]);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  /** Asks GraphQL from within the application. */
  const ask = (query: string, sessionToken?: string): Promise<Answer> =>
    app.evaluate(
      async ([text, token]) => {
        const headers = { 'X-Parse-Application-Id': 'APPLICATION_ID', 'Content-Type': 'application/json' };
        const response = await fetch('/graphql', {
          method: 'POST',
          headers: token ? { ...headers, 'X-Parse-Session-Token': token } : headers,
          body: JSON.stringify({ query: text }),
        });
        return { status: response.status, body: await response.json() };
      },
      [query, sessionToken] as const,
    );

  const signUp = async (username: string): Promise<string | undefined> => {
    const fields = `{ username: "${username}", password: "old secret", email: "${username}@example.com" }`;
    const { body } = await ask(`mutation { signUp(input: { fields: ${fields} }) { viewer { sessionToken } } }`);
    return body.data['signUp']?.viewer.sessionToken;
  };

  const logIn = async (username: string, password: string): Promise<string | undefined> => {
    const input = `{ username: "${username}", password: "${password}" }`;
    const { body } = await ask(`mutation { logIn(input: ${input}) { viewer { sessionToken } } }`);
    return body.data['logIn']?.viewer.sessionToken;
  };

  const isVerified = async (sessionToken: string | undefined): Promise<boolean | undefined> => {
    const { body } = await ask('{ viewer { user { emailVerified } } }', sessionToken);
    return body.data['viewer']?.user.emailVerified;
  };

  const newestMail = async (): Promise<OutboxMail> => {
    const mails: OutboxMail[] = await app.evaluate(async () => (await fetch('/emulator/outbox')).json());
    const newest = mails.at(-1);
    if (!newest) throw new Error('The outbox is empty');
    return newest;
  };

  const typePassword = async (password: string): Promise<void> => {
    await page.getByLabel('New password').fill(password);
    await page.getByRole('button').click();
  };

  it('verifies the address by a link, and chooses a new password by another', async () => {
    await start({ verifyUserEmails: true, appName: 'The <b>best</b> app' });
    const sessionToken = await signUp('jane');
    expect(await isVerified(sessionToken)).toBe(false);

    const verification = await newestMail();
    expect(verification).toMatchObject({ kind: 'verifyEmail', to: 'jane@example.com' });
    await page.goto(verification.link);
    expect(await page.innerText('h1')).toBe('Your address is verified');
    expect(await page.getByText('The <b>best</b> app').count()).toBe(1);
    expect(await isVerified(sessionToken)).toBe(true);

    await ask('mutation { resetPassword(input: { email: "jane@example.com" }) { ok } }');
    const reset = await newestMail();
    expect(reset).toMatchObject({ kind: 'resetPassword', to: 'jane@example.com' });
    await page.goto(reset.link);
    await typePassword('new secret');
    expect(await page.innerText('h1')).toBe('Your password was changed');

    expect(await logIn('jane', 'old secret')).toBeUndefined();
    expect(await logIn('jane', 'new secret')).toMatch(/^r:[0-9a-f]{32}$/);
    expect(await ask('{ viewer { sessionToken } }', sessionToken)).toEqual({
      status: 400,
      body: { code: 209, error: 'Invalid session token' },
    });
    await page.goto(reset.link);
    expect(await page.innerText('h1')).toBe('This link is not valid');
  });

  it('asks for another link by the form of the page', async () => {
    await start({ verifyUserEmails: true });
    await signUp('joe');
    const { link } = await newestMail();
    await page.goto(`${link}x`);
    await page.getByLabel('Username').fill('joe');
    await page.getByRole('button').click();
    expect(await page.innerText('h1')).toBe('A new link is on its way');
    await page.goto((await newestMail()).link);
    expect(await page.innerText('h1')).toBe('Your address is verified');
  });

  it('reads why a password was not taken, and tries again', async () => {
    await start({ passwordPolicy: { validatorPattern: '^.{8,}$', validationError: '<i>Eight</i> letters, please.' } });
    await signUp('jane');
    await ask('mutation { resetPassword(input: { email: "jane@example.com" }) { ok } }');
    await page.goto((await newestMail()).link);
    await typePassword('short');
    expect(await page.getByRole('alert').innerText()).toBe('<i>Eight</i> letters, please.');
    await typePassword('long enough');
    expect(await page.innerText('h1')).toBe('Your password was changed');
    expect(await logIn('jane', 'long enough')).toBeDefined();
  });
});
