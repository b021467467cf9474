import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, inBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { type OpenConsole, openConsole } from './console-page.ts';

describe.skipIf(!findChromium())(inBrowser('the users in the console'), () => {
  let open: OpenConsole;

  beforeAll(async () => {
    open = await openConsole({
      verifyUserEmails: true,
      accountLockout: { threshold: 3, duration: 5 },
      seed: {
        schemas: [{ className: '_User', fields: { age: { type: 'Number' }, prefs: { type: 'Object' } } }],
        _User: [
          { username: 'ann', password: 'secret', email: 'ann@example.com', age: 20 },
          { username: 'bob', password: 'secret' },
        ],
      },
    });
  });
  afterAll(() => open?.close());

  const find = (username: string) => open.server.emulator.users.find(username);

  it('are what opens first, at the root of the server', async () => {
    const { page } = open;
    await page.getByRole('row', { name: /ann@example\.com/ }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/console');
    await page.getByText('2 users', { exact: true }).waitFor();
  });

  it('appear when somebody signs up elsewhere', async () => {
    await open.server.emulator.users.create({ username: 'carl' });
    await open.page.getByRole('row', { name: /carl/ }).waitFor();
    await open.page.getByText('3 users', { exact: true }).waitFor();
  });

  it('are searched and ordered by the server', async () => {
    const { page } = open;
    const names = (): Promise<string[]> => page.locator('tbody tr td:first-child').allInnerTexts();
    await page.getByRole('searchbox', { name: 'Search users' }).fill('EXAMPLE.com');
    await page.getByText('1 user', { exact: true }).waitFor();
    expect(await names()).toEqual(['ann']);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Username' }).click();
    await eventually(async () => expect(await names()).toEqual(['ann', 'bob', 'carl']));
    await page.getByRole('button', { name: 'Username' }).click();
    await eventually(async () => expect(await names()).toEqual(['carl', 'bob', 'ann']));
  });

  it('are added by the rules of Parse, whose words are shown when it refuses', async () => {
    const { page } = open;
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a user' });
    await dialog.getByLabel('Username').fill('ann');
    await dialog.getByRole('button', { name: 'Add' }).click();
    await dialog.getByText('Account already exists for this username.').waitFor();
    await dialog.getByLabel('Username').fill('dora');
    await dialog.getByLabel('Address', { exact: true }).fill('dora@example.com');
    await dialog.getByText('The address is verified').click();
    await dialog.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('heading', { name: 'dora' }).waitFor();
    expect(await find('dora')).toMatchObject({ email: 'dora@example.com', emailVerified: true });
  });

  it('are edited field by field, each by its type, and it can be undone', async () => {
    const { page } = open;
    await page.getByRole('row', { name: /ann/ }).click();
    const detail = page.getByRole('complementary', { name: 'User ann' });
    await detail.getByLabel('age (Number)').fill('old');
    await detail.getByText('"old" is not a number.').waitFor();
    expect(await detail.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await detail.getByLabel('age (Number)').fill('21');
    await detail.getByLabel('prefs (Object, as JSON)').fill('{"theme":"dark"}');
    await detail.getByRole('button', { name: 'Save' }).click();
    await eventually(async () => expect(await find('ann')).toMatchObject({ age: 21, prefs: { theme: 'dark' } }));
    await page.getByRole('button', { name: 'Undo' }).click();
    await eventually(async () => expect(await find('ann')).toMatchObject({ age: 20 }));
    expect(await find('ann')).not.toHaveProperty('prefs');
  });

  const choose = async (entry: string): Promise<void> => {
    await open.page.getByRole('button', { name: 'More about this user' }).click();
    await open.page.getByRole('menuitem', { name: entry }).click();
  };

  it('get a password, a verified address, a lock', async () => {
    const { page, server } = open;
    await choose('Set a password');
    await page.getByLabel('New password').fill('another');
    await page.getByRole('button', { name: 'Set', exact: true }).click();
    await page.getByText('The password is set.').waitFor();
    const logIn = (password: string): Promise<Response> =>
      fetch(`${server.url}/parse/login?username=ann&password=${password}`, {
        headers: { 'X-Parse-Application-Id': 'APPLICATION_ID' },
      });
    expect((await logIn('another')).status).toBe(200);

    await choose('Verify the address');
    await page.getByText('It is verified.').waitFor();
    expect(await find('ann')).toMatchObject({ emailVerified: true });

    await choose('Lock the account');
    await page.getByText('ann is locked.').waitFor();
    expect(await (await logIn('another')).json()).toMatchObject({ error: expect.stringContaining('locked') });
    await choose('Unlock the account');
    await page.getByText('ann is unlocked.').waitFor();
    expect((await logIn('another')).status).toBe(200);
  });

  it('are deleted once a person is sure, and come back', async () => {
    const { page } = open;
    await choose('Delete');
    await page.getByRole('alertdialog', { name: 'Delete ann?' }).getByRole('button', { name: 'Delete' }).click();
    await page.getByText('ann was deleted.').waitFor();
    expect(await find('ann')).toBeUndefined();
    await page.locator('.pue-toast', { hasText: 'ann was deleted' }).getByRole('button', { name: 'Undo' }).click();
    await eventually(async () => expect(await find('ann')).toMatchObject({ age: 20 }));
  });

  it('asked nobody but the emulator, and nothing went wrong', () => {
    expect(open.origins).toEqual(new Set([open.server.url]));
    expect(open.faults).toEqual([]);
  });
});
