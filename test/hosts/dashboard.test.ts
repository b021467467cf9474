import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEmulator, type Emulator } from '../../src/emulator.ts';

/**
 * The calls of the Parse Dashboard 9.2.0, as docs/dashboard/dashboard.mjs saw them: all are POSTs without a preflight, and
 * the body says which method is meant.
 */
const CREDENTIALS = {
  _ApplicationId: 'APPLICATION_ID',
  _ClientVersion: 'js8.5.0',
  _InstallationId: '6845beef-c295-4553-b164-249e7a9b1650',
  _MasterKey: 'MASTER_KEY',
};
const COUNT = { where: {}, limit: 0, count: 1, _method: 'GET' };
const PAGE = { where: {}, limit: 100, order: '-createdAt', _method: 'GET' };

type Call = { readonly path: string; readonly body: object; readonly answer: unknown };

const CALLS: { readonly [step: string]: Call } = {
  'asks what the server is': {
    path: '/serverInfo',
    body: { _method: 'GET' },
    answer: {
      parseServerVersion: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      features: { schemas: { addField: true, removeField: true, addClass: true, editClassLevelPermissions: true } },
    },
  },
  'asks for the classes': {
    path: '/schemas/',
    body: { _method: 'GET' },
    answer: {
      results: expect.arrayContaining([
        {
          className: '_User',
          fields: expect.objectContaining({ username: { type: 'String' }, ACL: { type: 'ACL' } }),
          classLevelPermissions: expect.objectContaining({ find: { '*': true }, addField: { '*': true } }),
        },
      ]),
    },
  },
  'asks for the configuration': {
    path: '/config',
    body: { _method: 'GET' },
    answer: { params: {} },
  },
  'looks for settings of its own, in a class that need not be there': {
    path: '/classes/DashboardConfig',
    body: {
      where: { appId: 'APPLICATION_ID', key: 'browser.panels.settings', user: { $exists: false } },
      limit: 1,
      _method: 'GET',
    },
    answer: { results: [] },
  },
  'counts the users': { path: '/classes/_User', body: COUNT, answer: { results: [], count: 7 } },
  'lists the users': {
    path: '/classes/_User',
    body: PAGE,
    answer: {
      results: expect.arrayContaining([
        {
          objectId: expect.any(String),
          createdAt: expect.any(String),
          updatedAt: expect.any(String),
          ACL: expect.any(Object),
          username: 'noemail',
          displayName: 'Noel Mail',
        },
      ]),
    },
  },
  'edits a user': {
    path: '/classes/_User/OBJECT_ID',
    body: { username: 'johnny', _method: 'PUT' },
    answer: { updatedAt: expect.any(String) },
  },
  'adds a field': {
    path: '/schemas/_User',
    body: { className: '_User', fields: { nickname: { type: 'String', required: false } }, _method: 'PUT' },
    answer: { className: '_User', fields: { nickname: { type: 'String', required: false } } },
  },
  'lists the roles': {
    path: '/classes/_Role',
    body: PAGE,
    answer: {
      results: expect.arrayContaining([
        expect.objectContaining({
          name: 'admin',
          users: { __type: 'Relation', className: '_User' },
          roles: { __type: 'Relation', className: '_Role' },
        }),
      ]),
    },
  },
  'lists the sessions': {
    path: '/classes/_Session',
    body: PAGE,
    answer: {
      results: [
        expect.objectContaining({
          sessionToken: expect.stringMatching(/^r:/),
          user: { __type: 'Pointer', className: '_User', objectId: expect.any(String) },
          expiresAt: { __type: 'Date', iso: expect.any(String) },
        }),
      ],
    },
  },
};

const SIGN_UP =
  'mutation SignUp { signUp(input: { fields: { username: "somefolks", password: "somepassword" } }) { viewer { user { username } sessionToken } } }';

describe('the Parse Dashboard', () => {
  let emulator: Emulator;
  let objectId: string;

  const post = async (path: string, body: object, headers: { [name: string]: string } = {}): Promise<unknown> => {
    const request = new Request(`http://localhost:1337${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'text/plain', ...headers },
      body: JSON.stringify(body),
    });
    const response = await emulator.fetch(request);
    expect(response.status).toBe(200);
    return response.json();
  };

  beforeAll(async () => {
    emulator = createEmulator({ bcryptRounds: 4 });
    await emulator.seed(JSON.parse(await readFile(new URL('../../fixtures/demo.json', import.meta.url), 'utf8')));
    const johndoe = { username: 'johndoe', password: 'ASuperStrongPassword' };
    objectId = ((await post('/parse/login', { ...CREDENTIALS, ...johndoe })) as { objectId: string }).objectId;
  });

  afterAll(() => emulator.close());

  it.each(Object.entries(CALLS))('%s', async (_step, { path, body, answer }) => {
    const sent = { ...body, ...CREDENTIALS };
    expect(await post(`/parse${path.replace('OBJECT_ID', objectId)}`, sent)).toMatchObject(answer as object);
  });

  it('signs somebody up in its GraphQL console', async () => {
    const headers = {
      'Content-Type': 'application/json',
      'X-Parse-Application-Id': 'APPLICATION_ID',
      'X-Parse-Master-Key': 'MASTER_KEY',
    };
    expect(await post('/graphql', { query: SIGN_UP }, headers)).toEqual({
      data: {
        signUp: {
          viewer: { user: { username: 'somefolks' }, sessionToken: expect.stringMatching(/^r:[0-9a-f]{32}$/) },
        },
      },
    });
  });
});
