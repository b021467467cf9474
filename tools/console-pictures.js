import { mkdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { startServer } from '../dist/node.js';

/** Takes the pictures of docs/console.md, from a built package: `node tools/console-pictures.js`. `CHROMIUM_PATH` says where the browser is. */
const FOLDER = new URL('../docs/console/', import.meta.url);
const WIDE = { width: 1120, height: 640 };
const NARROW = { width: 390, height: 700 };

const fixtures = JSON.parse(await readFile(new URL('../fixtures/demo.json', import.meta.url), 'utf8'));

const server = await startServer({
  port: 0,
  bcryptRounds: 4,
  verifyUserEmails: true,
  accountLockout: { threshold: 3, duration: 5 },
  liveQuery: { classNames: ['Todo'] },
  appName: 'Tea and Trains',
  prepare: (emulator) => emulator.seed(fixtures),
});
const { emulator, url } = server;

const ask = (query, headers = {}) =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'X-Parse-Application-Id': emulator.options.appId, 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });

/** What a morning of work leaves behind. */
const live = async () => {
  const headers = await emulator.headersFor('johndoe');
  await ask('{ viewer { user { username email } } }', headers);
  await ask('mutation { logIn(input: { username: "johndoe", password: "wrong" }) { viewer { sessionToken } } }');
  await ask(
    'mutation { signUp(input: { fields: { username: "janedoe", password: "secret", email: "jane.doe@email.com" } }) { viewer { sessionToken } } }',
  );
  await ask('mutation { resetPassword(input: { email: "john.doe@email.com" }) { ok } }');
  await ask('{ users { count } }');
  emulator.faults.add({ latency: [500, 2000] });
  await ask('{ health }', headers);
  const socket = emulator.live.connect({ send() {}, close() {} });
  const { appId: applicationId } = emulator.options;
  socket.receive(JSON.stringify({ op: 'connect', applicationId, sessionToken: headers['X-Parse-Session-Token'] }));
  const query = { className: 'Todo', where: { done: false } };
  socket.receive(JSON.stringify({ op: 'subscribe', requestId: 1, query }));
};

const johndoe = async () => `users/${(await emulator.users.find('johndoe')).objectId}`;

const PICTURES = [
  ['users', johndoe, WIDE, 'light'],
  ['inbox', 'inbox/2', WIDE, 'light'],
  ['requests', 'requests/2', WIDE, 'dark'],
  ['clock', 'clock', WIDE, 'light'],
  ['faults', 'faults', WIDE, 'light'],
  ['objects', 'objects/Todo', WIDE, 'light'],
  ['state', 'state', WIDE, 'dark'],
  ['application', 'application', WIDE, 'light'],
  ['live', 'live', WIDE, 'light'],
  ['playground', 'playground', WIDE, 'light'],
  ['users-narrow', 'users', NARROW, 'dark'],
  ['inbox-narrow', 'inbox/1', NARROW, 'light'],
];

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  await mkdir(FOLDER, { recursive: true });
  await live();
  for (const [name, where, viewport, colorScheme] of PICTURES) {
    const page = await browser.newPage({ viewport, colorScheme, reducedMotion: 'reduce' });
    await page.goto(`${url}/console#/${typeof where === 'string' ? where : await where()}`);
    await page.locator('.pue-screen-title').waitFor();
    await page.waitForFunction(() => document.querySelectorAll('.pue-waiting').length === 0);
    if (name === 'playground') await page.locator('.CodeMirror-line').first().waitFor();
    await page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, FOLDER)) });
    await page.close();
  }
} finally {
  await browser.close();
  await server.close();
}
