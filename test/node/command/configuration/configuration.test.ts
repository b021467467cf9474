import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCommandLine } from '../../../../src/node/command/command-line.ts';
import type { Environment } from '../../../../src/node/command/configuration/environment.ts';
import { readSettings, type Settings } from '../../../../src/node/command/settings.ts';
import { newFolder } from '../../../support/folder.ts';

const file = async (name: string, content: unknown, folder?: string): Promise<string> => {
  const path = join(folder ?? (await newFolder()), name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

/** The settings, without the note of where each option comes from. */
const settings = async (argv: readonly string[], environment: Environment = {}): Promise<Settings> => {
  const read = await readSettings(readCommandLine(argv), environment);
  return { ...read, options: Object.fromEntries(Object.entries(read.options)) };
};

/** As the README of Parse Server has it. */
const BASIC = {
  databaseURI: 'mongodb://localhost:27017/dev',
  cloud: './cloud/main.js',
  appId: 'myAppId',
  masterKey: 'myMasterKey',
  fileKey: 'optionalFileKey',
  serverURL: 'http://localhost:1337/parse',
};

describe('a configuration of Parse Server', () => {
  it('counts as it is, and what makes no difference is named', async () => {
    const { options, ignored } = await settings(['--config', await file('parse.json', BASIC)]);
    const { databaseURI, fileKey, ...taken } = BASIC;
    expect(options).toEqual(taken);
    expect(ignored).toEqual(['databaseURI', 'fileKey']);
  });

  it('is named by a word alone, as for parse-server, and by a command, too', async () => {
    const path = await file('configuration.json', { appId: 'mine', port: 4000, host: '0.0.0.0' });
    expect(await settings([path])).toMatchObject({ port: 4000, host: '0.0.0.0', options: { appId: 'mine' } });
    expect((await settings(['schema', path])).options).toEqual({ appId: 'mine' });
  });

  it('may be in the form for several applications, if it has one', async () => {
    const one = await file('one.json', { apps: [{ appId: 'mine', masterKey: 'key' }] });
    expect((await settings([one])).options).toEqual({ appId: 'mine', masterKey: 'key' });
    const two = await file('two.json', { apps: [{ appId: 'a' }, { appId: 'b' }] });
    await expect(settings([two])).rejects.toThrow('it lists 2 applications. Parse Server takes one');
    const ours = await file('ours.json', { apps: ['a', 'b'] });
    expect((await settings([ours])).options).toEqual({ apps: ['a', 'b'] });
  });

  it.each([
    ['config.cjs', 'module.exports = CONFIG;'],
    ['config.mjs', 'export default CONFIG;'],
    ['config.mjs', 'export const config = CONFIG;'],
    ['index.cjs', 'module.exports = { app: () => {}, config: CONFIG };'],
    ['config.cjs', 'module.exports = async () => (CONFIG);'],
  ])('may be a module: %s %s', async (name, text) => {
    const config = `{ appId: 'myAppId', masterKey: process.env.NO_SUCH_KEY || '', liveQuery: { classNames: ['Posts'] },
      passwordPolicy: { validatorPattern: /^(?=.*[a-z])(?=.*[0-9])(?=.{8,})/, maxPasswordHistory: 5 },
      verifyUserEmails: async () => true, accountLockout: { duration: 5, threshold: 3 } }`;
    const { options } = await settings([await file(name, text.replace('CONFIG', config))]);
    expect(options).toEqual({
      appId: 'myAppId',
      liveQuery: { classNames: ['Posts'] },
      passwordPolicy: { validatorPattern: expect.any(RegExp), maxPasswordHistory: 5 },
      verifyUserEmails: expect.any(Function),
      accountLockout: { duration: 5, threshold: 3 },
    });
  });

  it('asks a function for the master key', async () => {
    const path = await file('config.mjs', "export default { masterKey: async () => 'told', masterKeyTtl: 60 };");
    expect(await settings([path])).toMatchObject({ options: { masterKey: 'told' }, ignored: ['masterKeyTtl'] });
  });

  it('says which module fails, and how', async () => {
    const path = await file('config.mjs', "throw new Error('no vault');");
    await expect(settings([path])).rejects.toThrow(`Failed to read ${path}: no vault`);
    await expect(settings([await file('list.json', [])])).rejects.toThrow('it has no object with options');
  });

  it('loses members for a server of several machines, and names them', async () => {
    const path = await file('parse.json', {
      liveQuery: { classNames: ['Todo'], redisURL: 'redis://localhost:6379' },
      rateLimit: [{ requestPath: '/login', requestCount: 1, requestTimeWindow: 1000, redisUrl: 'redis://a' }],
      pages: { enableRouter: true, forceRedirect: true, enableLocalization: false, customRoutes: [] },
      fileUpload: { enableForPublic: true, allowedFileUrlDomains: ['*'] },
    });
    const { options, ignored } = await settings([path]);
    expect(ignored).toEqual(['liveQuery.redisURL', 'rateLimit.redisUrl', 'pages.enableRouter']);
    expect(options).toEqual({
      liveQuery: { classNames: ['Todo'] },
      rateLimit: [{ requestPath: '/login', requestCount: 1, requestTimeWindow: 1000 }],
      pages: { forceRedirect: true },
      fileUpload: { enableForPublic: true },
    });
  });

  it('is refused where clients would notice what is missing, all of it at once', async () => {
    const path = await file('parse.json', {
      query: { aggregationRawValues: true },
      pages: { enableLocalization: true },
    });
    const message = `Failed to start: ${path}: query, pages.enableLocalization are options that clients would notice, and the emulator does not have. Start without with --without query,pages.enableLocalization`;
    await expect(settings([path])).rejects.toThrow(message);
    const without = await settings([path, '--without', 'query,pages.enableLocalization']);
    expect(without.options).toEqual({ pages: {} });
  });

  it('may say what the emulator does anyway', async () => {
    const path = await file('parse.json', {
      ...{ customPages: {}, installation: { duplicateDeviceTokenAction: 'delete' } },
      ...{ mountGraphQL: true, mountPlayground: true },
    });
    expect(await settings([path])).toMatchObject({ options: {}, ignored: [] });
  });

  it('may hold text for numbers and flags', async () => {
    const path = await file('parse.json', { sessionLength: '3600', verifyUserEmails: 'true', maxUploadSize: 1000 });
    const expected = { sessionLength: 3600, verifyUserEmails: true, maxUploadSize: '1000' };
    expect((await settings([path])).options).toEqual(expected);
  });

  it('names a schema of its own for GraphQL', async () => {
    const schema = await file('schema.graphql', 'extend type Query { hello: String! @resolve }');
    const { options } = await settings(['--graphQLSchema', schema]);
    expect(options.typeDefs).toContain('hello: String!');
  });

  it('is still checked', async () => {
    const path = await file('parse.json', { ...BASIC, verifyUserEmail: true });
    await expect(settings([path])).rejects.toThrow(
      `${path}: there is no option "verifyUserEmail". Did you mean "verifyUserEmails"?`,
    );
  });
});

describe('the command line of Parse Server', () => {
  it('is understood', async () => {
    const line =
      '--appId APPLICATION_ID --masterKey KEY --databaseURI mongodb://localhost/test --mountGraphQL --mountPlayground --graphQLPath /api/graphql --playgroundPath /try --mountPath /api --publicServerURL http://localhost:1337/api --port 1338 --logLevel info --cluster 4 --silent';
    const { options, ignored, port } = await settings(line.split(' '));
    expect(options).toEqual({
      appId: 'APPLICATION_ID',
      masterKey: 'KEY',
      graphQLPath: '/api/graphql',
      playgroundPath: '/try',
      mountPath: '/api',
      publicServerURL: 'http://localhost:1337/api',
    });
    expect(ignored.toSorted()).toEqual(['cluster', 'databaseURI', 'logLevel', 'silent']);
    expect(port).toBe(1338);
  });

  it('is refused where clients would notice', async () => {
    await expect(settings(['--middleware', './m.js'])).rejects.toThrow('the command line: middleware is an option');
  });
});

describe('the environment of Parse Server', () => {
  it('counts, as text', async () => {
    const { options, ignored, port } = await settings([], {
      PARSE_SERVER_APPLICATION_ID: 'mine',
      PARSE_SERVER_MASTER_KEY: 'key',
      PARSE_SERVER_DATABASE_URI: 'postgres://a/b',
      PARSE_SERVER_URL: 'http://localhost:1338/parse',
      PARSE_PUBLIC_SERVER_URL: 'https://a.example/parse',
      PARSE_SERVER_ENABLE_ANON_USERS: '0',
      PARSE_SERVER_VERIFY_USER_EMAILS: '1',
      PARSE_SERVER_SESSION_LENGTH: '60',
      PARSE_SERVER_MASTER_KEY_IPS: '127.0.0.1, ::1',
      PARSE_SERVER_PASSWORD_POLICY: '{"doNotAllowUsername":true}',
      PARSE_SERVER_GRAPHQL_PATH: '/gql',
      PORT: '1338',
      HOME: '/root',
    });
    expect(options).toEqual({
      appId: 'mine',
      masterKey: 'key',
      serverURL: 'http://localhost:1338/parse',
      publicServerURL: 'https://a.example/parse',
      enableAnonymousUsers: false,
      verifyUserEmails: true,
      sessionLength: 60,
      masterKeyIps: ['127.0.0.1', '::1'],
      passwordPolicy: { doNotAllowUsername: true },
      graphQLPath: '/gql',
    });
    expect({ ignored, port }).toEqual({ ignored: ['databaseURI'], port: 1338 });
  });

  it('stands behind flags and before files', async () => {
    const path = await file('parse.json', { appId: 'file', masterKey: 'file', clientKey: 'file', port: 1 });
    const environment = { PARSE_SERVER_APPLICATION_ID: 'env', PARSE_SERVER_MASTER_KEY: 'env' };
    const { options, port } = await settings([path, '--appId', 'flag'], environment);
    expect({ ...options, port }).toEqual({ appId: 'flag', masterKey: 'env', clientKey: 'file', port: 1 });
  });

  it('names the variable that is wrong', async () => {
    await expect(settings([], { PARSE_SERVER_SESSION_LENGTH: 'long' })).rejects.toThrow(
      'the environment: sessionLength must be a number above 0, not "long"',
    );
  });

  it('says nothing by PORT alone, nor by what exec lends its command', async () => {
    const lent = { PARSE_EMULATOR_URL: 'http://127.0.0.1:5000', PARSE_SERVER_URL: 'http://127.0.0.1:5000/parse' };
    expect(await settings([], { PORT: '3000', ...lent })).toMatchObject({ port: 1337, options: {} });
  });
});

describe('the example project of Parse Server', () => {
  it('has a configuration that starts', async () => {
    const folder = await newFolder();
    await mkdir(join(folder, 'cloud'));
    const main = await file('cloud/main.js', "Parse.Cloud.define('hello', () => 'Hi');", folder);
    const path = await file(
      'config.mjs',
      `export const config = { databaseURI: process.env.NO_SUCH || 'mongodb://localhost:27017/dev', cloud: ${JSON.stringify(main)},
        appId: process.env.NO_SUCH || 'myAppId', masterKey: process.env.NO_SUCH || '', serverURL: 'http://localhost:1337/parse',
        liveQuery: { classNames: ['Posts', 'Comments'] } };`,
      folder,
    );
    expect(await settings([path])).toMatchObject({
      options: { appId: 'myAppId', cloud: main },
      ignored: ['databaseURI'],
    });
  });
});
