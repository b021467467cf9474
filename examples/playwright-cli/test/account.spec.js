import { expect } from 'parse-users-emulator/playwright';
import { test } from './fixtures.js';

const fillIn = async (page, { name, mail = '', password }, button) => {
  await page.goto('/');
  await page.getByPlaceholder('Name').fill(name);
  await page.getByPlaceholder('Mail').fill(mail);
  await page.getByPlaceholder('Password').fill(password);
  await page.getByRole('button', { name: button }).click();
};

const JOHN = { name: 'johndoe', password: 'ASuperStrongPassword' };

test('logs in, and is still logged in after a reload', async ({ page }) => {
  await fillIn(page, JOHN, 'Log in');
  await expect(page.getByRole('heading')).toHaveText('Welcome, johndoe');
  await page.reload();
  await expect(page.getByRole('heading')).toHaveText('Welcome, johndoe');
});

test('tells of a wrong password', async ({ page }) => {
  await fillIn(page, { ...JOHN, password: 'wrong' }, 'Log in');
  await expect(page.getByRole('alert')).toHaveText('Invalid username/password.');
});

for (const round of ['one', 'another']) {
  test(`the same name is free in ${round} test`, async ({ page, inbox }) => {
    await fillIn(page, { name: 'ann', mail: 'ann@example.com', password: 'secret' }, 'Sign up');
    await expect(page.getByRole('heading')).toHaveText('Welcome, ann (please confirm your address)');
    const { link } = await inbox.waitFor({ to: 'ann@example.com', kind: 'verifyEmail' });
    await page.goto(link);
    await page.goto('/');
    await expect(page.getByRole('heading')).toHaveText('Welcome, ann');
  });
}

test('says that the server is out of order', async ({ page, faults }) => {
  await faults.add({ operation: 'logIn', status: 503, times: 1 });
  await fillIn(page, JOHN, 'Log in');
  await expect(page.getByRole('alert')).toHaveText('We are out of order, please try again.');
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page.getByRole('heading')).toHaveText('Welcome, johndoe');
});

test.describe('a user who is logged in', () => {
  test.use({ user: 'johndoe' });

  test('is welcome', async ({ page }) => {
    await page.goto('/');
    await expect(page.getByRole('heading')).toHaveText('Welcome, johndoe');
  });

  test('has to log in again after a year', async ({ page, clock }) => {
    await page.goto('/');
    await expect(page.getByRole('heading')).toHaveText('Welcome, johndoe');
    await clock.advance({ days: 366 });
    await page.reload();
    await expect(page.getByRole('alert')).toHaveText('Session token is expired.');
    await expect(page.getByPlaceholder('Name')).toBeVisible();
  });
});

test('two users at once, each in a window of their own', async ({ page, emulator, asUser }) => {
  await emulator.users.create({ username: 'ann' });
  const hers = await asUser('ann');
  await hers.goto('/');
  await expect(hers.getByRole('heading')).toHaveText('Welcome, ann (please confirm your address)');
  await page.goto('/');
  await expect(page.getByPlaceholder('Name')).toBeVisible();
});
