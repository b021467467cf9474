import { test as base, expect } from '@playwright/test';
import { preview } from 'vite';

const test = base.extend({
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures are wanted
    async ({}, use) => {
      const server = await preview({ root: 'app', preview: { port: 0 }, logLevel: 'silent' });
      await use(`http://localhost:${server.httpServer.address().port}`);
      await server.close();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ site }, use) => use(site),
  status: async ({ page }, use) => {
    await page.goto('/');
    await expect(page.getByRole('status')).toHaveText('Nobody is logged in');
    await use(page.getByRole('status'));
  },
});

const signUp = async (page, username) => {
  await page.getByPlaceholder('Name').fill(username);
  await page.getByPlaceholder('Password', { exact: true }).fill('secret');
  await page.getByRole('button', { name: 'Sign up' }).click();
};

/** The link of the next mail, as the page's console shows it. */
const nextLink = async (page) => {
  const message = await page.waitForEvent('console', (one) => one.text().startsWith('Mail to '));
  return message.text().split('\n')[1].trim();
};

const addFault = (page, fault) => page.evaluate((one) => window.emulator.faults.add(one), fault);

test('a user signs up, and is still there after a reload', async ({ page, status }) => {
  await signUp(page, 'ann');
  await expect(status).toHaveText('Welcome, ann');
  await page.reload();
  await expect(status).toHaveText('Welcome, ann');
});

test('the session ends by the clock of the emulator', async ({ page, status }) => {
  await signUp(page, 'ann');
  await expect(status).toHaveText('Welcome, ann');
  const error = await page.evaluate(async () => {
    window.emulator.clock.advance({ days: 366 });
    const response = await fetch('https://api.example.com/graphql?query={viewer{user{username}}}', {
      headers: {
        'X-Parse-Application-Id': 'APPLICATION_ID',
        'X-Parse-Session-Token': localStorage.getItem('sessionToken'),
      },
    });
    return [response.status, await response.json()];
  });
  expect(error).toEqual([400, { code: 209, error: 'Session token is expired.' }]);
});

const FAULTS = [
  [{ error: { code: 'INTERNAL_SERVER_ERROR', message: 'out of order' } }, 'Error: out of order'],
  [{ status: 429, retryAfter: 5 }, 'Error: Wait for 5 seconds'],
  [{ network: true }, /^TypeError/],
  [{ cut: true }, /^(TypeError|SyntaxError)/],
];

for (const [fault, told] of FAULTS) {
  test(`the page tells of ${Object.keys(fault)[0]}, and goes on`, async ({ page, status }) => {
    await addFault(page, { ...fault, times: 1 });
    await signUp(page, 'ann');
    await expect(status).toHaveText(told);
    await page.getByRole('button', { name: 'Sign up' }).click();
    await expect(status).toHaveText(fault.cut ? /Welcome, ann|Account already exists/ : 'Welcome, ann');
  });
}

test('the link of a mail is in the console, and works in a new tab: a new password', async ({
  page,
  status,
  context,
}) => {
  await page.evaluate(() => window.emulator.users.create({ username: 'ann', email: 'ann@example.com' }));
  const link = nextLink(page);
  await page.getByPlaceholder('Your address').fill('ann@example.com');
  await page.getByRole('button', { name: 'Send me a link' }).click();
  await expect(status).toHaveText('A link was sent');

  const tab = await context.newPage();
  await tab.goto(await link);
  await tab.getByPlaceholder('New password').fill('new');
  await tab.getByRole('button', { name: 'Set it' }).click();
  await expect(tab.getByRole('status')).toHaveText('The password is changed');
  const logIn = (password) =>
    page.evaluate(async (given) => {
      const response = await fetch(`/parse/login?username=ann&password=${given}`, {
        headers: { 'X-Parse-Application-Id': 'APPLICATION_ID' },
      });
      return response.status;
    }, password);
  expect([await logIn('secret'), await logIn('new')]).toEqual([404, 200]);
});

test('the link of a mail is in the console, and works in a new tab: an address', async ({ page, status, context }) => {
  const link = nextLink(page);
  await page.getByPlaceholder('Address', { exact: true }).fill('ann@example.com');
  await signUp(page, 'ann');
  await expect(status).toHaveText('Welcome, ann');

  const tab = await context.newPage();
  await tab.goto(await link);
  await expect(tab.getByRole('status')).toHaveText('The address is verified');
  await page.reload();
  await expect(status).toHaveText('Welcome, ann');
  const users = await page.evaluate(async () => {
    await window.emulator.ready;
    return window.emulator.snapshot()._User.map(({ emailVerified }) => emailVerified);
  });
  expect(users).toEqual([true]);
});
