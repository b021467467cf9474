import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, inBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { type OpenConsole, openConsole } from './console-page.ts';

const PASSWORD = 'ASuperStrongPassword';

describe.skipIf(!findChromium())(inBrowser('the screens of the console'), () => {
  let open: OpenConsole;

  const ask = (query: string, headers: { readonly [name: string]: string } = {}): Promise<Response> =>
    fetch(`${open.server.url}/graphql`, {
      method: 'POST',
      headers: { 'X-Parse-Application-Id': 'APPLICATION_ID', 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    });
  const clipboard = (): Promise<string> => open.page.evaluate(() => navigator.clipboard.readText());

  beforeAll(async () => {
    open = await openConsole({
      verifyUserEmails: true,
      liveQuery: { classNames: ['Todo'] },
      apps: ['other'],
      appName: 'Tasks',
      seed: {
        schemas: [
          { className: '_User', fields: {} },
          {
            className: 'Todo',
            fields: { title: { type: 'String' }, owner: { type: 'Pointer', targetClass: '_User' } },
          },
        ],
        _User: [
          { username: 'ann', password: PASSWORD, email: 'ann@example.com' },
          { username: 'bob', password: PASSWORD },
        ],
        Todo: [
          {
            title: 'Water the plants',
            owner: { __type: 'Pointer', className: '_User', username: 'ann' },
            ACL: { 'role:none': { read: true } },
          },
        ],
      },
    });
  });
  afterAll(() => open?.close());

  it('log in as: opens a session, whose token is shown to who asks, and headers that work', async () => {
    const { page } = open;
    await page.getByRole('row', { name: /ann@example\.com/ }).click();
    await page.getByRole('button', { name: 'Log in as' }).click();
    const dialog = page.getByRole('dialog', { name: 'Log in as ann' });
    await dialog.getByText('••••').first().waitFor();
    expect(await dialog.innerText()).not.toMatch(/r:[0-9a-f]{32}/);
    await dialog.getByRole('button', { name: 'Show the session token' }).click();
    await dialog.getByText(/^r:[0-9a-f]{32}$/).waitFor();
    await dialog.getByRole('button', { name: 'Copy the command' }).click();
    const [, token = ''] = /X-Parse-Session-Token: (r:[0-9a-f]{32})/.exec(await clipboard()) ?? [];
    const answer = await ask('{ viewer { user { username } } }', { 'X-Parse-Session-Token': token });
    expect(await answer.json()).toEqual({ data: { viewer: { user: { username: 'ann' } } } });
    const link = await dialog.getByRole('link', { name: 'Open it' }).getAttribute('href');
    expect(link).toMatch(/^http:\/\/localhost:5173\/#sessionToken=r%3A/);
    await page.keyboard.press('Escape');
  });

  it('sessions: one expires, one is revoked', async () => {
    const { page } = open;
    await page.getByRole('tab', { name: 'Sessions' }).click();
    await page.getByRole('button', { name: 'Let it expire' }).click();
    await page.getByText('expired', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Revoke', exact: true }).click();
    await page.getByText('No session is open').waitFor();
  });

  it('inbox: mail as it looks, its link a button', async () => {
    const { page, show } = open;
    await ask('mutation { resetPassword(input: { email: "ann@example.com" }) { ok } }');
    await show('/inbox');
    await page.getByRole('button', { name: /new password/ }).click();
    const link = await page.getByRole('link', { name: 'Choose a new password' }).getAttribute('href');
    expect(link).toContain('/request_password_reset?');
    await page.getByRole('button', { name: 'Kind of mail' }).click();
    await page.getByRole('option', { name: 'Verification' }).click();
    await page.getByText('No mail fits').waitFor();
  });

  it('requests: live, with the cause of a refusal, copied and replayed as somebody else', async () => {
    const { page, show } = open;
    await show('/requests');
    await page.getByRole('row', { name: /resetPassword/ }).waitFor();
    await ask('mutation { logIn(input: { username: "ann", password: "wrong" }) { viewer { sessionToken } } }');
    await page.getByRole('row', { name: /logIn.*101/ }).click();
    await page.getByText(/Nobody has this username/).waitFor();
    const copied = async (name: RegExp): Promise<string> => {
      await page.getByRole('button', { name: 'Copy as' }).click();
      await page.getByRole('menuitem', { name }).click();
      await page.getByRole('menu').waitFor({ state: 'detached' });
      return clipboard();
    };
    await eventually(async () => expect(await copied(/curl/)).toMatch(/^curl -X POST .*password: \\"wrong\\"/s));
    await eventually(async () => expect(await copied(/Vitest/)).toContain("from 'vitest'"));
    await eventually(async () => expect(await copied(/MSW/)).toContain("from 'msw'"));
    await eventually(async () => expect(await copied(/Fault/)).toContain('"code": 101'));

    await ask('{ viewer { user { username } } }', await open.server.emulator.headersFor('ann'));
    await page.getByRole('row', { name: /viewer.*ann/ }).click();
    await page.getByRole('button', { name: 'Replay as …' }).click();
    await page.getByRole('combobox', { name: 'As whom' }).fill('bob');
    await page.getByRole('option', { name: 'bob' }).click();
    await page.getByRole('button', { name: 'Replay', exact: true }).click();
    await page.getByRole('row', { name: /viewer.*bob/ }).waitFor();
  });

  it('faults: a switch turns one on, and it says what it struck', async () => {
    const { page, show } = open;
    await show('/faults');
    await page.locator('.pue-line', { hasText: 'Overloaded' }).locator('.pue-switch').click();
    await eventually(() => expect(open.server.emulator.faults.list()).toMatchObject([{ status: 503 }]));
    expect((await ask('{ health }')).status).toBe(503);
    await page.getByText('struck 1').waitFor();
    await page.locator('.pue-line', { hasText: 'Overloaded' }).locator('.pue-switch').click();
    await eventually(() => expect(open.server.emulator.faults.list()).toEqual([]));
  });

  it('clock: forward, and to what expires next', async () => {
    const { page, show, server } = open;
    await server.emulator.users.logIn('bob');
    await show('/clock');
    const before = server.emulator.clock.now();
    await page.getByRole('button', { name: 'Forward 1 hour' }).click();
    await eventually(() => expect(server.emulator.clock.now() - before).toBeGreaterThanOrEqual(3_600_000));
    await page.getByText(/A session of/).waitFor();
    await page.getByRole('button', { name: 'Go to just after it' }).click();
    await eventually(() => expect(server.emulator.clock.now() - before).toBeGreaterThan(86_400_000));
    await page.getByText('Stand still').click();
    await eventually(() => expect(server.emulator.clock.isStopped()).toBe(true));
  });

  it('state: a name for it, what changed, an undo, and back', async () => {
    const { page, show, server } = open;
    await show('/state');
    await page.getByLabel('Name').fill('before');
    await page.getByRole('button', { name: 'Keep' }).click();
    await page.getByRole('button', { name: 'Restore before' }).waitFor();
    await server.emulator.users.create({ username: 'carl' });
    const changes = page.getByRole('region', { name: 'What changed' });
    await changes.getByText('new').first().waitFor();
    await page.getByRole('button', { name: 'Undo the last' }).click();
    await eventually(async () => expect(await server.emulator.users.find('carl')).toBeUndefined());
    await server.emulator.users.create({ username: 'dora' });
    await page.getByRole('button', { name: 'Restore before' }).click();
    await eventually(async () => expect(await server.emulator.users.find('dora')).toBeUndefined());
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();
  });

  it('application: options and where they come from, classes, ids', async () => {
    const { page, show, server } = open;
    await show('/application');
    await page.locator('.pue-option', { hasText: 'appName' }).getByText('Tasks').waitFor();
    await page.getByRole('tab', { name: 'Classes and permissions' }).click();
    await page.getByText('Objects may be read by id by everybody.').first().waitFor();
    await page.getByRole('tab', { name: 'Application ids' }).click();
    await page.locator('.pue-line', { hasText: 'other' }).getByRole('button', { name: 'Show it' }).click();
    await server.emulator.app('other').users.create({ username: 'only-there' });
    await show('/users');
    await page.getByRole('row', { name: /only-there/ }).waitFor();
    await show('/application');
    await page.getByRole('tab', { name: 'Application ids' }).click();
    await page.getByRole('button', { name: 'Show it' }).click();
  });

  it('live: who is subscribed to what', async () => {
    const { page, show, server } = open;
    const sent: string[] = [];
    const socket = server.emulator.live.connect({ send: (frame) => void sent.push(frame), close: () => undefined });
    socket.receive(JSON.stringify({ op: 'connect', applicationId: 'APPLICATION_ID' }));
    socket.receive(
      JSON.stringify({ op: 'subscribe', requestId: 7, query: { className: 'Todo', where: { title: 'x' } } }),
    );
    await show('/live');
    await page.getByText('subscription 7').waitFor();
    socket.end();
    await page.getByText('Nobody listens').waitFor();
  });

  it('objects: rights in plain words, and pointers to follow', async () => {
    const { page, show } = open;
    await show('/objects/Todo');
    await page.getByRole('row', { name: /Water the plants/ }).click();
    await page.getByRole('tab', { name: 'Rights' }).click();
    await page.getByText('Of these, the ACL of this object lets members of the role none read it.').waitFor();
    await page.getByText('cannot read it').waitFor();
    await page.getByRole('tab', { name: 'Leads to' }).click();
    await page.getByRole('button', { name: /owner: _User/ }).click();
    await page.getByRole('button', { name: 'As a user' }).waitFor();
  });

  it('playground: is a part of it', async () => {
    const { page, show } = open;
    await show('/playground');
    await page.locator('.graphiql-query-editor .CodeMirror').waitFor();
    const answered = page.waitForResponse((response) => response.url().endsWith('/graphql'));
    await page.getByRole('button', { name: 'Execute query' }).click();
    expect((await answered).status()).toBe(200);
  });

  it('asked nobody but the emulator, and nothing went wrong', () => {
    expect(open.origins).toEqual(new Set([open.server.url]));
    expect(open.faults).toEqual([]);
  });
});
