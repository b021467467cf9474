// Uses the Parse Dashboard on an emulator as a developer would, in Chromium, and looks into the emulator for what came of
// it. `node docs/dashboard/dashboard.mjs`, after `npm run build`; see ../dashboard.md.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const { PARSE_DASHBOARD = 'npx --yes parse-dashboard', CHROMIUM_PATH = '/usr/bin/chromium' } = process.env;
const EMULATOR_PORT = 5337;
const DASHBOARD_PORT = 5040;
const EMULATOR = `http://localhost:${EMULATOR_PORT}`;
const DASHBOARD = `http://localhost:${DASHBOARD_PORT}/apps/users`;
const SCREENSHOT = fileURLToPath(new URL('users.png', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const SIGN_UP = `mutation SignUp {
  signUp(input: { fields: { username: "somefolks", password: "somepassword" } }) {
    viewer { user { id objectId createdAt } sessionToken }
  }
}`;

/** Starts a program and waits until it has printed `sign`. */
const start = (command, sign) =>
  new Promise((resolve, reject) => {
    const [program, ...flags] = command.split(' ');
    // a group of its own, so that what npx starts ends with it
    const child = spawn(program, flags, { cwd: ROOT, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    child.stdout.on('data', (chunk) => {
      printed += chunk;
      if (printed.includes(sign)) resolve(() => process.kill(-child.pid));
    });
    child.once('exit', (code) => reject(new Error(`Failed to start ${command}: it ended with ${code}. ${printed}`)));
  });

/** Asks the emulator itself, with the master key; with `fields` it is a POST. */
const ask = async (path, fields) => {
  const headers = { 'X-Parse-Application-Id': 'APPLICATION_ID', 'X-Parse-Master-Key': 'MASTER_KEY' };
  const body = fields && { method: 'POST', body: JSON.stringify(fields) };
  return (await fetch(`${EMULATOR}/parse${path}`, { headers, ...body })).json();
};

const find = async (className) => (await ask(`/classes/${className}`)).results;

/** Prints what the dashboard asks of the emulator, without the credentials, which are always the same. */
const printCalls = (page) =>
  page.on('response', (response) => {
    const request = response.request();
    if (!request.url().startsWith(EMULATOR)) return;
    const sent = JSON.parse(request.postData() ?? '{}');
    for (const name of ['_ApplicationId', '_ClientVersion', '_InstallationId', '_MasterKey']) delete sent[name];
    const path = request.url().slice(EMULATOR.length);
    console.log(`  ${request.method()} ${path} ${JSON.stringify(sent).slice(0, 120)} -> ${response.status()}`);
  });

/** Does something that makes the dashboard ask `path`, and waits for the answer. */
const until = async (page, path, act) => {
  const answered = page.waitForResponse((response) => new URL(response.url()).pathname === path);
  await act();
  const response = await answered;
  assert.equal(response.status(), 200, `${path}: ${await response.text()}`);
};

const STEPS = {
  'lists the users': async (page) => {
    await page.goto(`${DASHBOARD}/browser/_User`);
    for (const { username } of await find('_User')) await page.getByText(username, { exact: true }).waitFor();
  },

  'edits one': async (page) => {
    const user = (await find('_User')).find(({ username }) => username === 'johndoe');
    await page.getByText('johndoe', { exact: true }).dblclick();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('johnny');
    await until(page, `/parse/classes/_User/${user.objectId}`, () => page.keyboard.press('Enter'));
    assert.equal((await find('_User')).find(({ objectId }) => objectId === user.objectId).username, 'johnny');
  },

  'adds a field': async (page) => {
    await page.getByRole('button', { name: 'Add a new column' }).click();
    await page.getByPlaceholder('Give it a good name...').fill('nickname');
    await until(page, '/parse/schemas/_User', () => page.getByRole('button', { name: 'Add', exact: true }).click());
    assert.deepEqual((await ask('/schemas/_User')).fields.nickname, { type: 'String', required: false });
    await page.screenshot({ path: SCREENSHOT });
  },

  'shows the roles': async (page) => {
    await page.getByRole('link', { name: '_Role' }).click();
    for (const { name } of await find('_Role')) await page.getByText(name, { exact: true }).waitFor();
  },

  'shows the sessions': async (page) => {
    await page.getByRole('link', { name: '_Session' }).click();
    for (const { objectId } of await find('_Session')) await page.getByText(objectId, { exact: true }).waitFor();
  },

  'signs somebody up in its GraphQL console': async (page) => {
    await until(page, '/graphql', () => page.goto(`${DASHBOARD}/api_console/graphql`));
    const editor = page.locator('.graphiql-query-editor .CodeMirror');
    await editor.evaluate((element, text) => element.CodeMirror.setValue(text), SIGN_UP);
    await until(page, '/graphql', () => page.getByRole('button', { name: /Execute query/ }).click());
    await page.locator('.graphiql-response').getByText('"sessionToken"').waitFor();
    assert.ok((await find('_User')).some(({ username }) => username === 'somefolks'));
  },
};

const stops = [];
try {
  const emulator = `node bin/parse-users-emulator.js --memory --port ${EMULATOR_PORT} --seed fixtures/demo.json`;
  stops.push(await start(emulator, '/graphql'));
  await ask('/login', { username: 'johndoe', password: 'ASuperStrongPassword' });
  const app = `--appId APPLICATION_ID --masterKey MASTER_KEY --appName users`;
  const servers = `--serverURL ${EMULATOR}/parse --graphQLServerURL ${EMULATOR}/graphql`;
  stops.push(await start(`${PARSE_DASHBOARD} --dev --port ${DASHBOARD_PORT} ${app} ${servers}`, 'now available'));
  const browser = await chromium.launch({ executablePath: CHROMIUM_PATH, args: ['--no-sandbox'] });
  stops.push(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1440, height: 640 } });
  printCalls(page);
  for (const [step, run] of Object.entries(STEPS)) {
    console.log(`The dashboard ${step}`);
    await run(page);
  }
} finally {
  for (const stop of stops.reverse()) await stop();
}
