import { setupServer } from 'msw/node';
import { describe, expect, it, vi } from 'vitest';
import { createEmulator, type Emulator, type EmulatorOptions } from '../../../src/index.ts';
import { createHandlers } from '../../../src/msw/index.ts';
import { ask } from '../../support/ask.ts';

const typeDefs = `
  extend type Query {
    dice: Int!
    other: Float!
    plan: Plan!
    plans(first: Int): [Plan!]!
    matrix: [[Int!]!]!
    found: Found!
    whoAmI: String
    myName: String
    broken: String
  }
  extend type User { lucky: Int! colour: Colour! }
  type Plan { id: ID! name: String! seats: Int! colour: Colour! owner: Plan }
  type Offer { price: Float! }
  enum Colour { RED GREEN BLUE }
  scalar Money
  type Bill { total: Money! }
  extend type Query { bill: Bill! }
  union Found = Plan | Offer
`;

const create = (options: EmulatorOptions = {}): Emulator => createEmulator({ bcryptRounds: 4, typeDefs, ...options });

const ALL =
  '{ dice other plan { id name seats colour } plans { id seats } found { ... on Plan { seats } ... on Offer { price } } }';

describe('mock values', () => {
  it('come out the same in every run, in forks and after a reset', async () => {
    const emulator = create();
    const first = await ask(emulator, ALL);
    expect(first).not.toHaveProperty('errors');
    expect(await ask(emulator, ALL)).toEqual(first);
    expect(await ask(create(), ALL)).toEqual(first);
    expect(await ask(emulator.fork(), ALL)).toEqual(first);
    await emulator.reset();
    expect(await ask(emulator, ALL)).toEqual(first);
  });

  it('are others with another `deterministic`', async () => {
    const answers = [undefined, 'a', 'b'].map((deterministic) =>
      ask(create(deterministic === undefined ? {} : { deterministic }), '{ plans(first: 1) { id seats } matrix }'),
    );
    expect(new Set((await Promise.all(answers)).map((answer) => JSON.stringify(answer))).size).toBe(3);
  });

  it('do not hang on what else is asked for, and in which order', async () => {
    const whole = (await ask(create(), ALL)) as { data: { plan: { name: string; seats: number }; dice: number } };
    const emulator = create();
    expect(await ask(emulator, '{ plan { seats } }')).toEqual({ data: { plan: { seats: whole.data.plan.seats } } });
    expect(await ask(emulator, '{ dice }')).toEqual({ data: { dice: whole.data.dice } });
  });

  it('of a field of a real object are its own, and stay', async () => {
    const emulator = create({ mocks: { Int: ({ integer }) => integer(1, 1_000_000) } });
    for (const username of ['ann', 'ben']) await emulator.users.create({ username });
    const query = '{ users(order: [username_ASC]) { edges { node { username lucky colour } } } }';
    const headers = { 'X-Parse-Master-Key': 'MASTER_KEY' };
    const answer = (await ask(emulator, query, { headers })) as {
      data: { users: { edges: { node: { lucky: number } }[] } };
    };
    const [ann, ben] = answer.data.users.edges.map(({ node }) => node.lucky);
    expect(ann).not.toBe(ben);
    expect(await ask(emulator, query, { headers })).toEqual(answer);
  });

  it('of scalars of the application’s own are text, unless it says otherwise', async () => {
    expect(await ask(create(), '{ bill { total } }')).toEqual({ data: { bill: { total: 'Hello World' } } });
    expect(await ask(create({ mocks: { Money: () => '5 EUR' } }), '{ bill { total } }')).toEqual({
      data: { bill: { total: '5 EUR' } },
    });
  });

  it('are drawn by the chance that a mock is handed', async () => {
    const mocks: NonNullable<EmulatorOptions['mocks']> = {
      Plan: ({ pick, integer }) => ({ name: pick(['team', 'solo']), seats: integer(5, 5) }),
      Found: () => ({ __typename: 'Offer', price: 9.5 }),
    };
    const query = '{ plan { name seats } found { ... on Offer { price } } }';
    const answer = await ask(create({ mocks }), query);
    expect(answer).toEqual({
      data: { plan: { name: expect.stringMatching(/^(team|solo)$/), seats: 5 }, found: { price: 9.5 } },
    });
    expect(await ask(create({ mocks }), query)).toEqual(answer);
  });

  it('of a type that is not there are refused at once', () => {
    expect(() => create({ mocks: { Plans: () => ({}) } })).toThrow('mocks.Plans has no type');
  });
});

