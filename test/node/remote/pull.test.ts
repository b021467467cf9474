import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createEmulator } from '../../../src/index.ts';
import { main } from '../../../src/node/command/cli.ts';
import { type FixtureRow, type PullOptions, pull } from '../../../src/node/remote/pull/pull.ts';
import { type ServerOptions, startServer } from '../../../src/node/server/serve.ts';
import { newFolder } from '../../support/folder.ts';
import { serveJson } from './fake-server.ts';

const KEYS = { appId: 'mine', masterKey: 'of the server' };
const pointer = (objectId: string, className = '_User') => ({ __type: 'Pointer', className, objectId });
const everybody = { '*': true };

const FIXTURES = {
  schemas: [
    {
      className: 'Todo',
      fields: {
        title: { type: 'String', required: true },
        status: { type: 'String' },
        owner: { type: 'Pointer', targetClass: '_User' },
        parent: { type: 'Pointer', targetClass: 'Todo' },
        friends: { type: 'Relation', targetClass: '_User' },
      },
      classLevelPermissions: { find: everybody, get: everybody, protectedFields: { '*': ['status'] } },
    },
    { className: '_User', fields: { phone: { type: 'String' } } },
  ],
  _User: ['ann', 'bob', 'cid'].map((username) => ({
    objectId: `user${username}`,
    username,
    password: 'hers',
    email: `${username}@corp.example.com`,
    phone: '+49 170 123',
  })),
  _Role: [{ name: 'admin', ACL: {}, users: [pointer('userann'), pointer('usercid')] }],
  Todo: [
    {
      objectId: 'todo1',
      title: 'Call Jane Doe',
      status: 'open',
      owner: pointer('userann'),
      parent: pointer('todo3', 'Todo'),
    },
    {
      objectId: 'todo2',
      title: 'Call Jane Doe',
      status: 'done',
      ACL: { userbob: { read: true }, 'role:admin': { read: true } },
    },
    { objectId: 'todo3', title: 'https://jane.example.com/a?b=1', friends: [pointer('userbob'), pointer('usercid')] },
  ],
};

const serveFixtures = async (options: ServerOptions = {}): Promise<string> => {
  const server = await startServer({
    ...{ ...KEYS, bcryptRounds: 4, port: 0, seed: FIXTURES },
    ...options,
  });
  onTestFinished(() => server.close());
  return server.url;
};

const rowsOf = async (options: Omit<PullOptions, 'appId' | 'masterKey'>): Promise<FixtureRow[]> => {
  const { fixtures } = await pull({ ...KEYS, ...options });
  const rows: FixtureRow[] = [];
  for await (const page of fixtures()) rows.push(...page);
  return rows;
};

const ids = (rows: readonly FixtureRow[]): unknown[] =>
  rows
    .map(({ className, objectId, owningId, relatedId }) => `${className} ${objectId ?? `${owningId} ${relatedId}`}`)
    .sort();

