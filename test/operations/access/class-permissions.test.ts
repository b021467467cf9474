import { beforeEach, describe, expect, it } from 'vitest';
import type { ClassSchema } from '../../../src/index.ts';
import {
  type Answer,
  type Asker,
  type Client,
  createClient,
  PUBLIC_READ,
  type SignedUp,
} from '../../support/graphql-client.ts';

type Permissions = NonNullable<ClassSchema['classLevelPermissions']>;

const ANYBODY = { '*': true } as const;
const OPEN: Permissions = {
  find: ANYBODY,
  get: ANYBODY,
  count: ANYBODY,
  create: ANYBODY,
  update: ANYBODY,
  delete: ANYBODY,
  addField: ANYBODY,
};
const ASKERS = ['nobody', 'ann', 'bob', 'master'];

let client: Client;
let ann: SignedUp;
let bob: SignedUp;
let todo: { id: string; objectId: string };

const asker = (name: string): Asker => ({ nobody: undefined, master: 'master' as const, ann, bob })[name];

beforeEach(async () => {
  client = createClient();
  ann = await client.signUp('ann');
  bob = await client.signUp('bob');
  await client.create('Role', { name: 'staff', ACL: PUBLIC_READ, users: { add: [bob.id] } });
  const fields: ClassSchema['fields'] = {
    title: { type: 'String' },
    owner: { type: 'Pointer', targetClass: '_User' },
    team: { type: 'Array' },
  };
  await client.putClass({ className: 'Todo', fields });
  const team = [{ __type: 'Pointer', className: '_User', objectId: bob.objectId }];
  todo = await client.create('Todo', { title: 'a', owner: { link: ann.id }, team });
});

const put = (permissions: Permissions): Promise<void> =>
  client.putClass({ className: 'Todo', fields: {}, classLevelPermissions: permissions });

const OPERATIONS: { readonly [operation: string]: (name: string) => Promise<Answer> } = {
  find: (name) => client.ask('{ todos { edges { node { title } } } }', {}, asker(name)),
  get: (name) => client.ask('query ($id: ID!) { todo(id: $id) { title } }', { id: todo.id }, asker(name)),
  count: (name) => client.ask('{ todos { count } }', {}, asker(name)),
  create: (name) => client.ask('mutation { createTodo(input: {}) { todo { id } } }', {}, asker(name)),
  update: (name) =>
    client.ask(
      'mutation ($id: ID!) { updateTodo(input: { id: $id, fields: { title: "b" } }) { todo { id } } }',
      { id: todo.id },
      asker(name),
    ),
  delete: (name) =>
    client.ask('mutation ($id: ID!) { deleteTodo(input: { id: $id }) { todo { id } } }', { id: todo.id }, asker(name)),
};

const outcomes = async (operation: string): Promise<{ [name: string]: unknown }> => {
  const found: { [name: string]: unknown } = {};
  for (const name of ASKERS) {
    if (operation === 'delete' && name === 'master') continue; // it would leave nothing
    const { error } = (await OPERATIONS[operation]?.(name)) ?? {};
    found[name] = error ? error.code : 'ok';
  }
  return found;
};

describe('a class can be', () => {
  it.each(['find', 'count', 'create', 'update', 'delete'])(
    'closed for %s to all but the master key',
    async (operation) => {
      await put({ ...OPEN, [operation]: {} });
      expect(await outcomes(operation)).toMatchObject({ nobody: 119, ann: 119, bob: 119 });
    },
  );

  it.each(['find', 'count', 'create', 'update', 'delete'])(
    'kept for %s to those who are logged in',
    async (operation) => {
      await put({ ...OPEN, [operation]: { requiresAuthentication: true } });
      const found = await outcomes(operation);
      expect(found).toMatchObject({ nobody: 101, ann: 'ok' });
    },
  );

  it.each(['find', 'get', 'count', 'create', 'update'])('kept for %s to a role, or to a user', async (operation) => {
    await put({ ...OPEN, [operation]: { 'role:staff': true } });
    expect(await outcomes(operation)).toEqual({ nobody: 119, ann: 119, bob: 'ok', master: 'ok' });
    await put({ ...OPEN, [operation]: { [ann.objectId]: true } });
    expect(await outcomes(operation)).toEqual({ nobody: 119, ann: 'ok', bob: 119, master: 'ok' });
  });

  it.each(['get', 'update'])('open for %s to the users that its objects point at', async (operation) => {
    await put({ ...OPEN, [operation]: { pointerFields: ['owner'] } });
    expect(await outcomes(operation)).toEqual({ nobody: 101, ann: 'ok', bob: 101, master: 'ok' });
  });

  it('listed to the users that its objects point at, one object at a time', async () => {
    await put({ ...OPEN, find: { pointerFields: ['owner'] } });
    const list = async (name: string) =>
      (await client.ask('{ todos { edges { node { title } } } }', {}, asker(name))).data;
    expect(await list('ann')).toEqual({ todos: { edges: [{ node: { title: 'a' } }] } });
    for (const name of ['nobody', 'bob']) expect(await list(name)).toEqual({ todos: { edges: [] } });
  });

  it('open to the users in a list, or that readUserFields and writeUserFields name', async () => {
    await put({ ...OPEN, get: { pointerFields: ['team'] } });
    expect(await outcomes('get')).toEqual({ nobody: 101, ann: 101, bob: 'ok', master: 'ok' });
    await put({ readUserFields: ['owner'], writeUserFields: ['team'] });
    expect(await outcomes('get')).toEqual({ nobody: 101, ann: 'ok', bob: 101, master: 'ok' });
  });

  it('closed where its permissions do not say: an operation that is not named is closed', async () => {
    await put({ get: ANYBODY });
    for (const operation of ['find', 'count', 'create', 'update']) {
      expect(await outcomes(operation)).toEqual({ nobody: 119, ann: 119, bob: 119, master: 'ok' });
    }
  });

  it('closed to new fields, which REST clients else bring along', async () => {
    const save = async (name: string) => {
      const headers = {
        'X-Parse-Application-Id': 'APPLICATION_ID',
        'Content-Type': 'application/json',
        ...(name === 'master' && { 'X-Parse-Master-Key': 'MASTER_KEY' }),
      };
      const body = JSON.stringify({ [`new${name}`]: 1 });
      const response = await client.emulator.fetch(
        new Request('http://localhost:1337/parse/classes/Todo', { method: 'POST', headers, body }),
      );
      return response.status;
    };
    expect(await save('nobody')).toBe(201);
    await put({ ...OPEN, addField: {} });
    expect([await save('somebody'), await save('master')]).toEqual([400, 201]);
    expect(client.emulator.printSchema()).not.toContain('newsomebody');
  });

  it('one that gives its objects an ACL', async () => {
    await put({ ...OPEN, ACL: { '*': { read: true }, currentUser: { read: true, write: true } } });
    const { data } = await client.ask(
      'mutation { createTodo(input: {}) { todo { ACL { public { read write } users { userId write } } } } }',
      {},
      ann,
    );
    expect(data).toEqual({
      createTodo: { todo: { ACL: { public: { read: true, write: false }, users: [{ userId: ann.id, write: true }] } } },
    });
  });
});