describe('mock lists', () => {
  const lengthOf = async (options: EmulatorOptions, query = '{ plans { id } }'): Promise<number> =>
    ((await ask(create(options), query)) as { data: { plans: unknown[] } }).data.plans.length;

  it('have two items, or as many as are said', async () => {
    expect(await lengthOf({})).toBe(2);
    expect(await lengthOf({ mocks: { Query: ({ list }) => ({ plans: list(7) }) } })).toBe(7);
    expect(await lengthOf({ mocks: { Query: ({ list }) => ({ plans: list(0) }) } })).toBe(0);
  });

  it('have a length between two, which follows from the seed', async () => {
    const mocks: NonNullable<EmulatorOptions['mocks']> = { Query: ({ list }) => ({ plans: list([3, 6]) }) };
    const lengths = await Promise.all('abcdefgh'.split('').map((deterministic) => lengthOf({ mocks, deterministic })));
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(3);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(6);
    expect(new Set(lengths).size).toBeGreaterThan(1);
    expect(await lengthOf({ mocks, deterministic: 'a' })).toBe(lengths[0]);
  });

  it('heed the arguments of the field, and nest', async () => {
    const mocks: NonNullable<EmulatorOptions['mocks']> = {
      Query: ({ list, integer }) => ({
        plans: ({ first = 1 }: { first?: number }) => list(first, (index) => ({ seats: index })),
        matrix: list(2, () => list(3, () => integer(1, 6))),
      }),
    };
    expect(await ask(create({ mocks }), '{ plans(first: 3) { seats } matrix }')).toEqual({
      data: {
        plans: [{ seats: 0 }, { seats: 1 }, { seats: 2 }],
        matrix: Array(2).fill(Array(3).fill(expect.any(Number))),
      },
    });
  });
});

describe('resolvers', () => {
  const resolvers: NonNullable<EmulatorOptions['resolvers']> = {
    Query: {
      whoAmI: (_, __, { user }) => user?.['username'],
      myName: async (_, __, who) => {
        const { data, errors } = await who.ask(
          'query ($n: Int) { viewer { user { username } } users(first: $n) { count } }',
          {
            n: 1,
          },
        );
        return errors?.[0] ? `${errors[0].extensions?.['code']}` : JSON.stringify(data);
      },
      broken: async (_, __, who) => (await who.ask('{ nothing }')).errors?.[0]?.message,
    },
  };

  it('read the real viewer, and ask in the viewer’s name', async () => {
    const emulator = create({ resolvers });
    for (const username of ['ann', 'ben']) await emulator.users.create({ username });
    const server = setupServer(...createHandlers(emulator));
    server.listen({ onUnhandledRequest: 'error' });
    try {
      for (const subject of [emulator, globalThis]) {
        const headers = await emulator.headersFor('ann');
        expect(await ask(subject, '{ whoAmI myName }', { headers })).toEqual({
          data: { whoAmI: 'ann', myName: '{"viewer":{"user":{"username":"ann"}},"users":{"count":1}}' },
        });
        expect(await ask(subject, '{ whoAmI myName }')).toEqual({ data: { whoAmI: null, myName: '209' } });
      }
    } finally {
      server.close();
    }
  });

  it('hear what is wrong with what they ask', async () => {
    expect(await ask(create({ resolvers }), '{ broken }')).toEqual({
      data: { broken: 'Cannot query field "nothing" on type "Query".' },
    });
  });

  it('and mocks are still there when a class is made', async () => {
    const emulator = create({ resolvers, allowClientClassCreation: true });
    const before = await ask(emulator, ALL);
    await emulator.seed({ Todo: [{ title: 'a' }] });
    expect(emulator.printSchema()).toContain('type Todo implements');
    expect(await ask(emulator, ALL)).toEqual(before);
    expect(await ask(emulator, '{ broken }')).toMatchObject({ data: { broken: expect.anything() } });
  });

  it('see no secret of the user who asks', async () => {
    let seen: unknown;
    const whoAmI = (_: unknown, __: unknown, { user }: { user?: object }): string => {
      seen = user;
      return '';
    };
    const emulator = create({ resolvers: { Query: { whoAmI } } });
    await emulator.users.create({ username: 'ann' });
    await ask(emulator, '{ whoAmI }', { headers: await emulator.headersFor('ann') });
    expect(seen).toMatchObject({ username: 'ann', objectId: expect.any(String) });
    expect(JSON.stringify(seen)).not.toContain('_hashed_password');
  });
});

