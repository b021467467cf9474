import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { test as base } from 'parse-users-emulator/playwright';

const FILES = { '/': ['index.html', 'text/html'], '/app.js': ['app.js', 'text/javascript'] };

/** The page on a port that is free; yours may be served by `webServer` in `playwright.config.js`. */
const startSite = async (graphqlURL) => {
  const server = createServer(async ({ url }, response) => {
    if (url === '/config.json') return response.end(JSON.stringify({ graphqlURL }));
    const [name, type] = FILES[url] ?? [];
    if (!name) return response.writeHead(404).end();
    response.setHeader('Content-Type', type);
    response.end(await readFile(new URL(`../app/${name}`, import.meta.url)));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
};

export const test = base.extend({
  site: [
    async ({ emulatorURL }, use) => {
      const site = await startSite(`${emulatorURL}/graphql`);
      await use(site.url);
      site.close();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ site }, use) => use(site),
});