describe('protected fields', () => {
  const seen = async (name: string) =>
    (
      (await client.ask('query ($id: ID!) { todo(id: $id) { title } }', { id: todo.id }, asker(name))).data as {
        todo: { title: string | null };
      }
    ).todo.title;

  const seers = async (): Promise<string[]> => {
    const titles = await Promise.all(ASKERS.map(async (name) => [name, await seen(name)] as const));
    return titles.flatMap(([name, title]) => (title === null ? [] : [name]));
  };

  it.each<[string, () => Permissions['protectedFields'] & object, string[]]>([
    ['everybody', () => ({ '*': ['title'] }), ['master']],
    ['everybody but a role', () => ({ '*': ['title'], 'role:staff': [] }), ['bob', 'master']],
    ['everybody but a user', () => ({ '*': ['title'], [ann.objectId]: [] }), ['ann', 'master']],
    ['everybody but those who are logged in', () => ({ '*': ['title'], authenticated: [] }), ['ann', 'bob', 'master']],
    [
      'everybody but the user that a field points at',
      () => ({ '*': ['title'], 'userField:owner': [] }),
      ['ann', 'master'],
    ],
    ['everybody but the users in a list', () => ({ '*': ['title'], 'userField:team': [] }), ['bob', 'master']],
    ['those who are logged in', () => ({ authenticated: ['title'] }), ['nobody', 'master']],
  ])('are hidden from %s', async (_, protectedFields, who) => {
    await put({ ...OPEN, protectedFields: protectedFields() });
    expect(await seers()).toEqual(who);
  });

  it('can neither be searched nor ordered by', async () => {
    await put({ ...OPEN, protectedFields: { '*': ['title'] } });
    for (const query of [
      '{ todos(where: { title: { equalTo: "a" } }) { count } }',
      '{ todos(order: [title_ASC]) { edges { node { id } } } }',
    ]) {
      expect((await client.ask(query, {}, ann)).error).toEqual({ code: 119, message: 'Permission denied' });
      expect((await client.ask(query, {}, 'master')).error).toBeUndefined();
    }
  });

  it('of users come on top of the address, and do not hide a user from itself', async () => {
    client = createClient({ protectedFields: { _User: { '*': ['phone'] } }, enforcePrivateUsers: false });
    await client.putClass({ className: '_User', fields: { phone: { type: 'String' } } });
    ann = await client.signUp('ann', { phone: '1', email: 'ann@example.com' });
    bob = await client.signUp('bob');
    const user = async (name: string) =>
      (await client.ask('query ($id: ID!) { user(id: $id) { username phone email } }', { id: ann.id }, asker(name)))
        .data;
    expect(await user('bob')).toEqual({ user: { username: 'ann', phone: null, email: null } });
    expect(await user('ann')).toEqual({ user: { username: 'ann', phone: '1', email: 'ann@example.com' } });
  });

  it('hide a user’s fields from itself, too, where the owner is not exempt', async () => {
    client = createClient({ protectedFieldsOwnerExempt: false });
    ann = await client.signUp('ann', { email: 'ann@example.com' });
    expect((await client.ask('{ viewer { user { username email } } }', {}, ann)).data).toEqual({
      viewer: { user: { username: 'ann', email: null } },
    });
  });
});
