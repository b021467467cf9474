import { expect, test } from '../../../../src/node/playwright/index.ts';

const who = 'status';

/** The page names the emulator's own application, and knows nothing of workers. */
for (const round of ['one', 'two', 'three', 'four']) {
  test(`the same name is free in test ${round}`, async ({ page, emulator, inbox, appId }) => {
    expect(appId).toMatch(/^chromium-[01]$/);
    await page.goto('/');
    await page.getByRole('button', { name: 'Sign up' }).click();
    await expect(page.getByRole(who)).toHaveText('ann');
    const { link } = await inbox.waitFor({ to: 'ann@example.com', kind: 'verifyEmail' });
    await page.goto(link);
    expect(await emulator.users.find('ann')).toMatchObject({ emailVerified: true });
    await emulator.seed({ _User: [{ username: 'stays', password: 'secret' }] });
  });
}

test('Parse’s SDK names the application in the body, and is led as well', async ({ page, emulator }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'As the SDK' }).click();
  await expect(page.getByRole(who)).toHaveText('201');
  expect(await emulator.users.find('sdk')).toMatchObject({ username: 'sdk' });
});

test('a live query is that of the worker', async ({ page, emulator }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Live' }).click();
  await expect(page.getByRole(who)).toHaveText('subscribed');
  await emulator.users.create({ username: 'seen', ACL: { '*': { read: true } } });
  await expect(page.getByRole(who)).toHaveText('seen');
});

test('who is logged in by name is somebody else in another context', async ({ page, asUser }) => {
  const other = await asUser('johndoe');
  await other.goto('/');
  await expect(other.getByRole(who)).toHaveText('johndoe');
  await page.goto('/');
  await expect(page.getByRole(who)).toHaveText('nobody');
});

test('a fault strikes once', async ({ page, faults }) => {
  await faults.add({ operation: 'signUp', error: { code: 142, message: 'Out of order' }, times: 1 });
  await page.goto('/');
  await page.getByRole('button', { name: 'Sign up' }).click();
  await expect(page.getByRole(who)).toHaveText('Out of order');
  await page.getByRole('button', { name: 'Sign up' }).click();
  await expect(page.getByRole(who)).toHaveText('ann');
});

test('nobody knows a name that was never made', async ({ asUser }) => {
  await expect(asUser('nobody')).rejects.toThrow('nobody');
});

test.describe('with test.use', () => {
  test.use({ user: 'johndoe' });

  test('a user is logged in, until a year has gone by', async ({ page, clock, context }) => {
    await page.goto('/');
    await expect(page.getByRole(who)).toHaveText('johndoe');
    const { origins } = await context.storageState();
    expect(origins[0]?.localStorage.map(({ name }) => name)).toContain('Parse/APPLICATION_ID/currentUser');
    await clock.advance({ days: 366 });
    await page.reload();
    await expect(page.getByRole(who)).toHaveText('Session token is expired.');
  });
});