describe('pull', () => {
  it('sees version, classes, permissions and parameters, and writes nothing', async () => {
    const from = await serveFixtures();
    const { picture } = await pull({ from, ...KEYS });
    expect(picture).toMatchObject({ parseVersion: '9.10', appId: 'mine' });
    const todo = picture.schemas.find(({ className }) => className === 'Todo');
    expect(todo).toMatchObject(FIXTURES.schemas[0] ?? {});
    expect(Object.keys(todo?.fields ?? {})).not.toContain('createdAt');
  });

  it('closes rows under what they lead to', async () => {
    const from = await serveFixtures();
    expect(ids(await rowsOf({ from, classes: ['Todo'], rows: 1 }))).toEqual([
      'Todo todo1',
      'Todo todo3',
      expect.stringMatching(/^_Join:users:_Role \w+ userann$/),
      expect.stringMatching(/^_Role \w+$/),
      '_User userann',
    ]);
    expect(ids(await rowsOf({ from, classes: ['Todo'], users: 3 }))).toEqual([
      ...['Todo todo1', 'Todo todo2', 'Todo todo3'],
      '_Join:friends:Todo todo3 userbob',
      '_Join:friends:Todo todo3 usercid',
      expect.stringMatching(/^_Join:users:_Role \w+ userann$/),
      expect.stringMatching(/^_Join:users:_Role \w+ usercid$/),
      expect.stringMatching(/^_Role \w+$/),
      ...['_User userann', '_User userbob', '_User usercid'],
    ]);
  });

  it('tells nobody who they were, and keeps shapes, lengths and what is asked for', async () => {
    const from = await serveFixtures();
    const rows = await rowsOf({ from, classes: ['Todo'], users: 3, keep: ['Todo.status'] });
    const text = JSON.stringify(rows);
    for (const secret of ['Jane', 'corp', '"ann"', '170', 'hers', 'jane']) expect(text).not.toContain(secret);
    const todos = rows.filter(({ className }) => className === 'Todo');
    expect(todos.map(({ title }) => title)).toEqual([
      expect.stringMatching(/^[A-Z][a-z]{3} [A-Z][a-z]{3} [A-Z][a-z]{2}$/),
      todos[0]?.['title'],
      expect.stringMatching(/^https:\/\/\w{4}\w*\.test\/\w\?\w=\d$/),
    ]);
    expect(todos.map(({ status }) => status)).toEqual(['open', 'done', undefined]);
    const users = rows.filter(({ className }) => className === '_User');
    expect(users.map(({ email }) => String(email).length)).toEqual([20, 20, 20]);
    expect(new Set(users.map(({ username }) => username)).size).toBe(3);
    expect(users[0]).toMatchObject({
      email: expect.stringMatching(/^\w{3}@\w{11}\.test$/),
      phone: expect.stringMatching(/^\+\d\d \d{3} \d{3}$/),
    });
  });

  it('comes to the same rows each time, which nobody can try out without the key', async () => {
    const from = await serveFixtures();
    const first = await rowsOf({ from, users: 3 });
    expect(await rowsOf({ from, users: 3 })).toEqual(first);
    const other = await serveFixtures({ masterKey: 'another' });
    const names = (rows: readonly FixtureRow[]): unknown[] => rows.map(({ username }) => username);
    const { fixtures } = await pull({ from: other, appId: 'mine', masterKey: 'another', users: 3 });
    for await (const page of fixtures()) expect(names(page)).not.toEqual(names(first));
  });

  it('makes fixtures that a user logs in with', async () => {
    const from = await serveFixtures();
    const { picture } = await pull({ from, ...KEYS });
    const rows = await rowsOf({ from, users: 1, password: 'printed', keep: ['username'] });
    const emulator = createEmulator();
    await emulator.seed({ schemas: picture.schemas });
    await emulator.seed(rows);
    const headers = { 'X-Parse-Application-Id': 'APPLICATION_ID' };
    const answer = await emulator.fetch('http://localhost:1337/parse/login?username=ann&password=printed', { headers });
    expect(await answer.json()).toMatchObject({ username: 'ann', objectId: 'userann' });
  });

  it('refuses a class that is not there, and numbers that are none', async () => {
    const from = await serveFixtures();
    await expect(pull({ from, ...KEYS, classes: ['Tood'] })).rejects.toThrow(
      'the server has no class Tood. It has Todo, ',
    );
    await expect(pull({ from, ...KEYS, users: -1 })).rejects.toThrow('users must be a whole number from 0, not -1');
  });

  it('holds no more than a page of rows at once, however many there are', async () => {
    const total = 1250;
    const asked: number[] = [];
    const from = await serveJson((path, query) => {
      if (path === '/serverInfo') return { parseServerVersion: '8.6.94' };
      if (path === '/schemas') return { results: [{ className: 'Big', fields: {} }] };
      if (path === '/config') return { params: {} };
      if (path !== '/classes/Big') return { results: [] };
      if (query.has('count')) return { results: [], count: total };
      const last = Number(JSON.parse(query.get('where') ?? '{}').objectId?.$gt ?? -1);
      const limit = Number(query.get('limit'));
      asked.push(limit);
      const page = Array.from({ length: Math.min(limit, total - last - 1) }, (_, i) => ({
        objectId: String(last + 1 + i).padStart(10, '0'),
      }));
      return { results: page };
    });
    const seen: number[] = [];
    const progress: number[] = [];
    const { fixtures } = await pull({
      from,
      ...KEYS,
      classes: ['*'],
      rows: 100_000,
      onProgress: ({ done }) => progress.push(done),
    });
    for await (const page of fixtures()) seen.push(page.length);
    expect(seen.filter((size) => size > 0)).toEqual([250, 250, 250, 250, 250]);
    expect(Math.max(...asked)).toBe(250);
    expect(progress).toEqual([250, 500, 750, 1000, 1250]);
  });
});

