import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { test as base } from '@playwright/test';

const { PARSE_GRAPHQL_URL, PARSE_SERVER_URL, PARSE_EMULATOR_URL } = process.env;

const FILES = { '/': ['index.html', 'text/html'], '/app.js': ['app.js', 'text/javascript'] };

/** The page of one worker, on a port that is free: it is told which application it belongs to. */
const startSite = async (appId) => {
  const server = createServer(async ({ url }, response) => {
    if (url === '/config.json') return response.end(JSON.stringify({ graphqlURL: PARSE_GRAPHQL_URL, appId }));
    const [name, type] = FILES[url] ?? [];
    if (!name) return response.writeHead(404).end();
    response.setHeader('Content-Type', type);
    response.end(await readFile(new URL(`../app/${name}`, import.meta.url)));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
};

/** The control routes of one application. */
const createControl = (appId) => {
  const send = async (method, path, body) => {
    const url = new URL(`/emulator/${path}`, PARSE_EMULATOR_URL);
    url.searchParams.set('appId', appId);
    const response = await fetch(url, { method, body: body && JSON.stringify(body) });
    if (!response.ok) throw new Error(await response.text());
    return response.json();
  };
  return {
    reset: () => send('POST', 'reset'),
    advance: (by) => send('POST', 'clock', by),
    fault: (fault) => send('POST', 'faults', fault),
    outbox: () => send('GET', 'outbox'),
  };
};

export const test = base.extend({
  appId: [
    async ({ browserName }, use, { parallelIndex }) => use(`${browserName}-${parallelIndex}`),
    { scope: 'worker' },
  ],

  site: [
    async ({ appId }, use) => {
      const site = await startSite(appId);
      await use(site.url);
      site.close();
    },
    { scope: 'worker' },
  ],

  baseURL: async ({ site }, use) => use(site),

  emulator: [
    async ({ appId }, use) => {
      const control = createControl(appId);
      await use(control);
      await control.reset();
    },
    { auto: true },
  ],

  /** Logs in over REST, and gives a context the session: `test.use({ user: 'johndoe' })`. */
  user: [undefined, { option: true }],
  storageState: async ({ user, appId, site }, use) => {
    if (!user) return use(undefined);
    const query = new URLSearchParams({ username: user, password: 'ASuperStrongPassword' });
    const response = await fetch(`${PARSE_SERVER_URL}/login?${query}`, {
      headers: { 'X-Parse-Application-Id': appId },
    });
    const { sessionToken } = await response.json();
    await use({
      cookies: [],
      origins: [{ origin: site, localStorage: [{ name: 'sessionToken', value: sessionToken }] }],
    });
  },
});
