import { describe, expect, it } from 'vitest';
import { createEmulator, type EmulatorOptions } from '../../../src/index.ts';

const typeDefs = `
  extend type Query {
    me: User
    everybody: [User!]!
    team: Team
    teams: [Team!]!
    byFunction: User @resolve
    byPointer: User
    byNode: User
    found: Found
    anything: [Found!]!
    anyNode: Node
    missing: User
  }
  extend type User { self: User friends: [User!]! bestTeam: Team }
  type Team { name: String! lead: User! members: [User!]! deep: Deep }
  type Deep { one: User named: Named }
  type Plan implements Named { name: String! }
  interface Named { name: String! }
  union Found = User | Role | Plan
`;

type Users = { readonly [name: string]: string };

const ann = { __type: 'Object', className: '_User', username: 'ann' };

const start = async (make: (ids: Users) => Partial<EmulatorOptions>) => {
  const ids: { [name: string]: string } = {};
  const emulator = createEmulator({ bcryptRounds: 4 });
  for (const username of ['ann', 'bob']) {
    const user = await emulator.users.create({ username, password: 'secret' });
    ids[username] = user.objectId;
  }
  await emulator.close();
  const second = createEmulator({ bcryptRounds: 4, typeDefs, ...make(ids) });
  await second.restore(emulator.snapshot());
  return async (query: string): Promise<unknown> => {
    const response = await second.fetch(
      new Request('http://localhost:1337/graphql', {
        method: 'POST',
        headers: {
          'X-Parse-Application-Id': 'APPLICATION_ID',
          'X-Parse-Master-Key': 'MASTER_KEY',
          'Content-Type': 'application/json',
        },
        body: JSON.stringify({ query }),
      }),
    );
    return response.json();
  };
};

describe('what the application gives for a class type is that object:', () => {
  it('alone, and in lists', async () => {
    const ask = await start(() => ({
      resolvers: {
        Query: {
          me: () => ({ objectId: 'x', username: 'ann', createdAt: new Date('2020-01-01T00:00:00.000Z') }),
          everybody: async () => [{ username: 'ann' }, ann],
          missing: () => null,
        },
      },
    }));
    expect(
      await ask('{ me { username objectId createdAt __typename } everybody { username } missing { username } }'),
    ).toEqual({
      data: {
        me: { username: 'ann', objectId: 'x', createdAt: '2020-01-01T00:00:00.000Z', __typename: 'User' },
        everybody: [{ username: 'ann' }, { username: 'ann' }],
        missing: null,
      },
    });
  });

  it('below types of its own, as deep as they go', async () => {
    const team = { name: 'one', lead: { username: 'ann' }, members: [{ username: 'ann' }, { username: 'bob' }] };
    const ask = await start(() => ({
      resolvers: { Query: { team: () => ({ ...team, deep: { one: { username: 'deep' } } }), teams: () => [team] } },
    }));
    const query =
      '{ team { lead { username } members { username } deep { one { username } } } teams { name lead { username } } }';
    expect(await ask(query)).toEqual({
      data: {
        team: {
          lead: { username: 'ann' },
          members: [{ username: 'ann' }, { username: 'bob' }],
          deep: { one: { username: 'deep' } },
        },
        teams: [{ name: 'one', lead: { username: 'ann' } }],
      },
    });
  });

  it("the resolver's own source", async () => {
    const ask = await start(() => ({
      resolvers: {
        User: {
          self: (user) => user,
          friends: (user) => [user],
          bestTeam: (user) => ({ name: 'own', lead: user, members: [user] }),
        },
      },
    }));
    const query =
      '{ users(where: { username: { equalTo: "ann" } }) { edges { node { id self { id username } friends { username } bestTeam { lead { username } } } } } }';
    const { data } = (await ask(query)) as { data: { users: { edges: { node: { id: string } }[] } } };
    const [{ node } = { node: { id: '' } }] = data.users.edges;
    expect(node).toEqual({
      id: node.id,
      self: { id: node.id, username: 'ann' },
      friends: [{ username: 'ann' }],
      bestTeam: { lead: { username: 'ann' } },
    });
  });

  it('from a function, by a pointer, by the id of a node', async () => {
    const ask = await start(({ ann: objectId = '' }) => ({
      functions: { byFunction: () => ({ objectId, username: 'from a function' }) },
      resolvers: {
        Query: {
          byPointer: () => ({ __type: 'Pointer', className: '_User', objectId }),
          byNode: async (_, __, { ask: inside }) => {
            const { data } = await inside(
              '{ users(where: { username: { equalTo: "bob" } }) { edges { node { id username } } } }',
            );
            return (data as { users: { edges: { node: object }[] } }).users.edges[0]?.node;
          },
        },
      },
    }));
    expect(await ask('{ byFunction { username } byPointer { username } byNode { username objectId } }')).toEqual({
      data: {
        byFunction: { username: 'from a function' },
        byPointer: { username: 'ann' },
        byNode: { username: 'bob', objectId: expect.stringMatching(/^\w{10}$/) },
      },
    });
  });

  it('by __typename where it is a union or an interface', async () => {
    const ask = await start(({ ann: objectId = '' }) => ({
      resolvers: {
        Query: {
          found: () => ({ __typename: 'User', username: 'ann' }),
          anything: () => [
            { __typename: 'Role', name: 'staff' },
            { __typename: 'Plan', name: 'solo' },
            { __type: 'Object', className: '_User', username: 'bob' },
          ],
          anyNode: () => ({ __type: 'Pointer', className: '_User', objectId }),
          team: () => ({ name: 'x', lead: ann, members: [], deep: { named: { __typename: 'Plan', name: 'pro' } } }),
        },
      },
    }));
    const query = `{
      found { ... on User { username } }
      anything { __typename ... on Role { name } ... on Plan { plan: name } ... on User { username } }
      anyNode { ... on User { username } }
      team { deep { named { __typename name } } }
    }`;
    expect(await ask(query)).toEqual({
      data: {
        found: { username: 'ann' },
        anything: [
          { __typename: 'Role', name: 'staff' },
          { __typename: 'Plan', plan: 'solo' },
          { __typename: 'User', username: 'bob' },
        ],
        anyNode: { username: 'ann' },
        team: { deep: { named: { __typename: 'Plan', name: 'pro' } } },
      },
    });
  });
});
