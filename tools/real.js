import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

/**
 * `npm run real -- 8.6.94`: a real Parse Server of that version, with GraphQL, on a PostgreSQL in memory. Nothing but npm is needed; what
 * is installed stays in a folder of the system's temporary ones. Flags: --port 1338, --options '{"verifyUserEmails":true}',
 * --cloud main.js, --database postgres://… for one of your own. Mail is at /__mail.
 */
process.env.NODE_ENV ??= 'production';
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    port: { type: 'string', default: '1338' },
    options: { type: 'string', default: '{}' },
    cloud: { type: 'string' },
    database: { type: 'string' },
  },
});
const [version] = positionals;
if (!version || !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) {
  console.error('Say which version: npm run real -- 9.10.0');
  process.exit(2);
}

const PACKAGES = [`parse-server@${version}`, '@electric-sql/pglite@0.5.14', '@electric-sql/pglite-socket@0.2.17'];
const folder = join(tmpdir(), 'parse-users-emulator-real', version);

/** The router of Express 5 is held at the version that all of these Parse Servers were released with. */
const install = () => {
  if (existsSync(join(folder, 'installed'))) return;
  console.log(`Installing Parse Server ${version} into ${folder} …`);
  mkdirSync(folder, { recursive: true });
  const manifest = { private: true, overrides: { router: '2.2.0' } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  const args = ['install', '--no-audit', '--no-fund', '--no-progress', '--legacy-peer-deps', ...PACKAGES];
  const { status } = spawnSync('npm', args, { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(join(folder, 'installed'), '');
};

install();
const cloud = values.cloud && resolve(values.cloud);
process.chdir(folder);
const require = createRequire(join(folder, 'package.json'));
const requireFromParse = createRequire(require.resolve('parse-server'));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);

/** A PostgreSQL in this process, which forgets all when it ends. */
const startDatabase = async () => {
  const [{ PGlite }, { PGLiteSocketServer }] = [
    await load('@electric-sql/pglite'),
    await load('@electric-sql/pglite-socket'),
  ];
  const db = await PGlite.create();
  const server = new PGLiteSocketServer({ db, port: 0, host: '127.0.0.1', maxConnections: 100 });
  await server.start();
  return `postgres://postgres@${server.getServerConn()}/postgres`;
};

const databaseURI = values.database ?? (await startDatabase());
const origin = `http://127.0.0.1:${values.port}`;
const mail = [];
const keep = (kind) => async (facts) => void mail.push({ kind, to: facts.user.get('email'), link: facts.link });
const emailAdapter = {
  module: {
    sendMail: async (letter) => void mail.push({ kind: 'mail', ...letter }),
    sendVerificationEmail: keep('verifyEmail'),
    sendPasswordResetEmail: keep('resetPassword'),
  },
};
const options = {
  databaseURI,
  appId: 'APPLICATION_ID',
  masterKey: 'MASTER_KEY',
  appName: 'real',
  serverURL: `${origin}/parse`,
  publicServerURL: `${origin}/parse`,
  emailAdapter,
  ...(cloud && { cloud }),
  ...JSON.parse(values.options),
  silent: true,
  verbose: false,
};

const startParse = async (parse) => {
  if (Number.parseInt(version, 10) >= 6) {
    const server = new parse.ParseServer(options);
    await server.start();
    return server;
  }
  return new Promise((done, fail) => {
    const server = new parse.default({
      ...options,
      serverStartComplete: (error) => (error ? fail(error) : done(server)),
    });
  });
};

const parse = require('parse-server');
const server = await startParse(parse);
const graphQL = new parse.ParseGraphQLServer(server, { graphQLPath: '/graphql', playgroundPath: '/playground' });
const app = requireFromParse('express')();
app.get('/__mail', (_request, response) => void response.json(mail));
app.use('/parse', server.app);
graphQL.applyGraphQL(app);
app.listen(Number(values.port), '127.0.0.1', () => {
  console.log(`Parse Server ${version} is up: ${origin}/parse, GraphQL at ${origin}/graphql. Ctrl-C stops it.`);
});
