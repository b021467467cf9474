import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServer, type InlineConfig, type PreviewServer, preview, type ViteDevServer } from 'vite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startServer } from '../../../src/node/index.ts';
import { type PluginOptions, parseUsersEmulator } from '../../../src/node/vite/index.ts';

let root: string;
let printed: string[];
let running: { close(): Promise<void> }[];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'vite-'));
  printed = [];
  running = [];
  await writeFile(join(root, 'index.html'), '<title>A page</title>');
});

afterEach(async () => {
  for (const server of running) await server.close();
  await rm(root, { recursive: true, force: true });
});

const toConfig = (options: PluginOptions): InlineConfig => ({
  configFile: false,
  root,
  customLogger: {
    info: (line) => void printed.push(line),
    warn: () => undefined,
    warnOnce: () => undefined,
    error: (line) => void printed.push(line),
    clearScreen: () => undefined,
    hasErrorLogged: () => false,
    hasWarned: false,
  },
  server: { port: 0, host: '127.0.0.1', ws: false, watch: null },
  preview: { port: 0, host: '127.0.0.1' },
  plugins: [parseUsersEmulator({ bcryptRounds: 4, ...options })],
});

const startWith = async (config: InlineConfig): Promise<ViteDevServer> => {
  const server = await createServer(config);
  running.push(server);
  return server.listen();
};

const start = (options: PluginOptions): Promise<ViteDevServer> => startWith(toConfig(options));

const urlOf = ({ httpServer }: Pick<ViteDevServer | PreviewServer, 'httpServer'>): string => {
  const address = httpServer?.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server does not listen');
  return `http://127.0.0.1:${address.port}`;
};

const ask = async (url: string, query: string, sessionToken?: string): Promise<unknown> => {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'X-Parse-Application-Id': 'APPLICATION_ID',
      ...(sessionToken && { 'X-Parse-Session-Token': sessionToken }),
    },
    body: JSON.stringify({ query }),
  });
  return response.json();
};

const signUp = async (url: string, username: string): Promise<string> => {
  const fields = `{ username: "${username}", password: "secret", email: "${username}@example.com" }`;
  const answer = await ask(url, `mutation { signUp(input: { fields: ${fields} }) { viewer { sessionToken } } }`);
  return (answer as { data: { signUp: { viewer: { sessionToken: string } } } }).data.signUp.viewer.sessionToken;
};

const viewer = (url: string, sessionToken: string): Promise<unknown> =>
  ask(url, '{ viewer { user { username } } }', sessionToken);

const isAnn = { data: { viewer: { user: { username: 'ann' } } } };

it("answers at the dev server's port, beside the page", async () => {
  const url = urlOf(await start({ seed: { _User: [{ username: 'ann', password: 'secret' }] } }));
  expect(await (await fetch(url)).text()).toContain('<title>A page</title>');
  expect(await (await fetch(`${url}/playground`)).text()).toMatch(/playground/i);
  const logIn = 'mutation { logIn(input: { username: "ann", password: "secret" }) { viewer { user { username } } } }';
  expect(await ask(url, logIn)).toEqual({ data: { logIn: { viewer: { user: { username: 'ann' } } } } });
});

it('shows its addresses where Vite prints its own', async () => {
  const server = await start({});
  server.printUrls();
  expect(printed.join('\n')).toContain(`GraphQL: ${urlOf(server)}/graphql`);
  expect(printed.join('\n')).toContain(`Playground: ${urlOf(server)}/playground`);
});

it('sends mail with links that lead to the dev server, and prints it', async () => {
  const url = urlOf(await start({ verifyUserEmails: true }));
  await signUp(url, 'ann');
  const [mail] = (await (await fetch(`${url}/emulator/outbox`)).json()) as { link: string }[];
  expect(mail?.link).toContain(`${url}/parse/apps/`);
  expect((await fetch(mail?.link ?? '')).status).toBe(200);
  expect(printed).toContainEqual(expect.stringContaining(`Mail to ann@example.com`));
});

it('goes on with all that there is when the server starts anew with the same options', async () => {
  const server = await start({ verifyUserEmails: true });
  const before = urlOf(server);
  const sessionToken = await signUp(before, 'ann');
  await server.restart();
  const url = urlOf(server);
  expect(await viewer(url, sessionToken)).toEqual(isAnn);
  expect(await (await fetch(`${url}/emulator/outbox`)).json()).toHaveLength(1);
});

