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

beforeEach(async () => {
  client = createClient();
  ann = await client.signUp('ann');
  bob = await client.signUp('bob');
});

const ROLE = 'role { name users(order: [username_ASC]) { count edges { node { username } } } roles { count } }';

const createRole = (fields: JsonObject, asker: Asker = 'master') =>
  client.ask(
    `mutation ($fields: CreateRoleFieldsInput) { createRole(input: { fields: $fields }) { ${ROLE} } }`,
    { fields },
    asker,
  );

const updateRole = (id: string, fields: JsonObject, asker: Asker = 'master') =>
  client.ask(
    `mutation ($id: ID!, $fields: UpdateRoleFieldsInput) { updateRole(input: { id: $id, fields: $fields }) { ${ROLE} } }`,
    { id, fields },
    asker,
  );

const members = (...names: string[]) => ({
  count: names.length,
  edges: names.map((username) => ({ node: { username } })),
});

describe('createRole', () => {
  it.each<[string, JsonObject, number, string]>([
    ['a name', { ACL: PUBLIC_READ }, 111, 'name is required.'],
    ['a name with something in it', { name: '', ACL: PUBLIC_READ }, 111, 'name is required.'],
    ['an ACL', { name: 'staff' }, 111, 'ACL is required.'],
    [
      'something to do with its members',
      { name: 'staff', ACL: PUBLIC_READ, users: {} },
      106,
      'You need to provide at least one operation on the relation mutation of field users',
    ],
  ])('wants %s', async (_, fields, code, message) => {
    expect(refusal(await createRole(fields))).toEqual([code, message]);
    expect(client.emulator.snapshot()['_Role']).toBeUndefined();
  });

  it('refuses a name that is taken, in the same letter case', async () => {
    await createRole({ name: 'staff', ACL: PUBLIC_READ });
    const taken = [137, 'A duplicate value for a field with unique values was provided'];
    expect(refusal(await createRole({ name: 'staff', ACL: PUBLIC_READ }))).toEqual(taken);
    expect((await createRole({ name: 'Staff', ACL: PUBLIC_READ })).error).toBeUndefined();
  });

  it.each(['nobody', 'a user', 'the master key'])('is for %s', async (name) => {
    const asker = { nobody: 'nobody' as const, 'a user': ann, 'the master key': 'master' as const }[name];
    expect((await createRole({ name: 'staff', ACL: PUBLIC }, asker)).data).toMatchObject({
      createRole: { role: { name: 'staff' } },
    });
  });

  it('makes a role that its maker may not read, and says that it is not there', async () => {
    expect(refusal(await createRole({ name: 'secret', ACL: {} }, ann))).toEqual([101, 'Object not found.']);
    expect(client.emulator.snapshot()['_Role']).toHaveLength(1);
  });

  it('takes its members along: those who are there, by either id, and new ones', async () => {
    const { data } = await createRole({
      name: 'staff',
      ACL: PUBLIC_READ,
      users: { add: [ann.id, bob.objectId, ann.objectId], createAndAdd: [{ username: 'cid', password: 'x' }] },
      roles: { createAndAdd: [{ name: 'inner', ACL: PUBLIC_READ }] },
    });
    expect(data).toEqual({
      createRole: { role: { name: 'staff', users: members('ann', 'bob', 'cid'), roles: { count: 1 } } },
    });
  });

  it('makes nothing when a new member cannot be made', async () => {
    const before = client.emulator.snapshot();
    const taken = await createRole({
      name: 'staff',
      ACL: PUBLIC_READ,
      users: { createAndAdd: [{ username: 'ann', password: 'x' }] },
    });
    expect(refusal(taken)).toEqual([202, 'Account already exists for this username.']);
    expect(client.emulator.snapshot()).toEqual(before);
  });
});

describe('updateRole', () => {
  let id: string;

  beforeEach(async () => {
    const ACL = { ...PUBLIC_READ, users: [{ userId: ann.id, read: true, write: true }] };
    ({ id } = await client.create('Role', { name: 'staff', ACL, users: { add: [ann.id] } }));
    await client.create('Role', { name: 'crew', ACL: PUBLIC_READ });
  });

  it('adds members and takes them out; twice is once, and a stranger does no harm', async () => {
    const users = async (fields: JsonObject) =>
      ((await updateRole(id, { users: fields })).data as { updateRole: { role: { users: unknown } } }).updateRole.role
        .users;
    expect(await users({ add: [bob.id, bob.objectId, ann.id] })).toEqual(members('ann', 'bob'));
    expect(await users({ remove: [ann.id, 'nobodyhere'] })).toEqual(members('bob'));
    expect(await users({ add: ['nobodyhere'] })).toEqual(members('bob'));
  });

  it('is for those who may write the role; others do not even learn that a name is taken', async () => {
    for (const asker of ['nobody', bob] as const) {
      for (const fields of [{ name: 'crew' }, { name: 'other' }, { users: { add: [bob.id] } }]) {
        expect(refusal(await updateRole(id, fields, asker))).toEqual([101, 'Object not found.']);
      }
    }
    expect((await updateRole(id, { name: 'crew' }, ann)).error?.code).toBe(137);
    expect((await updateRole(id, { name: 'captains' }, ann)).data).toMatchObject({
      updateRole: { role: { name: 'captains' } },
    });
  });

  it('does not take the name away', async () => {
    expect(refusal(await updateRole(id, { name: null }))).toEqual([111, 'name is required.']);
  });

  it('shows those members whom the asker may read', async () => {
    await updateRole(id, { users: { add: [bob.id] } });
    const users = async (asker: Asker) =>
      (
        await client.ask(
          'query ($id: ID!) { role(id: $id) { users { count edges { node { username } } } } }',
          { id },
          asker,
        )
      ).data;
    expect(await users(undefined)).toEqual({ role: { users: members() } });
    expect(await users(bob)).toEqual({ role: { users: members('bob') } });
  });
});