describe('the place of a mock value', () => {
  const typeDefs = `
    extend type Query { plan: Plan! plans: [Plan!]! loose: [Plan!]! }
    extend type User { lucky: Int! }
    type Plan { seats: Int! team: Team! }
    type Team { size: Int! }
  `;
  const begin = async (): Promise<Emulator> => {
    const emulator = createEmulator({ bcryptRounds: 4, typeDefs, resolvers: { Query: { loose: () => [{}, {}] } } });
    await emulator.users.create({ username: 'ann' });
    await emulator.users.create({ username: 'ben' });
    return emulator;
  };
  const PLANS = '{ plans { seats team { size } } }';

  it('does not change with what is asked before', async () => {
    const one = await begin();
    const other = await begin();
    await ask(other, '{ plan { seats team { size } } again: plans { team { size } seats } }');
    expect(await ask(other, PLANS)).toEqual(await ask(one, PLANS));
  });

  it('is a user’s own, in forks, in other runs and beside new classes', async () => {
    const emulator = await begin();
    const headers = { 'X-Parse-Master-Key': 'MASTER_KEY' };
    const lucky = async (of: Emulator, order: string): Promise<unknown> =>
      Object.fromEntries(
        (
          (await ask(of, `{ users(order: [${order}]) { edges { node { username lucky } } } }`, {
            headers,
          })) as never as {
            data: { users: { edges: { node: { username: string; lucky: number } }[] } };
          }
        ).data.users.edges.map(({ node }) => [node.username, node.lucky]),
      );
    const first = await lucky(emulator, 'username_ASC');
    expect(Object.keys(Object(first))).toEqual(['ann', 'ben']);
    expect(await lucky(emulator.fork(), 'username_DESC')).toEqual(first);
    expect(await lucky(await begin(), 'username_DESC')).toEqual(first);
    await emulator.seed({ Todo: [{ title: 'a' }] });
    expect(await lucky(emulator, 'username_DESC')).toEqual(first);
  });

  it('is that of its item where a resolver gives a list', async () => {
    const { data } = (await ask(await begin(), '{ loose { seats } }')) as { data: { loose: { seats: number }[] } };
    expect(new Set(data.loose.map(({ seats }) => seats)).size).toBe(2);
  });
});

describe('a class that takes a name of typeDefs', () => {
  const report = () => vi.spyOn(console, 'error').mockImplementation(() => undefined);

  it('is left out of GraphQL with a word, and all else goes on, in forks too', async () => {
    const error = report();
    const emulator = create();
    const before = await ask(emulator, '{ plan { seats } }');
    await emulator.seed({ Plan: [{ seats: 'none' }], Todo: [{ title: 'a' }] });
    for (const one of [emulator, emulator.fork()]) {
      expect(await ask(one, '{ plan { seats } }')).toEqual(before);
      expect(one.printSchema()).toContain('type Todo implements');
      expect(one.printSchema()).not.toContain('type PlanConnection');
    }
    expect(error.mock.calls.join()).toContain('Failed to show the class Plan in GraphQL as it is now: ');
    error.mockRestore();
  });

  it('by a new field stays as it was', async () => {
    const error = report();
    const emulator = create();
    expect(await ask(emulator, '{ health }')).toEqual({ data: { health: true } });
    const fields = { lucky: { type: 'String' } };
    await emulator.seed({
      schemas: [
        { className: '_User', fields },
        { className: 'Todo', fields },
      ],
    });
    expect(emulator.printSchema()).toMatch(/lucky: Int!/);
    expect(emulator.printSchema()).toContain('type Todo implements');
    expect(error.mock.calls.join()).toContain('User.lucky is');
    error.mockRestore();
  });
});
