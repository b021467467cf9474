import { beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/index.ts';
import {
  type Asker,
  type Client,
  createClient,
  PUBLIC,
  PUBLIC_READ,
  refusal,
  type SignedUp,
} from '../../support/graphql-client.ts';

let client: Client;
let ann: SignedUp;
let bob: SignedUp;
let cid: SignedUp;

/** By name, so that tables can speak of people who are not there yet. */
const asker = (name: string): Asker => ({ nobody: undefined, master: 'master' as const, ann, bob, cid })[name];

const EVERYBODY = ['nobody', 'ann', 'bob', 'cid', 'master'];

const readTodo = (id: string, name: string) =>
  client.ask('query ($id: ID!) { todo(id: $id) { title } }', { id }, asker(name));

const writeTodo = (id: string, name: string) =>
  client.ask(
    'mutation ($id: ID!) { updateTodo(input: { id: $id, fields: { title: "new" } }) { todo { id } } }',
    { id },
    asker(name),
  );

beforeEach(async () => {
  client = createClient();
  ann = await client.signUp('ann');
  bob = await client.signUp('bob');
  cid = await client.signUp('cid');
  await client.create('Role', { name: 'staff', ACL: PUBLIC_READ, users: { add: [bob.id] } });
  await client.putClass({ className: 'Todo', fields: { title: { type: 'String' } } });
});

const user = (of: SignedUp, read: boolean, write: boolean): JsonObject => ({ userId: of.id, read, write });

describe('an ACL lets in', () => {
  it.each<[string, () => JsonObject | null, string[], string[]]>([
    ['everybody, where it says so', () => PUBLIC, EVERYBODY, EVERYBODY],
    ['the master key alone, when it is empty', () => ({}), ['master'], ['master']],
    ['the master key alone, when it is null', () => null, ['master'], ['master']],
    ['one user to read and write', () => ({ users: [user(ann, true, true)] }), ['ann', 'master'], ['ann', 'master']],
    ['one user to read', () => ({ users: [user(ann, true, false)] }), ['ann', 'master'], ['master']],
    [
      'everybody to read, one to write',
      () => ({ ...PUBLIC_READ, users: [user(cid, false, true)] }),
      EVERYBODY,
      ['cid', 'master'],
    ],
    [
      'the members of a role',
      () => ({ roles: [{ roleName: 'staff', read: true, write: true }] }),
      ['bob', 'master'],
      ['bob', 'master'],
    ],
    [
      'nobody by a role that is not there',
      () => ({ roles: [{ roleName: 'ghosts', read: true, write: true }] }),
      ['master'],
      ['master'],
    ],
  ])('%s', async (_, acl, readers, writers) => {
    const { id } = await client.create('Todo', { title: 'old', ACL: acl() });
    const may = async (names: readonly string[], run: typeof readTodo): Promise<string[]> => {
      const answers = await Promise.all(names.map(async (name) => [name, await run(id, name)] as const));
      for (const [, answer] of answers) expect([undefined, 101]).toContain(answer.error?.code);
      return answers.flatMap(([name, { error }]) => (error ? [] : [name]));
    };
    expect(await may(EVERYBODY, readTodo)).toEqual(readers);
    const allowed: string[] = [];
    for (const name of EVERYBODY) {
      const { error } = await writeTodo(id, name);
      // whoever writes without the right to read has written, and is told nothing of it
      const { data } = await client.ask('query ($id: ID!) { todo(id: $id) { title } }', { id }, 'master');
      if ((data as { todo: { title: string } }).todo.title === 'new') allowed.push(name);
      else expect(error).toEqual({ code: 101, message: 'Object not found.' });
      await client.ask(
        'mutation ($id: ID!) { updateTodo(input: { id: $id, fields: { title: "old" } }) { todo { id } } }',
        { id },
        'master',
      );
    }
    expect(allowed).toEqual(writers);
  });

  it('nobody to what a list does not show: edges and count hold what the asker may read', async () => {
    await client.create('Todo', { title: 'open' });
    await client.create('Todo', { title: "ann's", ACL: { users: [user(ann, true, true)] } });
    const titles = async (name: string) =>
      (await client.ask('{ todos(order: [title_ASC]) { count edges { node { title } } } }', {}, asker(name))).data;
    const edges = (...found: string[]) => ({
      todos: { count: found.length, edges: found.map((title) => ({ node: { title } })) },
    });
    expect(await titles('nobody')).toEqual(edges('open'));
    expect(await titles('ann')).toEqual(edges("ann's", 'open'));
    expect(await titles('master')).toEqual(edges("ann's", 'open'));
  });

  it('a new ACL replaces the old one as a whole', async () => {
    const { id } = await client.create('Todo', { ACL: { users: [user(ann, true, true), user(bob, true, true)] } });
    await client.ask(
      'mutation ($id: ID!, $ACL: ACLInput) { updateTodo(input: { id: $id, fields: { ACL: $ACL } }) { todo { id } } }',
      { id, ACL: { users: [user(bob, true, true)] } },
      bob,
    );
    expect(refusal(await readTodo(id, 'ann'))).toEqual([101, 'Object not found.']);
    expect((await readTodo(id, 'bob')).error).toBeUndefined();
  });

  it('who makes an object that it may not read has made it all the same', async () => {
    const answer = await client.ask(
      'mutation { createTodo(input: { fields: { title: "gone", ACL: {} } }) { todo { title } } }',
      {},
      ann,
    );
    expect(refusal(answer)).toEqual([101, 'Object not found.']);
    expect((await client.ask('{ todos { count } }', {}, 'master')).data).toEqual({ todos: { count: 1 } });
  });
});

describe('users', () => {
  const readUser = (name: string, fields = 'username email') =>
    client.ask(`query ($id: ID!) { user(id: $id) { ${fields} } }`, { id: ann.id }, asker(name));

  it('are private: only themselves and the master key read them', async () => {
    for (const name of ['nobody', 'bob']) expect(refusal(await readUser(name))).toEqual([101, 'Object not found.']);
    for (const name of ['ann', 'master'])
      expect((await readUser(name)).data).toEqual({ user: { username: 'ann', email: null } });
  });

  it('are everybody’s to read without enforcePrivateUsers, but for the address', async () => {
    client = createClient({ enforcePrivateUsers: false });
    ann = await client.signUp('ann', { email: 'ann@example.com' });
    bob = await client.signUp('bob');
    for (const name of ['nobody', 'bob']) {
      expect((await readUser(name)).data).toEqual({ user: { username: 'ann', email: null } });
    }
    for (const name of ['ann', 'master']) {
      expect((await readUser(name)).data).toEqual({ user: { username: 'ann', email: 'ann@example.com' } });
    }
  });

  it.each(['nobody', 'bob'])('are not for %s to change or delete, whether they are there or not', async (name) => {
    for (const id of [ann.id, ann.objectId, 'nobodyhere']) {
      const update =
        'mutation ($id: ID!) { updateUser(input: { id: $id, fields: { username: "x" } }) { user { id } } }';
      expect(refusal(await client.ask(update, { id }, asker(name)))).toEqual([206, 'Permission denied']);
      const remove = 'mutation ($id: ID!) { deleteUser(input: { id: $id }) { user { id } } }';
      expect((await client.ask(remove, { id }, asker(name))).error?.code).toBe(206);
    }
  });

  it('keep rights to themselves, whatever ACL they give themselves', async () => {
    const update =
      'mutation ($id: ID!, $ACL: ACLInput) { updateUser(input: { id: $id, fields: { ACL: $ACL } }) { user { ACL { users { userId read write } } } } }';
    const { data } = await client.ask(update, { id: ann.id, ACL: { users: [user(ann, false, false)] } }, ann);
    expect(data).toEqual({ updateUser: { user: { ACL: { users: [user(ann, true, true)] } } } });
  });

  it('that the master key locked out neither log in nor see themselves', async () => {
    await client.ask(
      'mutation ($id: ID!) { updateUser(input: { id: $id, fields: { ACL: {} } }) { user { id } } }',
      { id: ann.id },
      'master',
    );
    expect(refusal(await client.ask('{ viewer { user { id } } }', {}, ann))).toEqual([209, 'Permission denied']);
    const logIn = 'mutation { logIn(input: { username: "ann", password: "annspass" }) { viewer { sessionToken } } }';
    expect(refusal(await client.ask(logIn))).toEqual([101, 'Invalid username/password.']);
  });

  it('show their third parties to themselves and the master key', async () => {
    client = createClient({ auth: { facebook: { accessTokens: ['valid'] } }, enforcePrivateUsers: false });
    ann = await client.signUp('ann', { authData: { facebook: { id: '1', access_token: 'valid' } } });
    bob = await client.signUp('bob');
    const authData = async (name: string) => (await readUser(name, 'authData')).data;
    expect(await authData('bob')).toEqual({ user: { authData: null } });
    expect(await authData('ann')).toMatchObject({ user: { authData: { facebook: { id: '1' } } } });
    expect(await authData('master')).toMatchObject({ user: { authData: { facebook: { id: '1' } } } });
  });

  it('show their session token to nobody in lists, and to themselves as the viewer', async () => {
    expect((await client.ask('{ viewer { sessionToken } }', {}, ann)).data).toEqual({
      viewer: { sessionToken: ann.sessionToken },
    });
    expect((await client.ask('{ users { edges { node { sessionToken } } } }', {}, 'master')).status).toBe(400);
  });

  it.each([
    ['where', '{ users(where: { email: { equalTo: "ann@example.com" } }) { count } }'],
    ['order', '{ users(order: [email_ASC]) { edges { node { id } } } }'],
    ['OR', '{ users(where: { OR: [{ email: { exists: true } }] }) { count } }'],
    [
      'a subquery',
      '{ users(where: { username: { inQueryKey: { query: { className: "_User", where: { email: { exists: true } } }, key: "username" } } }) { count } }',
    ],
    ['a pointer', '{ sessions(where: { user: { have: { email: { exists: true } } } }) { count } }'],
  ])('are not searched by their address in %s, but by the master key', async (_, query) => {
    expect(refusal(await client.ask(query, {}, ann))).toEqual([119, 'Permission denied']);
    expect((await client.ask(query, {}, 'master')).error).toBeUndefined();
  });
});