/** A project whose configuration is a file, which imports the plugin. */
const writeConfig = async (options: string): Promise<void> => {
  const source = fileURLToPath(new URL('../../../src/node/vite/index.ts', import.meta.url));
  await writeFile(
    join(root, 'vite.config.mjs'),
    `import { parseUsersEmulator } from ${JSON.stringify(source)};
     export default { plugins: [parseUsersEmulator(${options})] };`,
  );
};

const fromFile = (): InlineConfig => {
  const { plugins: _, ...config } = toConfig({});
  return { ...config, configFile: join(root, 'vite.config.mjs') };
};

it.each([
  ['in memory', ''],
  ['in a file', "db: 'users.json', "],
])(
  'keeps users and sessions %s when the configuration changes, without a file that is in use',
  async (_place, where) => {
    await writeConfig(`{ ${where}bcryptRounds: 4 }`);
    const server = await startWith(fromFile());
    const sessionToken = await signUp(urlOf(server), 'ann');
    await writeConfig(`{ ${where}bcryptRounds: 4, appName: 'Another name' }`);
    await server.restart();
    const url = urlOf(server);
    expect(printed.filter((line) => /fail|in use/i.test(line))).toEqual([]);
    expect(await viewer(url, sessionToken)).toEqual(isAnn);
    expect(await (await fetch(`${url}/emulator`)).json()).toMatchObject({ appName: 'Another name' });
  },
);

it('goes on as it was when the new configuration is wrong, and takes the next', async () => {
  await writeConfig(`{ db: 'users.json', bcryptRounds: 4 }`);
  const server = await startWith(fromFile());
  const sessionToken = await signUp(urlOf(server), 'ann');
  await writeConfig(`{ db: 'users.json', seed: { _User: [{ nickname: 'nobody' }] }, typeDefs: 'no schema' }`);
  await server.restart();
  expect(printed.join('\n')).toContain('server restart failed');
  expect(await viewer(urlOf(server), sessionToken)).toEqual(isAnn);
  await writeConfig(`{ db: 'users.json', bcryptRounds: 4, appName: 'Mended' }`);
  await server.restart();
  expect(await viewer(urlOf(server), sessionToken)).toEqual(isAnn);
});

it('lets go of the file when the server is closed', async () => {
  const server = await start({ db: 'users.json' });
  await signUp(urlOf(server), 'ann');
  await server.restart();
  await server.close();
  const file = join(root, 'users.json');
  await using again = await startServer({ port: 0, db: file });
  expect(await again.emulator.users.find('ann')).toMatchObject({ username: 'ann' });
});

it('refuses to start on a broken data file, and names the place', async () => {
  await writeFile(join(root, 'users.json'), '{ "_User": [,] }');
  await expect(createServer(toConfig({ db: 'users.json' }))).rejects.toThrow(/users\.json/);
});

it('refuses an option that there is none of where the plugin is made', () => {
  expect(() => parseUsersEmulator({ verifyUserEmail: true } as PluginOptions)).toThrow(
    'Did you mean "verifyUserEmails"?',
  );
});

it('answers where the options say, but not in the place of the page', async () => {
  const server = await start({ mountPath: '/api', graphQLPath: '/api-graphql', verifyUserEmails: true });
  server.printUrls();
  expect(printed.join('\n')).toContain(`GraphQL: ${urlOf(server)}/api-graphql`);
  expect((await fetch(`${urlOf(server)}/api/health`)).status).toBe(200);
  expect(() => parseUsersEmulator({ mountPath: '/' })).toThrow('would hide the page');
});

it('answers in the preview of a build, too', async () => {
  await mkdir(join(root, 'dist'));
  await writeFile(join(root, 'dist/index.html'), '<title>Built</title>');
  const server = await preview(toConfig({}));
  running.push(server);
  const url = urlOf(server);
  expect(await (await fetch(url)).text()).toContain('Built');
  expect(await viewer(url, await signUp(url, 'ann'))).toEqual(isAnn);
});

it('stays out of the server in which Vitest runs tests', async () => {
  const { plugins = [], ...config } = toConfig({ db: 'users.json' });
  const server = await startWith({ ...config, plugins: [...plugins, { name: 'vitest' }] });
  expect(await (await fetch(`${urlOf(server)}/emulator`)).text()).toContain('<title>A page</title>');
});