describe('deleteRole', () => {
  it('is for those who may write the role, and frees its name', async () => {
    const { id } = await client.create('Role', { name: 'staff', ACL: PUBLIC_READ });
    const remove = (asker: Asker) =>
      client.ask('mutation ($id: ID!) { deleteRole(input: { id: $id }) { role { name } } }', { id }, asker);
    expect(refusal(await remove(ann))).toEqual([101, 'Object not found.']);
    expect((await remove('master')).data).toEqual({ deleteRole: { role: { name: 'staff' } } });
    expect((await createRole({ name: 'staff', ACL: PUBLIC_READ })).error).toBeUndefined();
  });
});

describe('the rights of a role', () => {
  const createRoleFor = async (name: string, ...users: SignedUp[]) =>
    client.create('Role', {
      name,
      ACL: PUBLIC_READ,
      ...(users.length > 0 && { users: { add: users.map(({ id }) => id) } }),
    });

  const link = (outer: { id: string }, inner: { id: string }, operation: 'add' | 'remove' = 'add') =>
    updateRole(outer.id, { roles: { [operation]: [inner.id] } });

  let todo: { id: string };

  beforeEach(async () => {
    await client.putClass({ className: 'Todo', fields: { title: { type: 'String' } } });
    todo = await client.create('Todo', { title: 'x', ACL: { roles: [{ roleName: 'top', read: true, write: true }] } });
  });

  const sees = async (asker: Asker): Promise<boolean> =>
    (await client.ask('query ($id: ID!) { todo(id: $id) { title } }', { id: todo.id }, asker)).error === undefined;

  it('are its members’ as long as they are members, from the next request on', async () => {
    const top = await createRoleFor('top');
    expect(await sees(ann)).toBe(false);
    await updateRole(top.id, { users: { add: [ann.id] } });
    expect(await sees(ann)).toBe(true);
    await updateRole(top.id, { users: { remove: [ann.id] } });
    expect(await sees(ann)).toBe(false);
  });

  it('come down to the members of the roles inside it, at any depth, and not up', async () => {
    const [top, middle, bottom] = [
      await createRoleFor('top'),
      await createRoleFor('middle'),
      await createRoleFor('bottom', ann),
    ];
    const above = await createRoleFor('above', bob);
    await link(top, middle);
    await link(middle, bottom);
    await link(above, top);
    expect([await sees(ann), await sees(bob)]).toEqual([true, false]);
    await link(middle, bottom, 'remove');
    expect(await sees(ann)).toBe(false);
  });

  it('come through a circle of roles, and one of a role with itself', async () => {
    const [top, middle] = [await createRoleFor('top', ann), await createRoleFor('middle', bob)];
    await link(top, middle);
    await link(middle, top);
    await link(top, top);
    expect([await sees(ann), await sees(bob), await sees(undefined)]).toEqual([true, true, false]);
  });

  it('go with its name, and end with it', async () => {
    const role = await createRoleFor('bottom', ann);
    await updateRole(role.id, { name: 'top' });
    expect(await sees(ann)).toBe(true);
    await client.ask(
      'mutation ($id: ID!) { deleteRole(input: { id: $id }) { role { id } } }',
      { id: role.id },
      'master',
    );
    expect(await sees(ann)).toBe(false);
  });
});

it('roles are found by their members', async () => {
  await client.create('Role', { name: 'a', ACL: PUBLIC_READ, users: { add: [ann.id, bob.id] } });
  const { id } = await client.create('Role', { name: 'b', ACL: PUBLIC_READ, users: { add: [bob.id] } });
  await client.create('Role', { name: 'c', ACL: PUBLIC_READ, roles: { add: [id] } });
  const names = async (where: JsonObject) => {
    const { data } = await client.ask(
      'query ($where: RoleWhereInput) { roles(where: $where, order: [name_ASC]) { edges { node { name } } } }',
      { where },
      'master',
    );
    return (data as { roles: { edges: { node: { name: string } }[] } }).roles.edges
      .map(({ node }) => node.name)
      .join('');
  };
  expect(await names({ users: { have: { username: { equalTo: 'ann' } } } })).toBe('a');
  expect(await names({ users: { have: { username: { equalTo: 'bob' } } } })).toBe('ab');
  expect(await names({ users: { haveNot: { username: { equalTo: 'ann' } } } })).toBe('bc');
  expect(await names({ users: { exists: false } })).toBe('c');
  expect(await names({ roles: { have: { users: { have: { username: { equalTo: 'bob' } } } } } })).toBe('c');
  expect(await names({ users: {} })).toBe('');
});