type Run = { readonly code: number; readonly out: string; readonly errors: string; readonly bars: readonly string[] };

const run = async (argv: readonly string[], environment: { readonly [name: string]: string } = {}): Promise<Run> => {
  const [out, errors, bars]: [string[], string[], string[]] = [[], [], []];
  const code = await main(argv, {
    print: (text) => out.push(text),
    warn: (text) => errors.push(text),
    redraw: (text) => bars.push(text),
    untilStopped: () => new Promise(() => undefined),
    environment,
  });
  return { code, out: out.join('\n'), errors: errors.join('\n'), bars };
};

describe('the command pull', () => {
  const environment = { PARSE_APPLICATION_ID: 'mine', PARSE_MASTER_KEY: 'of the server' };

  it('writes what starts the emulator, and shows what changed since', async () => {
    const from = await serveFixtures();
    const out = join(await newFolder(), 'parse.config.json');
    const first = await run(['pull', '--from', from, '--out', out, '--users', '2', '--classes', 'Todo'], environment);
    expect(first).toMatchObject({ code: 0, errors: '' });
    expect(first.out).toContain('Parse Server 9.10, ');
    expect(first.out).toContain('rows, made anonymous; the password of all users is secret');
    expect(first.bars[0]).toMatch(/^█+░* \d of \d _User$/);
    expect(first.bars.at(-1)).toBe('');
    const text = await readFile(out, 'utf8');
    expect(text).not.toContain('of the server');
    expect((await run(['schema', '--config', out])).out).toContain('type Todo implements ParseObject & Node');

    expect(await run(['pull', '--from', from, '--out', out, '--check'], environment)).toMatchObject({
      code: 0,
      out: 'Nothing has changed since the last pull.',
    });
    const { schemas, ...rest } = JSON.parse(text);
    const [, ...others] = schemas;
    const [todo] = schemas;
    const { title: _, ...fields } = todo.fields;
    await writeFile(
      out,
      JSON.stringify({
        ...rest,
        sessionLength: 60,
        schemas: [{ ...todo, fields: { ...fields, gone: { type: 'Date' } } }, ...others],
      }),
    );
    const check = await run(['pull', '--from', from, '--out', out, '--check'], environment);
    expect(check).toMatchObject({ code: 1, out: '+ Todo.title: String, required\n- Todo.gone' });
    await run(['pull', '--from', from, '--out', out], environment);
    expect(JSON.parse(await readFile(out, 'utf8'))).toMatchObject({ sessionLength: 60, schemas });
  });

  it('asks for the key where there is none, and says what is missing', async () => {
    expect(await run(['pull', '--from', 'http://localhost:2'])).toMatchObject({ code: 2 });
    expect((await run(['pull', '--from', 'http://localhost:2'])).errors).toContain(
      'put it into the variable PARSE_MASTER_KEY',
    );
    expect((await run(['pull'])).errors).toContain('--from is missing, such as --from https://api.example.com/parse');
    expect((await run(['pull', '--from', 'x', '--users', 'many'])).errors).toContain(
      '--users must be a whole number, not "many"',
    );
    expect((await run(['pull', '--help'])).out).toContain('--keep FIELDS');
  });

  it('leaves what there was when the server breaks off', async () => {
    const from = await serveJson((path, query) => {
      if (path === '/serverInfo') return { parseServerVersion: '9.10.0' };
      if (path === '/schemas') return { results: [{ className: 'Todo', fields: {} }] };
      if (path === '/config') return { params: {} };
      if (query.has('count')) return { results: [], count: 5 };
      return query.get('where')?.includes('$gt') ? '<h1>Bad Gateway</h1>' : { results: [{ objectId: 'a' }] };
    });
    const folder = await newFolder();
    const out = join(folder, 'parse.config.json');
    await writeFile(out, '{"mine": true}');
    const { code, errors } = await run(['pull', '--from', from, '--out', out, '--classes', 'Todo'], environment);
    expect({ code, errors }).toMatchObject({
      code: 1,
      errors: expect.stringContaining('it answers text/html in place of JSON'),
    });
    expect(await readFile(out, 'utf8')).toBe('{"mine": true}');
  });
});
